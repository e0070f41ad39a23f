"""The same criteria for the engine of the Clinical Quality Language, in the form it runs (ELM).

The engine is given more than it would have: what facts, events and dates say of each criterion is settled before, and
not timed. It does what it is made for, *and*, *or*, *not* over yes, no and null, criterion by criterion.
"""

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.sweeping.job import Failed
from benchmarks.sweeping.ours import FIFTEEN
from benchmarks.sweeping.plain import Peer
from benchmarks.sweeping.straight import Writer, Written
from wholeperson.rules.language import Node
from wholeperson.rules.reading.library import Policy

Elm = dict[str, Any]
PACKAGE = "cql-execution@3.3.2"
NULL: Elm = {"type": "Null"}
VALUES = {-1: None, 0: False, 1: None, 2: True}
RUNNER = Path(__file__).with_name("clinical.mjs")


def both(kind: str, parts: list[Elm], nothing: bool) -> Elm:
    """Many parts, two by two."""
    if not parts:
        return truth(nothing)
    made = parts[0]
    for each in parts[1:]:
        made = {"type": kind, "operand": [made, each]}
    return made


def truth(value: bool) -> Elm:
    return {"type": "Literal", "valueType": "{urn:hl7-org:elm-types:r1}Boolean", "value": str(value).lower()}


def turned(one: Elm) -> Elm:
    return {"type": "Not", "operand": one}


def chosen(condition: Elm, then: Elm, otherwise: Elm) -> Elm:
    return {"type": "If", "condition": condition, "then": then, "else": otherwise}


def unknown(one: Elm) -> Elm:
    return {"type": "IsNull", "operand": one}


def either(one: Elm, other: Elm) -> Elm:
    return {"type": "Or", "operand": [one, other]}


def known_as(one: Elm, value: bool) -> Elm:
    return {"type": "IsTrue" if value else "IsFalse", "operand": one}


def own(name: str) -> Elm:
    return {"type": "OperandRef", "name": name}


def called(name: str, *operands: Elm) -> Elm:
    return {"type": "FunctionRef", "name": name, "operand": list(operands)}


def heard(hurts: int) -> Elm:
    """Somebody's word ``s`` beside the record ``o``; ``d``: others say otherwise."""
    o, s = own("o"), own("s")
    settled = chosen(s, truth(True) if hurts == 0 else chosen(known_as(o, False), NULL, truth(True)), known_as(o, True))
    most = chosen(unknown(o), s, either(s, o))
    disputed = called("unless_hurts_no" if hurts == 0 else "unless_hurts_yes", most)
    return chosen(unknown(s), o, chosen(own("d"), disputed, settled))


def softened(keeps: bool, turned_round: bool) -> Elm:
    """What is not confirmed may help and never hurt, where a word ``s`` decided the answer ``r``."""
    r, s = own("r"), own("s")
    says = turned(r) if turned_round else r
    agrees = {"type": "Equal", "operand": [says, s]}
    return chosen(both("And", [known_as(r, not keeps), agrees], True), NULL, r)


FUNCTIONS: dict[str, tuple[str, Elm]] = {
    "unless_hurts_no": ("x", chosen(known_as(own("x"), False), NULL, own("x"))),
    "unless_hurts_yes": ("x", chosen(known_as(own("x"), True), NULL, own("x"))),
    "heard_0": ("osd", heard(0)),
    "heard_2": ("osd", heard(2)),
    **{f"softened_{int(keeps)}{int(over)}": ("rs", softened(keeps, over))
       for keeps in (True, False) for over in (True, False)},
}  # fmt: skip


