"""How each leaf of the policy is answered from the record alone: three answers, and what was seen."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from wholeperson.rules import calendar
from wholeperson.rules.answers import NO, NOT_KNOWN, YES, Answer
from wholeperson.rules.calendar import Span, Window, span, window
from wholeperson.rules.case import Case
from wholeperson.rules.happenings import (
    complete_through,
    days_in,
    is_complete,
    is_covered,
    longest,
    matches,
    month_window_end,
)
from wholeperson.rules.known import Source
from wholeperson.rules.language import Node
from wholeperson.rules.person import Happening
from wholeperson.rules.reading.library import Event


class Seen(NamedTuple):
    """A leaf's answer from the record, what was seen of it, and who showed it."""

    answer: Answer
    seen: dict[str, Any] | None = None
    sources: tuple[Source, ...] = ()


def look(node: Node, args: dict[str, Any], case: Case) -> Seen:
    """The leaf's answer from events and dates (facts and other programmes are looked up elsewhere)."""
    return _LOOKS[node.op](args, case)


def _age(args: dict[str, Any], case: Case) -> Seen:
    born = case.known("birth_date")
    if born is None or born.value is None:
        return Seen(NOT_KNOWN)
    years = calendar.age(born.value, case.on)
    limits = args["age"]
    old_enough = "at_least" not in limits or years >= limits["at_least"]
    young_enough = "under" not in limits or years < limits["under"]
    return Seen(YES if old_enough and young_enough else NO, {"value": years}, born.sources)


def _count(args: dict[str, Any], case: Case) -> Seen:
    """Two windows: the last complete months may answer both ways, newer days only add."""
    event = case.policy.events[args["count"]]
    newest = _counted(event, window(case.on, args["within"]), args, case)
    closed = _closed_window(event, args, case)
    settled = _counted(event, closed, args, case) if closed else None
    complete = settled is not None and closed is not None and _nothing_missing(event, closed, case)
    shown = settled if settled and settled.low >= newest.low else newest
    if "at_most" in args:
        return _at_most(args["at_most"], shown, settled, complete, event, case)
    needed = args["at_least"]
    if shown.low >= needed:
        return Seen(YES, _interval(shown, event, case, complete and shown is settled), _sources(shown.certain))
    if settled and complete:
        return Seen(
            NO if settled.high < needed else NOT_KNOWN, _interval(settled, event, case, True), _sources(settled.certain)
        )
    return Seen(NOT_KNOWN, _interval(shown, event, case, False), _sources(shown.certain))


class Counted(NamedTuple):
    """How many events a window surely and possibly has."""

    low: int
    high: int
    window: Window
    certain: tuple[Happening, ...]


def _at_most(limit: int, shown: Counted, settled: Counted | None, complete: bool, event: Event, case: Case) -> Seen:
    if shown.low > limit:
        return Seen(NO, _interval(shown, event, case, False), _sources(shown.certain))
    if settled and complete and settled.high <= limit:
        return Seen(YES, _interval(settled, event, case, True), _sources(settled.certain))
    return Seen(NOT_KNOWN, _interval(shown, event, case, False), _sources(shown.certain))


def _closed_window(event: Event, args: dict[str, Any], case: Case) -> Window | None:
    if args["ending"] == "on":
        return window(case.on, args["within"])
    end = month_window_end(event, case.person, case.on)
    return window(end, args["within"]) if end else None


def _nothing_missing(event: Event, span_of_days: Window, case: Case) -> bool:
    return is_complete(event, case.person, span_of_days) and is_covered(case.person, span_of_days, case.tolerated_gap())


def _counted(event: Event, days: Window, args: dict[str, Any], case: Case) -> Counted:
    certain: list[Happening] = []
    possible: list[Happening] = []
    for each in case.happenings(event.name):
        answer = _inside(each, days, args.get("where") or {})
        if answer == YES and each.attributes.get("sure") is not False:
            certain.append(each)
        if answer != NO:
            possible.append(each)
    return Counted(_number(certain, args), _number(possible, args), days, tuple(certain))


def _inside(each: Happening, days: Window, where: dict[str, Any]) -> Answer:
    """An event on a day of the window, or a stay that shares a day with it."""
    if each.begins > days.last:
        return NO
    ends = each.ends if each.ends is not None else each.begins
    if ends < days.first:
        return NOT_KNOWN if each.ends is None else NO
    return matches(each, where)


def _number(found: list[Happening], args: dict[str, Any]) -> int:
    if args.get("kinds") == "apart":
        kinds = {each.attributes.get("kind") for each in found}
        return max(
            (_plain([each for each in found if each.attributes.get("kind") == kind], args) for kind in kinds), default=0
        )
    return _plain(found, args)


def _plain(found: list[Happening], args: dict[str, Any]) -> int:
    if args.get("distinct") == "day":
        return len({each.begins for each in found})
    return len(found)


def _interval(counted: Counted, event: Event, case: Case, complete: bool) -> dict[str, Any]:
    through = complete_through(event, case.person, case.on)
    return {
        "lo": counted.low,
        "hi": counted.high if complete else None,
        "window": [counted.window.first, counted.window.last],
        "complete_through": through,
    }


def _sources(found: tuple[Happening, ...]) -> tuple[Source, ...]:
    return tuple((each.source, each.id, each.begins) for each in sorted(found, key=lambda it: (it.begins, it.id or "")))


