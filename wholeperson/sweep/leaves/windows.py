"""The days each leaf looks at, class by class of members: found once by the rules' own functions, used as numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from wholeperson.rules.calendar import Window, window
from wholeperson.rules.happenings import is_complete, month_window_end
from wholeperson.rules.person import Complete, Person
from wholeperson.rules.reading.library import Event, Policy
from wholeperson.sweep.store.schema import number


class Days(NamedTuple):
    """A window as the store counts days; both ends belong to it."""

    first: int
    last: int


class Closed(NamedTuple):
    """The window that may say no, for one class of members: none where nothing is complete."""

    days: Days | None
    complete: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """One run's day, and for every class of members what is complete."""

    policy: Policy
    on: date
    classes: tuple[tuple[Complete, ...], ...]

    @property
    def today(self) -> int:
        """The day asked about."""
        return number(self.on)

    def newest(self, args: dict[str, Any]) -> Days:
        """The window that ends on the day asked about."""
        return _days(window(self.on, args["within"]))

    def closed(self, event: Event, args: dict[str, Any]) -> list[Closed]:
        """For every class: the window a count is settled by, and whether its source covers it."""
        return [self._closed(event, args, nobody(complete)) for complete in self.classes]

    def _closed(self, event: Event, args: dict[str, Any], person: Person) -> Closed:
        end = self.on if args["ending"] == "on" else month_window_end(event, person, self.on)
        if end is None:
            return Closed(None, False)
        days = window(end, args["within"])
        return Closed(_days(days), is_complete(event, person, days))

    def covers(self, event: Event, days: Window, programs: Iterable[str] = ()) -> list[bool]:
        """For every class: whether nothing of this kind can be missing in the window."""
        listed = list(programs)
        return [is_complete(event, nobody(complete), days, listed) for complete in self.classes]

    def ranges(self, event: Event) -> list[list[Days]]:
        """For every class: the ranges of days its sources cover for this event."""
        return [[_days(Window(each.begins, each.through)) for each in complete if _speaks(each, event)]
                for complete in self.classes]  # fmt: skip

    def says_no(self, sources: Iterable[str]) -> list[str | None]:
        """For every class: the first source whose complete list makes silence a no on the day asked about."""
        wanted = set(sources)
        return [
            next((each.source for each in complete if each.event is None and each.source in wanted
                  and each.begins <= self.on <= each.through), None)
            for complete in self.classes
        ]  # fmt: skip


def _speaks(each: Complete, event: Event) -> bool:
    return each.source in event.complete_from and each.event in (None, event.name)


def _days(days: Window) -> Days:
    return Days(number(days.first), number(days.last))


def nobody(complete: tuple[Complete, ...]) -> Person:
    """A person of whom nothing is known but which sources are complete."""
    return Person("", None, None, (), None, (), (), (), complete)
