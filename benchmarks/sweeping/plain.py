"""Plain Python, on two processes: from the store's rows to the fifteen answers of every member, no reasons asked.

What a member lacks costs nothing (``looking``), the criteria are one straight function (``straight``), and members of
whom the same is known are decided once.
"""

from bisect import bisect_left
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from benchmarks.sweeping.job import Prepared
from benchmarks.sweeping.looking import ATTRIBUTES, Look, Looking, Row, derived
from benchmarks.sweeping.ours import FIFTEEN, reduced
from benchmarks.sweeping.straight import Answers, Writer, looks_of
from wholeperson.rules.calendar import age, back, span
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Fact
from wholeperson.sweep.leaves.atoms import atoms_of
from wholeperson.sweep.leaves.values import as_value
from wholeperson.sweep.store.opening import open_store
from wholeperson.sweep.store.schema import day, number

Known = tuple[Any, tuple[Any, ...], bool]


def answers(store: str, on: str, members: int, out: str) -> Prepared:
    """The first members of a store, half of them on each of two processes; the answers are kept as a file."""
    halves = [(store, on, at * members // 2, (at + 1) * members // 2, f"{out}.{at}.npy") for at in range(2)]

    def work() -> dict[str, Any]:
        with ProcessPoolExecutor(2) as pool:
            return {"members": sum(pool.map(_part, halves)), "files": [each[-1] for each in halves]}

    return work


def _part(told: tuple[str, str, int, int, str]) -> int:
    store, on, first, last, out = told
    np.save(out, np.array(Peer(store, date.fromisoformat(on)).decide(first, last), dtype=np.int8))
    return last - first


class Peer:
    """Everything that is settled before a member is met."""

    def __init__(
        self, store: str, on: date, kind: type[Writer] = Writer, programmes: tuple[str, ...] = FIFTEEN
    ) -> None:
        self.store, self.on, self.today = open_store(Path(store)), on, number(on)
        self.policy = reduced(load_policy(), programmes)
        writer = self.writer = kind(self.policy, on)
        self.written = writer.written()
        looking = self.looking = Looking(self.policy, self.store, on)
        self.facts = {name: self.policy.facts[name] for name in atoms_of(self.policy).facts}
        self.ages: dict[int, dict[str, Any]] = {}
        self.since: dict[int, tuple[str, Any]] = {}
        self.by_event: dict[str, list[tuple[int, Look]]] = defaultdict(list)
        self.looks: list[Look | None] = []
        for at, op, args in looks_of(writer):
            self.looks.append(None)
            if op == "age":
                self.ages[at] = args["age"]
            elif op == "during" and args["on"] != "today":
                self.since[at] = (args["during"], looking.since_birthday(args))
            else:
                look = self.looks[at] = looking.look(op, args)
                self.by_event[look.event].append((at, look))
        self.windows = sorted({days for look in self.looks if look for days in look.covered if days})
        self.tolerated = looking.tolerated
        events = self.policy.events
        self.wheres = {(name, kind): looking.where(where)
                       for name in events for kind, where in events[name].pool.items()}  # fmt: skip
        # What somebody's events touch: their own, and those made of them.
        self.touched = {name: [each for each in self.by_event if self._made_of(each, name)] for name in events}
        self.evidence()
        self.known_ages: dict[int | None, list[int]] = {}
        self.without: dict[tuple[int, int | None, tuple[bool, ...]], list[int]] = {}
        self.decided: dict[Any, Answers] = {}

    def _made_of(self, name: str, of: str) -> bool:
        event = self.policy.events[name]
        return of in (name, event.absorb_into) or any(self._made_of(each, of) for each in event.pool)

    def evidence(self) -> None:
        """Which codes speak for which facts, and what a complete source's silence says."""
        parameters = self.policy.parameters
        self.coded: dict[int, list[tuple[str, int, bool]]] = defaultdict(list)
        self.aided: list[tuple[str, frozenset[str]]] = []
        self.carried: list[tuple[str, str]] = []
        for name, fact in self.facts.items():
            for rule in fact.evidence:
                if "codes" in rule:
                    within = rule["within"]
                    text = parameters[within["parameter"]]["default"] if isinstance(within, dict) else within
                    length = span(str(text))
                    first = number(back(self.on, length)) if length else -(10**6)
                    self.coded[first].append((name, 1 << self.store.sets.index(rule["codes"]), True))
                elif "aid_codes" in rule:
                    rows = self.policy.documents.codes.get("aid_codes", ())
                    wanted = frozenset(row["code"] for row in rows if row["group"] == rule["aid_codes"])
                    self.aided.append((name, wanted))
                else:
                    self.carried.append((name, rule["fact"]))
        self.silent: list[list[str]] = []
        for klass in self.store.complete:
            sources = {each.source for each in klass if each.event is None and each.begins <= self.on <= each.through}
            self.silent.append([name for name, fact in self.facts.items() if sources & set(fact.no_when_complete)])

    def decide(self, first: int, last: int) -> list[Answers]:
        """The answers of the members numbered from the first to before the last, in their order."""
        rows = Rows(self, first, last)
        found = []
        for no, birth, race, klass in rows.members:
            facts = self.known(no, race, klass, rows)
            looks = self.looked(no, birth, klass, rows)
            key = (tuple(looks), tuple(sorted(facts.items(), key=_name)) if facts else None)
            answer = self.decided.get(key)
            if answer is None:
                answer = self.decided[key] = self.written(facts, looks)
            found.append(answer)
        return found

    def looked(self, no: int, birth: int | None, klass: int, rows: "Rows") -> list[int]:
        """What events and dates say of a member."""
        covered = rows.covered(no)
        key = (klass, birth, covered)
        without = self.without.get(key)
        if without is None:
            without = self.without[key] = self.looked_without(klass, birth, covered)
        happened = rows.happened.get(no)
        if not happened:
            return without
        looks, met = list(without), set()
        for name in happened:
            met.update(self.touched[name])
        for name in met:
            own = derived(name, happened, self.policy, self.wheres)
            if own:
                for at, look in self.by_event[name]:
                    days = look.covered[klass]
                    looks[at] = look.answer(own, klass, days is None or covered[bisect_left(self.windows, days)])
        for at, (name, answer) in self.since.items():
            if name in happened:
                looks[at] = answer(happened[name], klass, birth)
        return looks

    def looked_without(self, klass: int, birth: int | None, covered: tuple[bool, ...]) -> list[int]:
        """The same of a member to whom nothing happened."""
        made = []
        for at, look in enumerate(self.looks):
            if look:
                days = look.covered[klass]
                made.append(1 if days and not covered[bisect_left(self.windows, days)] else look.without[klass])
            elif at in self.ages:
                made.append(self.aged(self.ages[at], birth))
            else:
                made.append(self.since[at][1]([], klass, birth))
        return made

    def aged(self, limits: dict[str, Any], birth: int | None) -> int:
        """Whether somebody born then is that old."""
        if birth is None:
            return 1
        years = age(day(birth), self.on)
        return 2 if limits.get("at_least", 0) <= years < limits.get("under", 1000) else 0

    def known(self, no: int, race: str | None, klass: int, rows: "Rows") -> dict[str, Known]:
        """What is known of a member's facts."""
        said = rows.said.get(no)
        facts = {name: self.believed(self.facts[name], each) for name, each in said.items()} if said else {}
        if race and "race_ethnicity" not in facts:
            facts["race_ethnicity"] = (tuple(race.split(";")), (), False)
        true: Known = (True, (), False)
        aid = rows.aid.get(no)
        for name, wanted in self.aided if aid else ():
            if wanted & aid:
                facts.setdefault(name, true)
        for first, bits in rows.bits.get(no, ()):
            for name, bit, _ in self.coded[first]:
                if bits & bit:
                    facts.setdefault(name, true)
        for name, other in self.carried:
            if (no, other) in rows.carries:
                facts.setdefault(name, true)
        for name in self.silent[klass]:
            facts.setdefault(name, (False, (), True))
        return facts

    @staticmethod
    def believed(fact: Fact, said: list[tuple[Any, ...]]) -> Known:
        """Of one source the latest word, of several the strongest."""
        if len(said) == 1:
            return said[0][0], (), False
        if fact.governed_by and any(each[1] in fact.governed_by for each in said):
            said = [each for each in said if each[1] in fact.governed_by]
        latest: dict[str | None, tuple[Any, ...]] = {}
        for each in said:
            best = latest.get(each[1])
            if best is None or _lateness(each) > _lateness(best):
                latest[each[1]] = each
        place = {source: at for at, source in enumerate(fact.proof)}
        ranked = sorted(
            latest.values(), key=lambda it: (place.get(it[1], len(place)), -(it[2] or -(10**6)), str(it[0]))
        )
        value = ranked[0][0]
        return value, tuple(each[0] for each in ranked[1:] if each[0] != value), False


def _name(item: tuple[str, Known]) -> str:
    return item[0]


def _lateness(said: tuple[Any, ...]) -> tuple[int, int, str]:
    return (said[2] if said[2] is not None else -(10**6), said[3] if said[3] is not None else -(10**6), str(said[0]))


class Rows:
    """The rows of some members, as plain tuples by member."""

    def __init__(self, peer: Peer, first: int, last: int) -> None:
        self.peer, self.range = peer, [("no", ">=", first), ("no", "<", last)]
        self.members = self.read("members", "no", "birth", "race_ethnicity", "complete_class")
        self.spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for no, begins, ends in self.read("spans", "no", "first", "last"):
            self.spans[no].append((begins, ends))
        self.cover: dict[tuple[tuple[int, int], ...], tuple[bool, ...]] = {}
        self.read_events()
        self.read_statements()
        self.read_evidence()

    def read(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Rows of one table."""
        found = pq.read_table(self.peer.store.table(table), columns=list(columns), filters=self.range)
        return list(zip(*(found.column(name).to_pylist() for name in columns), strict=True))

    def read_events(self) -> None:
        """What happened, by member and event."""
        events, today = self.peer.store.events, self.peer.today
        wanted = {name for name, touched in self.peer.touched.items() if touched}
        wanted |= {name for name, _ in self.peer.since.values()}
        self.happened: dict[int, dict[str, list[Row]]] = {}
        for no, event, begins, ends, at, *told in self.read(
            "happenings", "no", "event", "begins", "ends", "at", *ATTRIBUTES
        ):
            name = events[event]
            if name in wanted and begins <= today:
                own = self.happened.setdefault(no, {})
                own.setdefault(name, []).append((begins, ends, at, None, True, *told))

    def read_statements(self) -> None:
        """What was said and holds today, by member and fact."""
        store, facts, today = self.peer.store, self.peer.facts, self.peer.today
        values = pq.read_table(store.table("values")).to_pylist()
        carriers = {other for _, other in self.peer.carried}
        policy = self.peer.policy
        known = {row["value"]: (row["fact"], as_value(row["json"], policy.facts[row["fact"]]))
                 for row in values if row["fact"] in facts or row["fact"] in carriers}  # fmt: skip
        self.said: dict[int, dict[str, list[tuple[Any, ...]]]] = {}
        self.carries: set[tuple[int, str]] = set()
        for no, code, begins, ends, learnt, source in self.read(
            "statements", "no", "value", "begins", "ends", "learnt", "source"
        ):
            if code in known and (begins is None or begins <= today) and (ends is None or ends >= today):
                name, value = known[code]
                if name in facts:
                    kind = None if source is None else store.sources[source]
                    self.said.setdefault(no, {}).setdefault(name, []).append((value, kind, learnt, begins))
                if name in carriers and value is True:
                    self.carries.add((no, name))

    def read_evidence(self) -> None:
        """Codes of diagnoses by look-back, and of coverage today."""
        today, firsts = self.peer.today, sorted(self.peer.coded)
        bits: dict[int, list[int]] = {}
        for no, begins, ends, sets in self.read("diagnoses", "no", "begins", "ends", "sets"):
            if begins <= today:
                own = bits.setdefault(no, [0] * len(firsts))
                until = begins if ends is None else ends
                for at, first in enumerate(firsts):
                    if until >= first:
                        own[at] |= sets
        self.bits = {no: list(zip(firsts, own, strict=True)) for no, own in bits.items()}
        self.aid: dict[int, set[str]] = {}
        for no, begins, ends, code in self.read("coverage", "no", "begins", "ends", "aid_code"):
            if code and (begins is None or begins <= today) and ends is not None and ends >= today:
                self.aid.setdefault(no, set()).add(code)

    def covered(self, no: int) -> tuple[bool, ...]:
        """Whether coverage lasts through each window."""
        spans = tuple(self.spans.get(no, ()))
        found = self.cover.get(spans)
        if found is None:
            found = self.cover[spans] = tuple(self.lasts(spans, *days) for days in self.peer.windows)
        return found

    def lasts(self, spans: tuple[tuple[int, int], ...], first: int, last: int) -> bool:
        """But for the tolerated days."""
        days = sum(max(min(ends, last) - max(begins, first) + 1, 0) for begins, ends in spans)
        return last - first + 1 - days <= self.peer.tolerated
