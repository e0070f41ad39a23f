"""One leaf being compiled, and what every kind of leaf shares.

A leaf is two halves. Its *parts* are aggregates over a member's rows of one event; its *answer* is made of them, of the
coverage and of what is complete, for members without any row as well.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table, Value

from wholeperson.rules.calendar import Window
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.library import Event
from wholeperson.sweep.leaves.atoms import Leaf
from wholeperson.sweep.leaves.coding import Groups
from wholeperson.sweep.leaves.expressions import NO, NOT_KNOWN, YES, matched
from wholeperson.sweep.leaves.windows import Calendar, Days
from wholeperson.sweep.store.schema import day

Parts = dict[str, "Value | ByDay | ByRow"]


@dataclass(frozen=True, slots=True)
class ByDay:
    """A number of days on which some row counts."""

    counts: BooleanValue


@dataclass(frozen=True, slots=True)
class ByRow:
    """A number of rows that count."""

    counts: BooleanValue


@dataclass(frozen=True, slots=True)
class Asked:
    """One leaf to be compiled: its columns begin with ``name``. ``words``, ``sources``: the store's lists."""

    leaf: Leaf
    name: str
    event: Event
    calendar: Calendar
    words: tuple[str, ...]
    sources: tuple[str, ...]
    groups: Groups

    @property
    def args(self) -> dict[str, Any]:
        """What the leaf asks."""
        return self.leaf.args

    @property
    def where(self) -> dict[str, Any]:
        """The attributes asked for."""
        if self.leaf.op in ("enrolled_in", "authorized_for"):
            return {"program": self.args[self.leaf.op]}
        return self.args.get("where") or {}

    def match(self, rows: Table) -> IntegerValue:
        """Whether each row has the attributes."""
        return matched(rows, self.where, self.words)

    def not_compiled(self, what: str) -> Refused:
        """What the columns cannot say, the reference can."""
        why = "the sweep would answer otherwise than `wholeperson check`"
        problem = f"{self.leaf.key[:80]}: {what}"
        return Refused(Problem("not_compiled", problem, why, "use --engine reference", Where("policy")))


def covered_name(days: list[Days | None]) -> str:
    """The column that says whether the coverage lasts through the window of each class; one for all is one window."""
    days = days if any(each != days[0] for each in days) else days[:1]
    return f"covered_{short(days)}"


def short(told: object) -> str:
    """A name for what it says, the same for the same: engines cut names that are long."""
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def as_window(days: Days) -> Window:
    """The window as the rules count days."""
    return Window(day(days.first), day(days.last))


def in_ranges(asked: Asked, member: Table, first: Value, last: Value) -> BooleanValue:
    """Whether a source of the member's class covers the member's own window."""
    classes: dict[Days, list[int]] = {}
    for at, ranges in enumerate(asked.calendar.ranges(asked.event)):
        for each in ranges:
            classes.setdefault(each, []).append(at)
    holds: Value = ibis.literal(False)
    for each, listed in classes.items():
        holds = holds | (member.klass.isin(listed) & (first >= each.first) & (last <= each.last))
    return holds


def judged(args: dict[str, Any], low: Value, high: Value, complete: BooleanValue) -> Value:
    if "at_least" in args:
        needed = args["at_least"]
        return ibis.cases((low >= needed, YES), (complete & (high < needed), NO), else_=NOT_KNOWN)
    limit = args["at_most"]
    return ibis.cases((low > limit, NO), (complete & (high <= limit), YES), else_=NOT_KNOWN)


def part(member: Table, name: str) -> Value:
    return ibis.coalesce(member[name], 0)
