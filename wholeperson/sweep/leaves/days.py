"""Days in a place: added up in a window, or the longest stretch of them."""

import ibis
from ibis.expr.types import BooleanValue, Table, Value

from wholeperson.sweep.leaves.asked import Asked, Parts, as_window, covered_name, in_ranges, judged, part
from wholeperson.sweep.leaves.expressions import NO, YES, by_class, most
from wholeperson.sweep.leaves.windows import Days


def days_parts(asked: Asked, rows: Table) -> Parts:
    """The days surely and possibly covered, or the longest stretch of them."""
    return (_longest if asked.args.get("continuous") else _added)(asked, rows)


def prepared(asked: Asked, rows: Table) -> Table:
    """Rows with, for each, the days it adds to those before it (for days that are added up)."""
    if asked.leaf.op != "days" or asked.args.get("continuous"):
        return rows
    match, today = asked.match(rows), asked.calendar.today
    surely = (match == YES) & rows.sure
    possible = ibis.cases((rows.ends.isnull(), today), else_=rows.known_until)
    for which, counts, until in (("low", surely, rows.known_until), ("high", match != NO, possible)):
        rows = _added_days(rows, f"{asked.name}_{which}_adds", counts, until, asked.calendar.newest(asked.args))
    return rows


def _added_days(rows: Table, name: str, counts: BooleanValue, until: Value, days: Days) -> Table:
    last = ibis.least(until, days.last)
    first = ibis.greatest(rows.begins, days.first)
    ends = ibis.cases((counts & (last >= first), last), else_=ibis.null("int32"))
    rows = rows.mutate(**{f"{name}_first": first, f"{name}_last": ends})
    before = ibis.window(group_by=rows.no, order_by=[rows[f"{name}_first"], rows.at, rows.kind], rows=(None, -1))
    reached = rows[f"{name}_last"].max().over(before)
    return rows.mutate(**{f"{name}_reached": reached}).mutate(lambda row: _new_days(row, name))


def _new_days(rows: Table, name: str) -> Value:
    first, last, reached = (rows[f"{name}_{which}"] for which in ("first", "last", "reached"))
    begins = ibis.greatest(first, ibis.coalesce(reached + 1, first))
    return ibis.greatest(ibis.coalesce(last - begins + 1, 0), 0).name(name)


def _added(asked: Asked, rows: Table) -> Parts:
    return {
        f"{asked.name}_{which}": rows[f"{asked.name}_{which}_adds"].sum().cast("int64") for which in ("low", "high")
    }


def _longest(asked: Asked, rows: Table) -> Parts:
    match, today = asked.match(rows), asked.calendar.today
    length = ibis.least(rows.known_until, today) - rows.begins + 1
    possible = ibis.cases((rows.ends.isnull(), today - rows.begins + 1), else_=length)
    sure = ibis.cases(((match == YES) & rows.sure, length), else_=0)
    return {
        f"{asked.name}_low": most(sure),
        f"{asked.name}_high": most(ibis.cases((match != NO, possible), else_=0)),
        f"{asked.name}_begins": ibis.cases((match != NO, rows.begins), else_=ibis.null("int32")).min(),
    }


def days_answer(asked: Asked, member: Table) -> Value:
    """The three answers of days added up, or of the longest stretch."""
    low, high = (part(member, f"{asked.name}_{which}") for which in ("low", "high"))
    return judged(asked.args, low, high, _days_complete(asked, member))


def _days_complete(asked: Asked, member: Table) -> BooleanValue:
    if not asked.args.get("continuous"):
        days = asked.calendar.newest(asked.args)
        window = as_window(days)
        complete = by_class(member.klass, asked.calendar.covers(asked.event, window))
        return complete & member[covered_name([days])]
    today = ibis.literal(asked.calendar.today, "int32")
    first = ibis.coalesce(member[f"{asked.name}_begins"], today)
    return in_ranges(asked, member, first, today) & member[since_name(asked)]


def since_name(asked: Asked) -> str:
    """The column that says whether the coverage lasts since the first of the spells."""
    return f"{asked.name}_covered_since"
