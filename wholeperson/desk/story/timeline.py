"""The story in order: all keys are read, so that it can be counted and turned over; only one page is put into words."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from wholeperson.desk.story.entries import Entry, Reader, moment
from wholeperson.desk.story.kinds import KINDS, SOURCES

Key = tuple[datetime, int, Any, date | datetime]


@dataclass(frozen=True)
class Dated:
    """An entry and when it was; `kind` is which part of the work it comes from."""

    kind: str
    when: date | datetime
    entry: Entry

    @property
    def label(self) -> "str | Promise":
        return KINDS[self.kind]

    @property
    def month(self) -> date:
        day = moment(self.when)
        return date(day.year, day.month, 1)


def keys(reader: Reader) -> list[Key]:
    """(moment, which source, key, when) of everything, the newest first; the same order each time."""
    found = [
        (moment(when), at, key, when) for at, source in enumerate(SOURCES) for when, key in source.keys(reader) if when
    ]
    return sorted(found, key=lambda one: (one[0], one[1], str(one[2])), reverse=True)


def counts(found: list[Key]) -> dict[str, int]:
    """How many entries of each kind there are."""
    return Counter(SOURCES[at].kind for _, at, _, _ in found)


def of_kind(found: list[Key], kind: str) -> list[Key]:
    return [one for one in found if SOURCES[one[1]].kind == kind]


def told(reader: Reader, shown: list[Key]) -> list[Dated]:
    """The entries of a page, in its order."""
    wanted: dict[int, list[Any]] = {}
    for _, at, key, _ in shown:
        wanted.setdefault(at, []).append(key)
    entries = {at: SOURCES[at].tell(reader, each) for at, each in wanted.items()}
    return [Dated(SOURCES[at].kind, when, entries[at][key]) for _, at, key, when in shown if key in entries[at]]
