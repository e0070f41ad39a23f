"""Spells that must be under way, or must have ended."""

import ibis
from ibis.expr.types import BooleanValue, Table, Value

from wholeperson.sweep.leaves.asked import Asked, Parts, as_window, in_ranges, part
from wholeperson.sweep.leaves.derive import BESIDE
from wholeperson.sweep.leaves.expressions import NO, NOT_KNOWN, YES, by_class, most, whether, within
from wholeperson.sweep.leaves.windows import Days


def lasting_parts(asked: Asked, rows: Table) -> Parts:
    """The best answer of any spell, and which source showed a yes first."""
    first, last = lasting_days(asked, rows)
    meets = ibis.cases(
        (rows.begins > last, NO), (rows.begins >= first, YES), (rows.ends.isnull(), NOT_KNOWN),
        (rows.ends >= first, YES), else_=NO,
    )  # fmt: skip
    answer = ibis.least(asked.match(rows), meets.cast("int8"))
    made: Parts = {f"{asked.name}_best": most(answer)}
    if asked.leaf.shown:
        made[f"{asked.name}_shown"] = _first_shown(asked, rows, answer == YES)
    return made


def _first_shown(asked: Asked, rows: Table, yes: BooleanValue) -> Value:
    if asked.event.merge_gap is not None or asked.event.pool:
        raise asked.not_compiled("who showed a merged or pooled spell")
    group = _group_of(rows.source, asked)
    return ibis.cases((yes, rows.at.cast("int64") * BESIDE + group), else_=ibis.null("int64")).min() % BESIDE


def _group_of(source: Value, asked: Asked) -> Value:
    listed = [(source.isnull(), asked.groups.of[None])]
    listed += [(source == at, asked.groups.of[each]) for at, each in enumerate(asked.sources)]
    return ibis.cases(*listed, else_=0)


def lasting_days(asked: Asked, at: Table) -> tuple[Value, Value]:
    """The days on which a spell must be under way: today, or since (on) a birthday of the member's own."""
    today = ibis.literal(asked.calendar.today, "int32")
    on = asked.args.get("on", "today")
    if on == "today":
        return today, today
    birthday = at[birthday_name(on)]
    return birthday, today if on.startswith("since") else birthday


def birthday_name(on: str) -> str:
    """The column of a birthday: ``since birthday 18`` → ``birthday_18``."""
    return f"birthday_{on.rpartition(' ')[2]}"


def lasting_answer(asked: Asked, member: Table) -> Value:
    """The three answers of a spell that must be under way."""
    best = part(member, f"{asked.name}_best")
    programs = asked.where.get("program") or ()
    if asked.args.get("on", "today") == "today":
        window = as_window(Days(asked.calendar.today, asked.calendar.today))
        listed = [programs] if isinstance(programs, str) else programs
        complete = by_class(member.klass, asked.calendar.covers(asked.event, window, listed))
    else:
        complete = in_ranges(asked, member, *lasting_days(asked, member))
    answer = ibis.cases((best == YES, YES), ((best == NO) & complete, NO), else_=NOT_KNOWN)
    if asked.args.get("on", "today") != "today":
        birthday = member[birthday_name(asked.args["on"])]
        answer = ibis.cases((birthday.isnull(), NOT_KNOWN), (birthday > asked.calendar.today, NO), else_=answer)
    if not asked.leaf.shown:
        return answer
    return answer + 4 * ibis.cases((best == YES, part(member, f"{asked.name}_shown")), else_=0)


def ended_parts(asked: Asked, rows: Table) -> Parts:
    """Whether a spell surely ended in the window, and whether one may have."""
    match, days = asked.match(rows), asked.calendar.newest(asked.args)
    inside = within(rows.ends, days)
    return {
        f"{asked.name}_yes": most(whether((match == YES) & inside)),
        f"{asked.name}_open": most(whether((match != NO) & (rows.ends.isnull() | ((match == NOT_KNOWN) & inside)))),
    }


def ended_answer(asked: Asked, member: Table) -> Value:
    """The three answers of a spell that must have ended."""
    days = asked.calendar.newest(asked.args)
    complete = by_class(member.klass, asked.calendar.covers(asked.event, as_window(days)))
    yes, open_ends = (part(member, f"{asked.name}_{which}") for which in ("yes", "open"))
    return ibis.cases((yes == 1, YES), ((open_ends == 0) & complete, NO), else_=NOT_KNOWN)