def _days(args: dict[str, Any], case: Case) -> Seen:
    event = case.policy.events[args["days"]]
    spells = _matching(event, args, case)
    if args.get("continuous"):
        low, high = longest(spells, case.on)
        days = Window(min((each.begins for each in spells), default=case.on), case.on)
    else:
        days = window(case.on, args["within"])
        low, high = days_in(spells, days)
    complete = _nothing_missing(event, days, case)
    seen = {"lo": low, "hi": high if complete else None, "window": [days.first, days.last],
            "complete_through": complete_through(event, case.person, case.on)}  # fmt: skip
    sources = _sources(tuple(spells))
    if "at_least" in args:
        answer = YES if low >= args["at_least"] else NO if complete and high < args["at_least"] else NOT_KNOWN
    else:
        answer = NO if low > args["at_most"] else YES if complete and high <= args["at_most"] else NOT_KNOWN
    return Seen(answer, seen, sources)


def _matching(event: Event, args: dict[str, Any], case: Case) -> list[Happening]:
    """The spells that have, or may have, the attributes; those that only may are marked not sure."""
    found = []
    for each in case.happenings(event.name):
        answer = matches(each, args.get("where") or {})
        if answer == YES:
            found.append(each)
        elif answer == NOT_KNOWN:
            found.append(
                Happening(
                    each.event,
                    each.begins,
                    each.ends,
                    {**each.attributes, "sure": False},
                    each.source,
                    each.id,
                    each.learnt,
                    each.at,
                )
            )
    return found


def _during(args: dict[str, Any], case: Case) -> Seen:
    day = case.on
    if args["on"] != "today":
        born = case.known("birth_date")
        if born is None or born.value is None:
            return Seen(NOT_KNOWN)
        day = calendar.birthday(born.value, int(args["on"].rpartition(" ")[2]))
        if day > case.on:
            return Seen(NO, {"value": day})
    last = case.on if args["on"].startswith("since") else day
    return _lasting(args["during"], Window(day, last), case, args.get("where") or {})


def _lasting(name: str, days: Window, case: Case, where: dict[str, Any]) -> Seen:
    """Whether a spell of that kind covers a day of the window."""
    event = case.policy.events[name]
    best = NO
    for each in case.happenings(name):
        answer = min(matches(each, where), _meets_window(each, days))
        if answer == YES:
            return Seen(YES, {"value": True}, ((each.source, each.id, each.begins),))
        best = max(best, answer)
    programs = where.get("program") or ()
    if best == NO and is_complete(event, case.person, days, [programs] if isinstance(programs, str) else programs):
        return Seen(NO, {"value": False})
    return Seen(NOT_KNOWN)


def _meets_window(each: Happening, days: Window) -> Answer:
    """Whether a spell shares a day with the window; one whose end nobody told only surely has its first."""
    if each.begins > days.last:
        return NO
    if days.holds(each.begins):
        return YES
    if each.ends is None:
        return NOT_KNOWN
    return YES if each.ends >= days.first else NO


def _ended(args: dict[str, Any], case: Case) -> Seen:
    event = case.policy.events[args["ended"]]
    days = window(case.on, args["within"])
    open_ends = False
    for each in case.happenings(event.name):
        answer = matches(each, args.get("where") or {})
        if answer == YES and each.ends is not None and days.holds(each.ends):
            return Seen(YES, {"value": each.ends}, ((each.source, each.id, each.ends),))
        open_ends = open_ends or (
            answer != NO and (each.ends is None or (answer == NOT_KNOWN and days.holds(each.ends)))
        )
    if not open_ends and is_complete(event, case.person, days):
        return Seen(NO, {"value": None})
    return Seen(NOT_KNOWN)


def _enrolled_in(args: dict[str, Any], case: Case) -> Seen:
    return _lasting("enrolled_in", Window(case.on, case.on), case, {"program": args["enrolled_in"]})


def _authorized_for(args: dict[str, Any], case: Case) -> Seen:
    return _lasting("authorized_for", Window(case.on, case.on), case, {"program": args["authorized_for"]})


_LOOKS: dict[str, Callable[[dict[str, Any], Case], Seen]] = {
    "age": _age, "count": _count, "days": _days, "during": _during, "ended": _ended,
    "enrolled_in": _enrolled_in, "authorized_for": _authorized_for,
}  # fmt: skip


def compare(value: Any, args: dict[str, Any], case: Case) -> Answer:
    """Whether a fact's value is what the criterion asks for."""
    if "in" in args:
        return YES if _is_in(value, args["in"], case) else NO
    if "is" in args:
        return YES if value == args["is"] else NO
    if "at_least" in args or "at_most" in args:
        return YES if _within_bounds(value, args, case.on) else NO
    return YES if value is True else NO


def _is_in(value: Any, wanted: Any, case: Case) -> bool:
    members = set(case.policy.codes(wanted["codes"], case.on)) if isinstance(wanted, dict) else set(wanted)
    return bool(members & set(value)) if isinstance(value, tuple) else value in members


def _within_bounds(value: Any, args: dict[str, Any], on: date) -> bool:
    if value is None:  # a day that never came
        return False
    low, high = _bound(args.get("at_least"), on), _bound(args.get("at_most"), on)
    return (low is None or value >= low) and (high is None or value <= high)


def _bound(bound: Any, on: date) -> Any:
    """A number as it is; ``24 months ago`` counted back from the day asked about."""
    if isinstance(bound, str) and bound.endswith(" ago"):
        return calendar.back(on, span(bound.removesuffix(" ago")) or Span(0, 0))
    return bound
