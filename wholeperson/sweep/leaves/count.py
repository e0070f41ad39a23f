"""Counts: surely and possibly, in the window that may say no and in the newest."""

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table, Value

from wholeperson.sweep.leaves.asked import Asked, ByDay, ByRow, Parts, covered_name, judged, part, short
from wholeperson.sweep.leaves.expressions import NO, NOT_KNOWN, YES, beside, by_class, number_of


def prepared(asked: Asked, rows: Table) -> Table:
    """Rows with the attributes compared, and each window: what several counts look at stands there once."""
    rows = beside(rows, _matches(asked), asked.match(rows))
    for name, first, last in _windows(asked, rows):
        rows = beside(rows, name, _touching(rows, first, last))
    return rows


def _matches(asked: Asked) -> str:
    return f"matches_{short(sorted(asked.where.items()))}"


def _windows(asked: Asked, rows: Table) -> list[tuple[str, Value, Value]]:
    """The window that may say no, and the newest: the column that says whether a row touches it, and its days."""
    closed = [each.days for each in asked.calendar.closed(asked.event, asked.args)]
    firsts = by_class(rows.klass, [each and each.first for each in closed])
    lasts = by_class(rows.klass, [each and each.last for each in closed])
    newest = asked.calendar.newest(asked.args)
    return [(f"touches_{short(closed)}", firsts, lasts), (f"touches_{short(newest)}", *map(ibis.literal, newest))]


def count_parts(asked: Asked, rows: Table) -> Parts:
    """Surely and possibly counted in the window that may say no, and surely in the newest."""
    closed, newest = (ibis.least(rows[_matches(asked)], rows[name]) for name, *_ in _windows(asked, rows))
    return {
        f"{asked.name}_closed_low": _number(asked, rows, (closed == YES) & rows.sure),
        f"{asked.name}_closed_high": _number(asked, rows, closed != NO),
        f"{asked.name}_newest_low": _number(asked, rows, (newest == YES) & rows.sure),
    }


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
