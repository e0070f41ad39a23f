"""``wholeperson verify audit | decisions | policy``: prove what is kept. Exit 1 when anything does not hold."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, WRONG, print_json, print_text

if TYPE_CHECKING:
    from wholeperson.record.proof import Proof

WHAT = {
    "audit": "every row of the trail, every block, every head outside the database",
    "decisions": "every kept decision, decided again",
    "policy": "every policy version that decided something",
}
SHOWN = 50


def run(arguments: list[str]) -> int:
    """Prove one of them, and tell what does not hold."""
    options = parser().parse_args(arguments)
    open_rooms(options)
    require_migrated()
    proof = _prove(options.what)
    if options.json:
        found = asdict(proof)
        if not found.get("engine_changed"):  # beside the contract's three, and there only where there is something
            found.pop("engine_changed", None)
        print_json({"schema": "wholeperson/verify@1", "what": options.what, **found})
    else:
        print_text("\n".join(_lines(proof)))
    return WRONG if proof.failed else ANSWERED


def _prove(what: str) -> "Proof":
    from wholeperson.record import policies, proof

    if what == "audit":
        return proof.prove_trail()
    if what == "policy":
        return policies.prove_policies()
    from wholeperson.casework.eligibility import proving

    return proving.prove_decisions()


def _lines(proof: "Proof") -> list[str]:
    lines = [f"{one['id']}: {one['why']}" for one in proof.failed[:SHOWN]]
    if len(proof.failed) > SHOWN:
        lines.append(f"… and {len(proof.failed) - SHOWN} more")
    changed = getattr(proof, "engine_changed", [])
    lines += [f"{one['id']}: {one['why']}" for one in changed[:SHOWN]]
    if changed:
        lines.append(f"{len(changed)} come out otherwise with the engine of today, which proves nothing against them")
    lines.append(f"{proof.checked} checked, {len(proof.failed)} failed, {proof.unsealed} not sealed yet")
    return lines


def parser() -> argparse.ArgumentParser:
    """What the command takes."""
    made = Parser(prog="wholeperson verify", description=__doc__, allow_abbrev=False)
    kinds = made.add_subparsers(dest="what", required=True, metavar="WHAT", parser_class=Parser)
    for name, what in WHAT.items():
        add_habits(kinds.add_parser(name, help=what, description=what, allow_abbrev=False))
    return made