class ClinicalWriter(Writer):
    """Writes the criteria twice: what is given of each as Python, how they are put together as ELM."""

    def __init__(self, policy: Policy, on: date) -> None:
        super().__init__(policy, on)
        self.elm: dict[int, Elm] = {}
        self.given: list[str] = []

    def written(self) -> Written:
        """The function that makes what is given of a member."""
        for each in self.policy.programmes.values():
            self.programme(each)
        return self.function(self.given)

    def library(self) -> Elm:
        """All programmes, and the functions they share."""
        defined = [
            {"name": name, "type": "FunctionDef", "context": "Unfiltered", "expression": what,
             "operand": [{"name": each} for each in operands]}
            for name, (operands, what) in FUNCTIONS.items()
        ]  # fmt: skip
        for name, each in self.policy.programmes.items():
            over = each.authority_until and self.on > each.authority_until
            root = self.elm[id(each.root)]
            defined.append({"name": name, "context": "Unfiltered", "expression": either(root, NULL) if over else root})
        told = {
            "identifier": {"id": "Fifteen", "version": "1"},
            "schemaIdentifier": {"id": "urn:hl7-org:elm", "version": "r1"},
        }
        using = [{"localIdentifier": "System", "uri": "urn:hl7-org:elm-types:r1"}]
        return {"library": {**told, "usings": {"def": using}, "parameters": {"def": [{"name": "M"}]},
                            "statements": {"def": defined}}}  # fmt: skip

    def give(self, name: str) -> Elm:
        """One more thing that is given of each member."""
        self.given.append(name)
        return {"type": "Property", "path": f"c{len(self.given) - 1}", "source": {"type": "ParameterRef", "name": "M"}}

    def given_of(self, node: Node, name: str) -> Elm:
        """What is given of a criterion."""
        return self.give(name)

    def node(self, node: Node) -> str:
        known = id(node) in self.named
        name = super().node(node)
        if not known and not node.is_group:
            self.elm[id(node)] = self.given_of(node, name)
        elif not known and node.held:
            self.elm[id(node)] = both("And", [self.elm[id(node)], NULL], True)
        if not known and node.is_group and node.perhaps_from and node.only_perhaps(self.on):
            self.elm[id(node)] = chosen(self.elm[id(node)], NULL, truth(False))
        return name

    def group(self, node: Node) -> str:
        name = super().group(node)
        parts = [self.elm[id(each)] for each in node.children if each.in_force(self.on)]
        if node.op == "at_least":
            raise LookupError("this peer does not count criteria")
        made = both("And" if node.op == "all_of" else "Or", parts, node.op == "all_of")
        if node.open_list and node.op != "all_of":
            made = either(made, NULL)
        said = None
        if node.attested:
            said, disputed = self.words(node)
            made = called("heard_2" if (node.op == "none_of") == node.helps else "heard_0", made, said, disputed)
        if node.op == "none_of":
            made = turned(made)
        if said and node.unconfirmed:
            made = called(f"softened_{int(node.helps)}{int(node.op == 'none_of')}", made, said)
        self.elm[id(node)] = made
        return name

    def words(self, node: Node) -> tuple[Elm, Elm]:
        """What was said of a group, and whether others say otherwise."""
        test, fact = self.test({}), repr(node.attested)
        said = self.put(f"-1 if (k := get({fact})) is None else compared(k[0], {test})")
        disputed = f"any(compared(each, {test}) != {said} for each in get({fact})[1])"
        return self.give(said), self.give(self.put(f"0 if {said} == -1 else 2 if {disputed} else 0"))


def prepare(store: str, on: str, members: int, out: Path) -> None:
    """Write the library and what is given of the first members."""
    peer = Peer(store, date.fromisoformat(on), ClinicalWriter)
    rows = [[VALUES[each] for each in row] for row in peer.decide(0, members)]
    writer = peer.writer
    library = writer.library() if isinstance(writer, ClinicalWriter) else {}
    (out / "given.json").write_text(json.dumps({"library": library, "programmes": FIFTEEN, "rows": rows}))


def install(out: Path) -> None:
    """The engine, by npm, into a folder that is thrown away."""
    (out / "package.json").write_text('{"private": true, "type": "module"}')
    (out / RUNNER.name).write_text(RUNNER.read_text())
    run(["npm", "install", "--no-audit", "--no-fund", "--no-save", PACKAGE], out)


def run(command: list[str], folder: Path) -> str:
    """A command that has five minutes."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    except (OSError, subprocess.TimeoutExpired) as failed:
        raise Failed(f"{command[0]}: {failed}") from failed
    if done.returncode:
        raise Failed(f"{' '.join(command[:2])}: {done.stderr[-300:]}")
    return done.stdout


def answers(store: str, on: str, members: int, out: Path) -> tuple[float, np.ndarray]:
    """Seconds the engine took on two processes, and what it answered."""
    out.mkdir(exist_ok=True)
    install(out)
    prepare(store, on, members, out)
    seconds = float(run(["node", RUNNER.name], out))
    return seconds, np.array(json.loads((out / "answers.json").read_text()), dtype=np.int8)
