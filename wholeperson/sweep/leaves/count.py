"""Counts: surely and possibly, in the window that may say no and in the newest."""

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table, Value

from wholeperson.sweep.leaves.asked import Asked, ByDay, ByRow, Parts, covered_name, judged, part
from wholeperson.sweep.leaves.expressions import NO, NOT_KNOWN, YES, by_class, number_of


def count_parts(asked: Asked, rows: Table) -> Parts:
    """Surely and possibly counted in the window that may say no, and surely in the newest."""
    closed = asked.calendar.closed(asked.event, asked.args)
    firsts = by_class(rows.klass, [each.days and each.days.first for each in closed])
    lasts = by_class(rows.klass, [each.days and each.days.last for each in closed])
    newest = asked.calendar.newest(asked.args)
    match = asked.match(rows)
    made = {}
    for which, first, last in (("closed", firsts, lasts), ("newest", *map(ibis.literal, newest))):
        touches = _touching(rows, first, last)
        answer = ibis.least(match, touches)
        made[f"{asked.name}_{which}_low"] = _number(asked, rows, (answer == YES) & rows.sure)
        if which == "closed":
            made[f"{asked.name}_{which}_high"] = _number(asked, rows, answer != NO)
    return made


def _touching(rows: Table, first: Value, last: Value) -> IntegerValue:
    """A row on a day of the window, or a stay that shares a day with it; without a known end it only may."""
    early = ibis.cases((rows.ends.isnull(), NOT_KNOWN), else_=NO)
    return ibis.cases(
        (rows.begins > last, NO), (rows.known_until < first, early), (last.notnull() & first.notnull(), YES), else_=NO
    ).cast("int8")


def _number(asked: Asked, rows: Table, counts: BooleanValue) -> Value | ByDay | ByRow:
    if asked.args.get("kinds") == "apart":
        kinds = [_plain(asked, rows, counts & (rows.kind == kind)) for kind in range(len(asked.event.pool))]
        return ibis.greatest(*kinds) if len(kinds) > 1 else kinds[0]
    return (ByDay if asked.args.get("distinct") == "day" else ByRow)(counts)


def _plain(asked: Asked, rows: Table, counts: BooleanValue) -> Value:
    if asked.args.get("distinct") == "day":
        return rows.begins.nunique(where=counts).cast("int64")
    return number_of(counts)


def count_answer(asked: Asked, member: Table) -> Value:
    """The three answers of a count: the newest window can only make a yes."""
    closed = asked.calendar.closed(asked.event, asked.args)
    complete = (
        by_class(member.klass, [each.complete for each in closed]) & member[covered_name([c.days for c in closed])]
    )
    low = ibis.greatest(*(part(member, f"{asked.name}_{which}_low") for which in ("closed", "newest")))
    high = part(member, f"{asked.name}_closed_high")
    return judged(asked.args, low, high, complete)
