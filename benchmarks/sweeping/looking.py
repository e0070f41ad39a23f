"""Events and dates looked up in plain Python on plain tuples: what most members lack is settled before anybody is met.

Rows of an event are ``(begins, ends, at, kind, sure, *attributes)``: days as whole numbers, an end nobody told is None.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from wholeperson.rules.calendar import Window, birthday, span, window
from wholeperson.rules.happenings import is_complete, month_window_end
from wholeperson.rules.person import Complete, Person
from wholeperson.rules.reading.library import Event, Policy
from wholeperson.sweep.store.opening import Store
from wholeperson.sweep.store.schema import WORDED, day, number

Row = tuple[Any, ...]
Days = tuple[int, int]
ATTRIBUTES = ("avoidable", "unplanned", *WORDED)
FIRST_ATTRIBUTE = 5
Where = list[tuple[int, tuple[Any, ...]]]


class Look(NamedTuple):
    """One thing looked up: its event, what to do with that event's rows, and for each class its answer without any."""

    event: str
    answer: Callable[[list[Row], int, bool], int]
    without: list[int]
    covered: list[Days | None]  # the days coverage must last for a no, class by class


def nobody(complete: tuple[Complete, ...]) -> Person:
    """A member of whom only that is known."""
    return Person("", None, None, (), None, (), (), (), complete)


class Looking:
    """Everything that is looked up for one day in one store."""

    def __init__(self, policy: Policy, store: Store, on: date) -> None:
        self.policy, self.store, self.on = policy, store, on
        self.classes = [nobody(each) for each in store.complete]
        gap = span(str(policy.parameters["tolerated_coverage_gap"]["default"]))
        self.tolerated = gap.days if gap else 0

    def look(self, op: str, args: dict[str, Any]) -> Look:
        """How to look that up."""
        if op == "count":
            return self.count(args)
        if op == "ended":
            return self.ended(args)
        if op in ("enrolled_in", "authorized_for"):
            return self.lasting(op, {"program": args[op]})
        if op == "during" and args["on"] == "today":
            return self.lasting("during", args.get("where") or {}, args["during"])
        raise LookupError(f"this peer does not look up {op} {args}")

    def where(self, wanted: dict[str, Any]) -> Where:
        """Places of attributes and the values asked for, as the store has them."""
        made = []
        for name, values in wanted.items():
            listed = values if isinstance(values, list) else [values]
            told = [self.store.words.index(each) if name in WORDED else each for each in listed]
            made.append((FIRST_ATTRIBUTE + ATTRIBUTES.index(name), tuple(told)))
        return made

    def count(self, args: dict[str, Any]) -> Look:
        """At least so many in a window: the last complete months may say no, newer days only yes."""
        event, needed, where = self.policy.events[args["count"]], args["at_least"], self.where(args.get("where") or {})
        newest = days_of(window(self.on, args["within"]))
        closed = [self.closed(event, person, args) for person in self.classes]
        whole = [
            bool(each and is_complete(event, person, each)) for each, person in zip(closed, self.classes, strict=True)
        ]
        settled = [days_of(each) if each and full else None for each, full in zip(closed, whole, strict=True)]
        any_closed = [days_of(each) if each else None for each in closed]
        apart, by_day = args.get("kinds") == "apart", args.get("distinct") == "day"

        def answer(rows: list[Row], klass: int, covered: bool) -> int:
            if counted(rows, newest, where, apart, by_day, sure=True) >= needed:
                return 2
            days = any_closed[klass]
            if days and counted(rows, days, where, apart, by_day, sure=True) >= needed:
                return 2
            if settled[klass] and covered and counted(rows, settled[klass], where, apart, by_day, sure=False) < needed:
                return 0
            return 1

        return Look(event.name, answer, [0 if each else 1 for each in settled], settled)

    def closed(self, event: Event, person: Person, args: dict[str, Any]) -> Window | None:
        """The window that may say no."""
        end = self.on if args["ending"] == "on" else month_window_end(event, person, self.on)
        return window(end, args["within"]) if end else None

    def lasting(self, op: str, wanted: dict[str, Any], name: str | None = None) -> Look:
        """Whether one of them lasts today."""
        event, where, today = self.policy.events[name or op], self.where(wanted), number(self.on)
        programs = wanted.get("program") or ()
        listed = [programs] if isinstance(programs, str) else programs
        days = Window(self.on, self.on)
        without = [0 if is_complete(event, person, days, listed) else 1 for person in self.classes]

        def answer(rows: list[Row], klass: int, _: bool) -> int:
            found = max((min(matched(row, where), shared(row, today, today)) for row in rows), default=0)
            return found or without[klass]

        return Look(event.name, answer, without, [None] * len(without))

    def ended(self, args: dict[str, Any]) -> Look:
        """Whether one of them ended in the window."""
        event, where = self.policy.events[args["ended"]], self.where(args.get("where") or {})
        days = window(self.on, args["within"])
        first, last = days_of(days)
        without = [0 if is_complete(event, person, days) else 1 for person in self.classes]

        def answer(rows: list[Row], klass: int, _: bool) -> int:
            perhaps = False
            for row in rows:
                fits, ends = matched(row, where), row[1]
                inside = ends is not None and first <= ends <= last
                if fits == 2 and inside:
                    return 2
                perhaps = perhaps or (fits != 0 and (ends is None or (fits == 1 and inside)))
            return 1 if perhaps else without[klass]

        return Look(event.name, answer, without, [None] * len(without))

    def since_birthday(self, args: dict[str, Any]) -> Callable[[list[Row], int, int | None], int]:
        """Whether one lasted on a birthday or any day since."""
        event, where = self.policy.events[args["during"]], self.where(args.get("where") or {})
        years, today = int(args["on"].rpartition(" ")[2]), number(self.on)
        if not args["on"].startswith("since"):
            raise LookupError(f"this peer does not look up {args['on']}")

        def answer(rows: list[Row], klass: int, birth: int | None) -> int:
            if birth is None:
                return 1
            first = number(birthday(day(birth), years))
            if first > today:
                return 0
            found = max((min(matched(row, where), shared(row, first, today)) for row in rows), default=0)
            return found or (0 if is_complete(event, self.classes[klass], Window(day(first), self.on)) else 1)

        return answer


