"""What the bits of a run's states mean, written beside them: so that a later run can tell what has changed.

atoms.json lists every atom that states hold: what it is called when it changes, where it lies, and for a fact what each
of its values stood for. A programme lists the atoms it rests on by their place in that list.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from wholeperson.sweep.leaves.atoms import event_of, fact_atom
from wholeperson.sweep.leaves.layout import Bits
from wholeperson.sweep.leaves.plan import Plan

LEGEND_FILE = "atoms.json"
BIRTHDAY = "birthday"


def write_legend(path: Path, plan: Plan) -> None:
    """The legend of a run's states."""
    atoms = [_leaf(plan, key) for key in plan.atoms.leaves]
    atoms += [_fact(plan, name) for name in plan.atoms.facts]
    kept = [each for each in atoms if each["word"] < plan.words]
    at = {each["name"]: place for place, each in enumerate(kept)}
    programmes = {
        programme.id: sorted(at[name] for name in plan.atoms.of_node[id(programme.root)] if name in at)
        for programme in plan.policy.programmes.values()
    }
    path.write_text(json.dumps({"words": plan.words, "atoms": kept, "programmes": programmes}) + "\n", encoding="utf-8")


def _leaf(plan: Plan, key: str) -> dict[str, Any]:
    leaf = plan.atoms.leaves[key]
    told = BIRTHDAY if leaf.op == "age" else f"event {event_of(leaf)}"
    return {"name": key, "told": told, "kind": leaf.op, **_place(plan.layout.bits[key])}


def _fact(plan: Plan, name: str) -> dict[str, Any]:
    classes, bits = plan.classes[name], plan.bits[name]
    signs = {at: _text(signature) for signature, at in classes.numbers.items()}
    values = [signs.get(at, _text(value)) for at, value in enumerate(classes.stands_for)]
    return {"name": fact_atom(name), "told": name, "kind": "fact", **_place(plan.layout.bits[fact_atom(name)]),
            "first": bits.first, "values": values}  # fmt: skip


def _place(bits: Bits) -> dict[str, int]:
    return {"word": bits.word, "shift": bits.shift, "width": bits.width}


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
