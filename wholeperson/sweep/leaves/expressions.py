"""Small pieces of expressions that every compiled leaf is made of. Only what all engines read alike."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table, Value

from wholeperson.sweep.leaves.smalls import SMALL
from wholeperson.sweep.leaves.windows import Days
from wholeperson.sweep.store.schema import TABLES, WORDED

NO: Final = 0
NOT_KNOWN: Final = 1
YES: Final = 2


def table(name: str) -> Table:
    """A table of the store, as the engine knows it."""
    return ibis.table(TABLES[name], name=name)


def small(name: str, more: dict[str, str] | None = None) -> Table:
    """A table that the run itself writes down before it starts."""
    return ibis.table({**SMALL[name], **(more or {})}, name=name)


def whether(condition: BooleanValue) -> IntegerValue:
    """1 where it holds, 0 where it does not or nobody knows."""
    return ibis.cases((condition, 1), else_=0).cast("int64")


def most(values: Value) -> Value:
    """The largest of a group, 0 for none."""
    return ibis.coalesce(values.max(), 0)


def number_of(condition: BooleanValue) -> IntegerValue:
    """How many rows of a group hold."""
    return whether(condition).sum().cast("int64")


def _bits(of: int) -> int:
    return of


# Every engine has it, and not every compiler knows: bits of a group's rows put together.
together = ibis.udf.agg.builtin(_bits, name="bit_or")


def beside(rows: Table, name: str, value: Value) -> Table:
    """The rows with one column more, unless they have it: what several leaves look at is worked out once."""
    return rows if name in rows.columns else rows.mutate(**{name: value})


def by_class(klass: Value, values: Sequence[Any]) -> Value:
    """A value that depends on the class of members; a plain number where all classes agree."""
    first, *rest = values
    if all(each == first for each in rest):
        return _typed(first)
    return ibis.cases(*((klass == at, _typed(each)) for at, each in enumerate(values[1:], 1) if each != first),
                      else_=_typed(first))  # fmt: skip


def _typed(value: Any) -> Value:
    if value is None:
        return ibis.null("int32")
    if isinstance(value, bool):
        return ibis.literal(value, type="boolean")
    return ibis.literal(value, type="int32" if abs(value) < 1 << 31 else "int64")


def within(begins: Value, days: Days) -> BooleanValue:
    """Whether a day lies in a window."""
    return (begins >= days.first) & (begins <= days.last)


def matched(row: Table, where: dict[str, Any], words: tuple[str, ...]) -> IntegerValue:
    """Three answers: whether the attributes are those asked for; one that nobody gave is not known."""
    answer: Value = ibis.literal(YES, type="int8")
    for name, wanted in sorted(where.items()):
        listed = wanted if isinstance(wanted, list) else [wanted]
        answer = ibis.least(answer, _one(row, name, listed, words))
    return answer


def _one(row: Table, name: str, wanted: Iterable[Any], words: tuple[str, ...]) -> IntegerValue:
    if name not in row.columns:
        return ibis.literal(NOT_KNOWN, type="int8")
    column = row[name]
    kept = [words.index(each) for each in wanted if each in words] if name in WORDED else list(wanted)
    if not kept:
        return ibis.cases((column.isnull(), NOT_KNOWN), else_=NO).cast("int8")
    if column.type().is_boolean():
        held = column if kept == [True] else ~column if kept == [False] else column.notnull()
    else:
        held = column.isin(kept)
    return ibis.cases((column.isnull(), NOT_KNOWN), (held, YES), else_=NO).cast("int8")
