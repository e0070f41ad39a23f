"""One person as the contract describes them: coverage, facts and events with their sources, and what is complete."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wholeperson.rules.calendar import Window

OPEN = date.max  # an end that is known not to have come


@dataclass(frozen=True, slots=True)
class Coverage:
    """A period in a Medi-Cal plan."""

    plan: str | None
    county: str | None
    aid_code: str | None
    begins: date | None
    ends: date | None
    share_of_cost: str | None

    def covers(self, day: date) -> bool:
        """Whether it is known to run on that day."""
        return (self.begins or date.min) <= day and self.ends is not None and day <= self.ends


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody's word on one fact: true from ``begins`` to ``ends`` (both in), learnt on ``learnt``."""

    fact: str
    value: Any
    begins: date | None
    ends: date | None
    learnt: date | None
    source: str | None
    attested_by: str | None
    at: int = 0

    def holds(self, on: date, known_at: date) -> bool:
        """Whether it speaks of that day, and was known by the other."""
        return ((self.begins is None or self.begins <= on) and (self.ends is None or on <= self.ends)
                and (self.learnt is None or self.learnt <= known_at))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """An event on a day, or a spell from one day to another (``ends`` None: nobody told us; ``OPEN``: still)."""

    event: str
    begins: date
    ends: date | None
    attributes: dict[str, Any]
    source: str | None
    id: str | None
    learnt: date | None = None
    at: int = 0

    def lasts_on(self, day: date) -> bool | None:
        """Whether it covers the day; None when that is not known."""
        if day < self.begins:
            return False
        if self.ends is None:
            return True if day == self.begins else None
        return day <= self.ends


@dataclass(frozen=True, slots=True)
class Complete:
    """From one day through another, a source has told us everything (of one event, or of all it knows)."""

    source: str
    event: str | None
    begins: date
    through: date

    def covers(self, window: Window) -> bool:
        """Whether nothing in the window can be missing."""
        return self.begins <= window.first and window.last <= self.through


@dataclass(frozen=True, slots=True)
class Person:
    """Everything that is known of one person."""

    id: str
    birth_date: date | None
    county: str | None
    languages: tuple[str, ...]
    race_ethnicity: tuple[str, ...] | None
    coverage: tuple[Coverage, ...]
    statements: tuple[Statement, ...]
    happenings: tuple[Happening, ...]
    complete: tuple[Complete, ...]
