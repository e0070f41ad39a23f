"""Four of the programmes for OpenFisca, the engine that taxes and benefits are simulated with: many people at a time.

The diagnoses of claims and the events are its persons, members its households. It is given of each diagnosis whether
its code speaks for a fact, of each event in which windows it counts, and of each member what anything else says of
every criterion; it gathers, counts, and puts the criteria together. It knows no *not known*: answers are whole numbers,
0 no, 1 not known, 2 yes, of which *and* is the least and *or* the most. OpenFisca-Core is AGPL: it is fetched from PyPI
into an environment of its own that is thrown away, and nothing of ours rests on it.
"""

import json
import subprocess
import sys
from bisect import bisect_left
from collections import defaultdict
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.parquet as pq

from benchmarks.sweeping.clinical import ClinicalWriter, Elm, run
from benchmarks.sweeping.job import Failed
from benchmarks.sweeping.looking import Days, Row, Where, days_of, derived, inside
from benchmarks.sweeping.plain import Known, Peer, Rows
from wholeperson.rules.calendar import window
from wholeperson.rules.language import Node
from wholeperson.sweep.leaves.atoms import atoms_of

FOUR = ("pof_1a_homeless_adult", "pof_2a_adult_avoidable_use", "pof_2b_child_avoidable_use", "pof_3a_adult_smh_sud")
PACKAGE = "OpenFisca-Core==46.0.1"
RUNNER = Path(__file__).with_name("fiscal_run.py")
PROCESSES = 2


class FiscalWriter(ClinicalWriter):
    """The same, but that counting and looking for codes is left to the engine: it is given what the criterion says
    after each outcome of that.
    """

    def __init__(self, *told: Any) -> None:
        super().__init__(*told)
        self.counts: dict[int, dict[str, Any]] = {}
        self.coded = {name for name in atoms_of(self.policy).facts
                      if any("codes" in rule for rule in self.policy.facts[name].evidence)}  # fmt: skip
        self.outcome: dict[Any, int] = {}

    def leaf(self, node: Node) -> str:
        if node.op == "count":
            readings = {self.look("count", args): args for args in (node.args, *node.alternatives)}
            self.counts |= readings
            return self.after_each(node, {f"count_{at}": 3 for at in readings})
        if node.op == "fact" and node.args["fact"] in self.coded:
            return self.after_each(node, {f"coded_{node.args['fact']}": 2})
        return super().leaf(node)

    def after_each(self, node: Node, chosen_by: dict[str, int]) -> str:
        """What a criterion says after each outcome of what the engine finds out, and how many outcomes that has."""
        names = []
        for each in product(*(range(many) for many in chosen_by.values())):
            self.outcome = dict(zip(chosen_by, each, strict=True))
            names.append(super().leaf(node))
        self.elm[id(node)] = {"type": "Chosen", "by": [*chosen_by], "sizes": [*chosen_by.values()],
                              "operand": [self.give(name) for name in names]}  # fmt: skip
        return names[0]

    def looked(self, op: str, args: dict[str, Any]) -> str:
        counted = op == "count"
        return self.put(str(self.outcome[f"count_{self.look(op, args)}"])) if counted else super().looked(op, args)

    def read(self, node: Node, args: dict[str, Any]) -> str:
        if node.op == "fact" and self.outcome.get(f"coded_{args['fact']}"):
            args = {**args, "fact": with_code(args["fact"])}
        return super().read(node, args)

    def given_of(self, node: Node, name: str) -> Elm:
        return self.elm.get(id(node)) or super().given_of(node, name)


def with_code(fact: str) -> str:
    """What is known of a fact once a code was found that speaks for it."""
    return f"{fact} by code"


class FiscalPeer(Peer):
    """The same members, but that nobody has looked for codes yet."""

    writer: FiscalWriter

    def __init__(self, store: str, on: date) -> None:
        super().__init__(store, on, FiscalWriter, FOUR)

    def evidence(self) -> None:
        super().evidence()
        self.codes, self.coded = self.coded, defaultdict(list)

    def known(self, no: int, race: str | None, klass: int, rows: Rows) -> dict[str, Known]:
        facts = super().known(no, race, klass, rows)
        for name in self.writer.coded:
            said = facts.get(name)
            facts[with_code(name)] = said if said and not said[2] else (True, (), False)
        return facts


class Count(NamedTuple):
    """How a count looks at rows: its event, the newest window, class by class the one that may say no, and the kinds
    that it counts apart; one kind where it counts them together.
    """

    at: int
    event: str
    where: Where
    by_day: bool
    kinds: tuple[str | None, ...]
    newest: Days
    closed: list[Days | None]

    def flags(self, rows: list[Row], klass: int) -> list[set[tuple[str, int]]]:
        """Row by row: the columns in which it counts; ``new`` surely in the newest window, ``sure`` and ``perhaps`` in
        the other.
        """
        days = self.closed[klass]
        made: list[set[tuple[str, int]]] = [set() for _ in rows]
        place = {id(row): at for at, row in enumerate(rows)}
        for column, limits, sure in (("new", self.newest, True), ("sure", days, True), ("perhaps", days, False)):
            for row in self.kept(rows, limits, sure):
                made[place[id(row)]].add((f"{column}_{self.at}", self.kinds.index(row[3]) if self.kinds[0] else 0))
        return made

    def kept(self, rows: list[Row], days: Days | None, sure: bool) -> list[Row]:
        """One row a day where days are counted."""
        found = inside(rows, days, self.where, sure=sure) if days else []
        return [*{row[0]: row for row in found}.values()] if self.by_day else found


