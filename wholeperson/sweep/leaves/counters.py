"""Small numbers of a member's rows, three in one: an engine adds up one number far quicker than three."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import add, or_
from typing import Final, NamedTuple

import ibis
from ibis.expr.types import Table, Value

from wholeperson.sweep.leaves.asked import ByDay, ByRow
from wholeperson.sweep.leaves.expressions import together

WIDTH: Final = 20  # bits of one count: nobody has a million rows of one event
ROOM: Final = 3
Counted = dict[str, ByDay | ByRow]


class Number(NamedTuple):
    """One number that holds some counts: all of days, or all of rows."""

    name: str
    of_days: bool
    parts: tuple[str, ...]


def numbers(counted: Counted) -> list[Number]:
    """The numbers that hold those counts."""
    return [*_some(counted, ByDay), *_some(counted, ByRow)]


def _some(counted: Counted, kind: type) -> Iterator[Number]:
    parts = [part for part, each in counted.items() if isinstance(each, kind)]
    for name, held in in_numbers(parts, kind.__name__.lower()):
        yield Number(name, kind is ByDay, held)


def in_numbers(names: Iterable[str], named: str = "number") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Which number holds which of the small ones."""
    listed = list(names)
    for at in range(0, len(listed), ROOM):
        yield f"{named}_{at}", tuple(listed[at : at + ROOM])


def flagged(rows: Table, counted: Counted) -> Table:
    """The rows with their numbers: a one in the place of every count to which the row adds."""
    return rows.mutate(**{each.name: _flags(each, counted) for each in numbers(counted)})


def counting(rows: Table, counted: Counted) -> Table:
    """The rows that add to some count: most lie before every window, and of who has no other nothing need be said."""
    return rows.filter(reduce(or_, (rows[each.name] != 0 for each in numbers(counted))))


def _flags(number: Number, counted: Counted) -> Value:
    return together_in_one([ibis.cases((counted[part].counts, 1), else_=0) for part in number.parts])


def together_in_one(values: list[Value]) -> Value:
    """So many small numbers (``ROOM`` at most) as one."""
    return reduce(add, (value.cast("int64") * (1 << at * WIDTH) for at, value in enumerate(values)))


def day_by_day(rows: Table, counted: Counted) -> Table:
    """One row a member and day: a day on which several rows count is one day; rows are added up."""
    told = {each.name: together(rows[each.name]) if each.of_days else rows[each.name].sum().cast("int64")
            for each in numbers(counted)}  # fmt: skip
    return rows.group_by("no", "begins").agg(**told)


def sums(rows: Table, counted: Counted) -> dict[str, Value]:
    """The aggregates of a member's rows, or days."""
    return {each.name: rows[each.name].sum().cast("int64") for each in numbers(counted)}


def taken_apart(found: Table, counted: Counted) -> Table:
    """Each count as a column of its own again."""
    listed = numbers(counted)
    counts = {part: one_of(found[each.name], at) for each in listed for at, part in enumerate(each.parts)}
    return found.mutate(**counts).drop(*(each.name for each in listed))


def one_of(number: Value, at: int) -> Value:
    """The small number in that place."""
    return ((number >> at * WIDTH) & ((1 << WIDTH) - 1)).cast("int32")
