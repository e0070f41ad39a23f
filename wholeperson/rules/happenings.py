"""What happened to one person, after the derivations: visits absorbed by stays, stays merged, kinds pooled."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from wholeperson.rules.answers import NO, NOT_KNOWN, YES, Answer
from wholeperson.rules.calendar import ONE_DAY, Window, last_month_end
from wholeperson.rules.person import Happening, Person
from wholeperson.rules.reading.library import Event, Policy


def find_happenings(event: Event, person: Person, policy: Policy, on: date, known_at: date) -> tuple[Happening, ...]:
    """The events of one kind that had begun by the day and were known by the other, derived as declared."""
    if event.pool:
        pooled = [
            each
            for kind, where in event.pool.items()
            for each in _pooled(kind, where, event.name, person, policy, on, known_at)
        ]
        return tuple(_merged(pooled, event.merge_gap) if event.merge_gap is not None else pooled)
    found = list(_own(event.name, person, on, known_at))
    if event.absorb_into:
        stays = list(_own(event.absorb_into, person, on, known_at))
        found = [each for each in found if not any(_became(each, stay) for stay in stays)]
    return tuple(_merged(found, event.merge_gap) if event.merge_gap is not None else found)


def _own(name: str, person: Person, on: date, known_at: date) -> Iterator[Happening]:
    """Those of that name, each told once: the same id, or everything the same, is the same event."""
    seen: set[Any] = set()
    for each in person.happenings:
        if each.event == name and each.begins <= on and (each.learnt is None or each.learnt <= known_at):
            key = each.id or (each.begins, each.ends, each.source, tuple(sorted(each.attributes.items(), key=str)))
            if key not in seen:
                seen.add(key)
                yield each


def _became(visit: Happening, stay: Happening) -> bool:
    """A visit on a day of the stay is the way into it."""
    return stay.lasts_on(visit.begins) is True


def _pooled(
    kind: str, where: dict[str, Any], name: str, person: Person, policy: Policy, on: date, known_at: date
) -> Iterator[Happening]:
    for each in find_happenings(policy.events[kind], person, policy, on, known_at):
        match = matches(each, where)
        if match != NO:
            sure = {"kind": kind, "sure": match == YES}
            yield Happening(name, each.begins, each.ends, sure, each.source, each.id, each.learnt, each.at)


def _merged(stays: Iterable[Happening], gap: int) -> Iterator[Happening]:
    """Stays that touch or overlap, of the same kind, are one stay."""
    kept: Happening | None = None
    reached = date.min  # the last day the stay is seen to have, whether or not its end is known
    for each in sorted(stays, key=lambda stay: (stay.begins, stay.ends or stay.begins, stay.at)):
        if kept and _touches(reached, each, gap):
            kept, reached = _joined(kept, each), max(reached, _seen_until(each))
        else:
            if kept:
                yield kept
            kept, reached = each, _seen_until(each)
    if kept:
        yield kept


def _joined(first: Happening, second: Happening) -> Happening:
    attributes = _agreed(first.attributes, second.attributes)
    return replace(first, ends=_later(first, second), attributes=attributes)


def _seen_until(each: Happening) -> date:
    return each.ends if each.ends is not None else each.begins


def _touches(reached: date, second: Happening, gap: int) -> bool:
    return reached == date.max or second.begins <= reached + timedelta(days=gap)


def _later(first: Happening, second: Happening) -> date | None:
    if first.ends is None or second.ends is None:
        return None
    return max(first.ends, second.ends)


def _agreed(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """What one stay says, filled up with what the other does; of two true and false the true one helps."""
    made = {**second, **first}
    for key in first.keys() & second.keys():
        if True in (first[key], second[key]):
            made[key] = True
    return made


def matches(happening: Happening, where: dict[str, Any]) -> Answer:
    """Whether an event has the attributes asked for; an attribute nobody gave is not known."""
    answer = YES
    for key, wanted in where.items():
        has = happening.attributes.get(key)
        if has is None:
            answer = min(answer, NOT_KNOWN)
        elif has not in (wanted if isinstance(wanted, list) else [wanted]):
            return NO
    return answer


def complete_through(event: Event, person: Person, on: date) -> date | None:
    """How far the event's counting source is complete, never past the day asked about."""
    ends = [
        each.through
        for each in person.complete
        if each.source in event.complete_from and each.event in (None, event.name) and each.begins <= on
    ]
    return min(max(ends), on) if ends else None


def is_complete(event: Event, person: Person, window: Window, programs: Iterable[str] = ()) -> bool:
    """Whether nothing of this kind can be missing in the window: a source covers it, for this event or for all.

    An enrolment is complete only by the sources that list that program.
    """
    listed = list(programs)
    if listed and event.complete_by:
        return all(_covered_by(event.complete_by.get(each, ()), event, person, window) for each in listed)
    return _covered_by(event.complete_from, event, person, window)


def _covered_by(sources: tuple[str, ...], event: Event, person: Person, window: Window) -> bool:
    return any(
        each.source in sources and each.event in (None, event.name) and each.covers(window) for each in person.complete
    )


def is_covered(person: Person, window: Window, tolerated: int) -> bool:
    """Whether the person was in a Medi-Cal plan through the window, but for the tolerated days."""
    missing, day = 0, window.first
    periods = sorted((each.begins or date.min, each.ends) for each in person.coverage if each.ends is not None)
    for begins, ends in periods:
        if begins > window.last:
            break
        missing += max((begins - day).days, 0)
        if ends is not None and ends >= day:
            if ends >= window.last:
                return missing <= tolerated
            day = ends + ONE_DAY
    return missing + (window.last - day).days + 1 <= tolerated


def month_window_end(event: Event, person: Person, on: date) -> date | None:
    """The end of the last complete month of the event's counting source; None when nothing is complete."""
    through = complete_through(event, person, on)
    return last_month_end(through) if through else None


def days_in(spells: Iterable[Happening], window: Window) -> tuple[int, int]:
    """Days of the window the spells surely cover, and the days they might (both days of a spell count)."""
    sure: set[int] = set()
    possible: set[int] = set()
    for each in spells:
        target = possible if each.attributes.get("sure") is False else sure
        last = each.ends if each.ends is not None else each.begins
        target.update(_ordinals(each.begins, last, window))
        if each.ends is None:
            possible.update(_ordinals(each.begins, window.last, window))
    return len(sure), len(sure | possible)


def _ordinals(first: date, last: date, window: Window) -> range:
    return range(max(first, window.first).toordinal(), min(last, window.last).toordinal() + 1)


def longest(spells: Iterable[Happening], on: date) -> tuple[int, int]:
    """The longest unbroken stretch up to the day: surely, and possibly."""
    sure = possible = 0
    for each in spells:
        last = each.ends if each.ends is not None else each.begins
        stretch = (min(last, on) - each.begins).days + 1
        possible = max(possible, stretch if each.ends is not None else (on - each.begins).days + 1)
        if each.attributes.get("sure") is not False:
            sure = max(sure, stretch)
    return sure, possible