def counts(peer: FiscalPeer) -> list[Count]:
    """Every count of the criteria."""
    made = []
    for at, args in sorted(peer.writer.counts.items()):
        event, where = peer.policy.events[args["count"]], peer.looking.where(args.get("where") or {})
        closed = [peer.looking.closed(event, person, args) for person in peer.looking.classes]
        kinds = tuple(event.pool) if args.get("kinds") == "apart" else (None,)
        made.append(Count(at, event.name, where, args.get("distinct") == "day", kinds,
                          days_of(window(peer.on, args["within"])),
                          [days_of(each) if each else None for each in closed]))  # fmt: skip
    return made


def happened(peer: FiscalPeer, rows: Rows) -> tuple[list[int], dict[str, np.ndarray]]:
    """Every event that may be counted: whose it is, and by column whether it counts there."""
    listed, whose = counts(peer), []
    flags: list[set[tuple[str, int]]] = []
    for place, (no, _, _, klass) in enumerate(rows.members):
        for name in {each.event for each in listed} if rows.happened.get(no) else ():
            own = derived(name, rows.happened[no], peer.policy, peer.wheres)
            whose += [place] * len(own)
            told = [each.flags(own, klass) for each in listed if each.event == name]
            flags += [set().union(*each) for each in zip(*told, strict=True)]
    columns = {}
    for each in listed:
        for name, kind in product((f"new_{each.at}", f"sure_{each.at}", f"perhaps_{each.at}"), range(len(each.kinds))):
            columns[f"{name}_{kind}"] = np.array([(name, kind) in own for own in flags], dtype=bool)
    return whose, columns


def may_say_no(peer: FiscalPeer, rows: Rows) -> dict[str, np.ndarray]:
    """Of members, count by count: whether its window is complete and covered."""
    made = {}
    for each in counts(peer):
        look = peer.looks[each.at]
        days = [look.covered[klass] if look else None for *_, klass in rows.members]
        made[f"may_say_no_{each.at}"] = np.array(
            [bool(one and rows.covered(no)[bisect_left(peer.windows, one)])
             for (no, *_), one in zip(rows.members, days, strict=True)]
        )  # fmt: skip
    return made


def diagnosed(peer: FiscalPeer, first: int, last: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Every diagnosis of the claims: whose it is, and whether its code speaks for a fact."""
    found = pq.read_table(peer.store.table("diagnoses"), columns=["no", "begins", "ends", "sets"],
                          filters=[("no", ">=", first), ("no", "<", last)])  # fmt: skip
    no, begins, sets = (found.column(name).to_numpy() for name in ("no", "begins", "sets"))
    until = found.column("ends").combine_chunks().fill_null(-(10**7)).to_numpy()
    until = np.where(until == -(10**7), begins, until)
    columns = {f"speaks_{name}": np.zeros(len(no), dtype=bool) for name in peer.writer.coded}
    for earliest, told in peer.codes.items():
        for name, bit, _ in told:
            columns[f"speaks_{name}"] |= (sets & bit != 0) & (begins <= peer.today) & (until >= earliest)
    return no - first, columns


def part(peer: FiscalPeer, first: int, last: int) -> dict[str, np.ndarray]:
    """All that is given of some members; ``whose`` says to which of them each diagnosis and event belongs."""
    rows = Rows(peer, first, last)
    coded, speaks = diagnosed(peer, first, last)
    counted, lies = happened(peer, rows)
    given = np.abs(np.array(peer.decide(first, last), dtype=np.int32)).T  # -1, nobody said it, is not known either
    made = {f"c{number}": np.ascontiguousarray(column) for number, column in enumerate(given)}
    # A last household without a person ends the engine.
    made["whose"] = np.concatenate([coded, np.array([*counted, len(rows.members) - 1], dtype=coded.dtype)])
    for name, column in speaks.items():
        made[name] = np.concatenate([column, np.zeros(len(counted) + 1, dtype=bool)])
    for name, column in lies.items():
        made[name] = np.concatenate([np.zeros(len(coded), dtype=bool), column, [False]])
    return made | may_say_no(peer, rows)


def prepare(store: str, on: str, members: int, out: Path) -> None:
    """Write the criteria, and what is given of the first members, a part for each process."""
    peer = FiscalPeer(store, date.fromisoformat(on))
    writer = peer.writer
    defined = writer.library()["library"]["statements"]["def"]
    needed = {each.at: (writer.counts[each.at]["at_least"], len(each.kinds)) for each in counts(peer)}
    told = {"defined": defined, "programmes": FOUR, "needed": needed, "coded": sorted(writer.coded)}
    (out / "given.json").write_text(json.dumps(told))
    for at in range(PROCESSES):
        np.savez(out / f"given.{at}.npz", **part(peer, at * members // PROCESSES, (at + 1) * members // PROCESSES))


def install(out: Path) -> Path:
    """The engine, by pip, into an environment that is thrown away; returns its Python."""
    python = out / "environment" / "bin" / "python"
    run([sys.executable, "-m", "venv", str(out / "environment")], out)
    run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE], out)
    return python


def answers(store: str, on: str, members: int, out: Path) -> tuple[float, np.ndarray]:
    """Seconds the engine took on two processes, and what it answered."""
    out.mkdir(exist_ok=True)
    python = install(out)
    prepare(store, on, members, out)
    command = [str(python), str(RUNNER), str(out)]
    started = [subprocess.Popen([*command, str(at)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
               for at in range(PROCESSES)]  # fmt: skip
    told = [process.communicate() for process in started]
    if any(process.returncode for process in started):
        raise Failed(f"OpenFisca: {' '.join(each[1][-300:] for each in told)}")
    found = [np.load(out / f"answers.{at}.npy") for at in range(PROCESSES)]
    return max(float(said) for said, _ in told), np.concatenate(found)