def days_of(days: Window) -> Days:
    """First and last day as the store has them."""
    return number(days.first), number(days.last)


def matched(row: Row, where: Where) -> int:
    """Whether a row has the attributes."""
    answer = 2
    for at, wanted in where:
        if row[at] is None:
            answer = 1
        elif row[at] not in wanted:
            return 0
    return answer


def shared(row: Row, first: int, last: int) -> int:
    """Whether a spell shares a day with the window."""
    begins, ends = row[0], row[1]
    if begins > last:
        return 0
    if begins >= first:
        return 2
    return 1 if ends is None else 2 if ends >= first else 0


def counted(rows: list[Row], days: Days, where: Where, apart: bool, by_day: bool, *, sure: bool) -> int:
    """How many rows lie in the window: surely, or possibly."""
    kept = inside(rows, days, where, sure=sure)
    if apart:
        kinds = {row[3] for row in kept}
        return max((_number([row for row in kept if row[3] == kind], by_day) for kind in kinds), default=0)
    return _number(kept, by_day)


def inside(rows: list[Row], days: Days, where: Where, *, sure: bool) -> list[Row]:
    """The rows that lie in the window: surely, or possibly."""
    first, last = days
    kept = []
    for row in rows:
        begins, ends = row[0], row[1]
        if begins > last:
            continue
        fits = matched(row, where)
        if (begins if ends is None else ends) < first:
            fits = 1 if ends is None else 0
        if (fits == 2 and row[4]) or (fits and not sure):
            kept.append(row)
    return kept


def _number(rows: list[Row], by_day: bool) -> int:
    return len({row[0] for row in rows}) if by_day else len(rows)


def derived(name: str, rows: dict[str, list[Row]], policy: Policy, wheres: dict[tuple[str, str], Where]) -> list[Row]:
    """The rows of an event: visits absorbed by stays, stays merged, kinds pooled."""
    event = policy.events[name]
    if event.pool:
        found = []
        for kind in event.pool:
            for row in derived(kind, rows, policy, wheres):
                fits = matched(row, wheres[name, kind])
                if fits:
                    found.append((*row[:3], kind, fits == 2))
        return found
    own = rows.get(name, [])
    if event.absorb_into and (stays := rows.get(event.absorb_into)):
        own = [row for row in own if not any(s[0] <= row[0] <= (s[0] if s[1] is None else s[1]) for s in stays)]
    return merged(own, event.merge_gap) if event.merge_gap is not None and len(own) > 1 else own


def merged(rows: Iterable[Row], gap: int) -> list[Row]:
    """Stays that touch or overlap are one."""
    made: list[Row] = []
    reached = 0
    for row in sorted(rows, key=lambda each: (each[0], each[0] if each[1] is None else each[1], each[2])):
        until = row[0] if row[1] is None else row[1]
        if made and row[0] <= reached + gap:
            made[-1], reached = _joined(made[-1], row), max(reached, until)
        else:
            made.append(row)
            reached = until
    return made


def _joined(one: Row, two: Row) -> Row:
    ends = None if one[1] is None or two[1] is None else max(one[1], two[1])
    pairs = zip(one[FIRST_ATTRIBUTE:], two[FIRST_ATTRIBUTE:], strict=True)
    told = (True if a is True or b is True else b if a is None else a for a, b in pairs)
    return (one[0], ends, *one[2:FIRST_ATTRIBUTE], *told)
