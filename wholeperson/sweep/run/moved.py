"""Whom a new day may have changed though nothing was told of them: they have a date where an edge has moved.

Careful to one side: whoever is named here is looked at again, and most of them come out as they were.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wholeperson.rules.calendar import Span, Window, back, span, window
from wholeperson.rules.reading.library import Event
from wholeperson.sweep.leaves.atoms import Leaf, event_of
from wholeperson.sweep.leaves.plan import Plan, birthday_ages, latest_birth
from wholeperson.sweep.leaves.windows import Calendar, Days
from wholeperson.sweep.store.schema import BEFORE, STILL, number

Pair = tuple[int, int]  # a member's class of completeness in the earlier run, and in this one


class Moved(NamedTuple):
    """``pairs``: classes of which everybody is looked at again. ``sql``: SELECTs of ``no``, for the others."""

    pairs: list[Pair]
    sql: list[str]


def moved(plan: Plan, earlier: Calendar, pairs: Iterable[Pair]) -> Moved:
    """What lies between an earlier run and this one, for the pairs of classes that members have."""
    listed = list(pairs)
    everybody = [pair for pair in listed if _told(plan, earlier, pair[0]) != _told(plan, plan.calendar, pair[1])]
    others = [pair for pair in listed if pair not in everybody]
    return Moved(everybody, [*_births(plan, earlier), *_facts(plan, earlier), *_events(plan, earlier, others),
                             *_coverage(plan, earlier, others)])  # fmt: skip


def _leaves(plan: Plan) -> Iterator[tuple[Leaf, Event]]:
    for leaf in plan.atoms.leaves.values():
        if leaf.op != "age":
            yield leaf, plan.policy.events[event_of(leaf)]


# ── whose silence means something ────────────────────────────────────────────────────────────────────────────────────


def _told(plan: Plan, calendar: Calendar, klass: int) -> list[object]:
    """For every leaf and fact: whether silence says no to members of the class."""
    found = [_complete(calendar, leaf, event, klass) for leaf, event in _leaves(plan)]
    return found + [calendar.says_no(plan.policy.facts[name].no_when_complete)[klass] for name in plan.atoms.facts]


def _complete(calendar: Calendar, leaf: Leaf, event: Event, klass: int) -> object:
    if leaf.op == "count":
        closed = calendar.closed(event, leaf.args)[klass]
        return (closed.days is None, closed.complete)
    if leaf.args.get("continuous") or leaf.args.get("on", "today") != "today":
        return sorted({each.first for each in calendar.ranges(event)[klass] if each.last >= calendar.today})
    days = window(calendar.on, leaf.args["within"]) if "within" in leaf.args else Window(calendar.on, calendar.on)
    return calendar.covers(event, days, _programs(leaf))[klass]


def _programs(leaf: Leaf) -> list[str]:
    asked = leaf.args.get(leaf.op) if leaf.op == "enrolled_in" else (leaf.args.get("where") or {}).get("program", [])
    return [asked] if isinstance(asked, str) else list(asked or [])


# ── who has a date there ─────────────────────────────────────────────────────────────────────────────────────────────


def _between(earlier: Calendar, now: Calendar) -> Days:
    first, last = sorted((earlier.today, now.today))
    return Days(first, last)


def _births(plan: Plan, earlier: Calendar) -> Iterator[str]:
    """Those of the age that a birthday has passed for."""
    limits = {each for leaf in plan.atoms.leaves.values() for each in leaf.args.get("age", {}).values()}
    for years in sorted(limits | set(birthday_ages(plan))):
        first, last = sorted((latest_birth(years, earlier.on), latest_birth(years, plan.calendar.on)))
        if first != last:
            yield f'SELECT "no" FROM "members" WHERE birth BETWEEN {first} AND {last}'


def _facts(plan: Plan, earlier: Calendar) -> Iterator[str]:
    """Those with a word that began or ended, or a date now on another side of a line; and the same for codes."""
    first, last = _between(earlier, plan.calendar)
    if first != last:
        for name in ("statements", "coverage"):
            crossed = f"begins BETWEEN {first} AND {last} OR ends BETWEEN {first} AND {last}"
            yield f'SELECT "no" FROM "{name}" WHERE {crossed}'
    dates = [str(code) for code, name, _ in plan.values if plan.policy.facts[name].type == "date"]
    if dates and first != last:
        yield f'SELECT "no" FROM "statements" WHERE "value" IN ({", ".join(dates)})'
    for length in _look_backs(plan):
        edges = sorted(number(back(day, length)) if length else BEFORE for day in (earlier.on, plan.calendar.on))
        yield from _dated("diagnoses", Days(edges[0], edges[1]), "")
    yield from _dated("diagnoses", _between(earlier, plan.calendar), "")


def _look_backs(plan: Plan) -> list[Span | None]:
    rules = (rule for name in plan.atoms.facts for rule in plan.policy.facts[name].evidence if "codes" in rule)
    parameters = plan.policy.parameters
    told = (rule["within"] for rule in rules)
    texts = {str(parameters[each["parameter"]]["default"] if isinstance(each, dict) else each) for each in told}
    return [span(each) for each in sorted(texts)]


def _dated(name: str, days: Days, more: str) -> Iterator[str]:
    """Rows that begin or end about an edge that has moved, a day to each side."""
    if days.first != days.last:
        low, high = days.first - 1, days.last + 1
        yield (f'SELECT "no" FROM "{name}" WHERE (begins BETWEEN {low} AND {high} OR ends BETWEEN {low} AND {high}'
               f" OR (ends IS NULL AND begins <= {high})){more}")  # fmt: skip


def _events(plan: Plan, earlier: Calendar, pairs: list[Pair]) -> Iterator[str]:
    """Those to whom something happened about an edge; of days that are added up, those with a spell across it."""
    bands: dict[tuple[int, Days, bool], None] = {}
    for leaf, event in _leaves(plan):
        added = leaf.op == "days"
        for days in _edges(plan, earlier, leaf, event, pairs):
            for name in _rests_on(event, plan):
                bands[(plan.store.events.index(name), days, added)] = None
    for at, days, added in bands:
        of_kind = f" AND event = {at}"
        if added and days.first != days.last:
            until = f"coalesce(ends, {STILL})"
            yield f'SELECT "no" FROM "happenings" WHERE begins <= {days.last} AND {until} >= {days.first}{of_kind}'
        else:
            yield from _dated("happenings", days, of_kind)


def _edges(plan: Plan, earlier: Calendar, leaf: Leaf, event: Event, pairs: list[Pair]) -> Iterator[Days]:
    yield _between(earlier, plan.calendar)
    if "within" in leaf.args:
        yield from _both(earlier.newest(leaf.args), plan.calendar.newest(leaf.args))
    for then, now in pairs if leaf.op == "count" else ():
        before, after = earlier.closed(event, leaf.args)[then].days, plan.calendar.closed(event, leaf.args)[now].days
        if before and after:
            yield from _both(before, after)


def _both(before: Days, after: Days) -> Iterator[Days]:
    yield Days(min(before.first, after.first), max(before.first, after.first))
    yield Days(min(before.last, after.last), max(before.last, after.last))


def _rests_on(event: Event, plan: Plan) -> list[str]:
    """The events told that the event is made of."""
    names = list(event.pool) if event.pool else [event.name]
    into = [plan.policy.events[name].absorb_into for name in names]
    return sorted({each for each in (*names, *into) if each in plan.store.events})


def _coverage(plan: Plan, earlier: Calendar, pairs: list[Pair]) -> Iterator[str]:
    """Those with a day without coverage about the edge of a window that must be covered."""
    bands: dict[Days, None] = {}
    for leaf, event in _leaves(plan):
        if leaf.op in ("count", "days"):
            for days in _edges(plan, earlier, leaf, event, pairs):
                if days.first != days.last:
                    bands[days] = None
    for days in bands:
        shared = f'least("last", {days.last}) - greatest("first", {days.first}) + 1'
        covered = f'SELECT "no", sum(greatest({shared}, 0)) AS days FROM "spans" GROUP BY "no"'
        short = f"coalesce(s.days, 0) < {days.last - days.first + 1}"
        yield f'SELECT m."no" FROM "members" m LEFT JOIN ({covered}) s ON s."no" = m."no" WHERE {short}'
