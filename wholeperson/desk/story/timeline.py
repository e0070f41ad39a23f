"""The story in order: all keys are read, so that it can be counted and turned over; only one page is put into words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from wholeperson.casework.members.models import Member
from wholeperson.desk.story.entries import Entry, Reader, moment
from wholeperson.desk.story.kinds import KINDS, SOURCES

Key = tuple[datetime, int, Any, date | datetime, Reader]


@dataclass(frozen=True)
class Dated:
    """An entry and when it was; `kind` is which part of the work it comes from, `member` whose record it stands in."""

    kind: str
    when: date | datetime
    entry: Entry
    member: Member

    @property
    def label(self) -> "str | Promise":
        return KINDS[self.kind]

    @property
    def month(self) -> date:
        day = moment(self.when)
        return date(day.year, day.month, 1)


def keys(readers: Iterable[Reader]) -> list[Key]:
    """(moment, which source, key, when, by whom read) of everything, the newest first; the same order each time."""
    found = [
        (moment(when), at, key, when, reader)
        for reader in readers for at, source in enumerate(SOURCES) for when, key in source.keys(reader) if when
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one[0], one[1], str(one[2])), reverse=True)


def counts(found: list[Key]) -> dict[str, int]:
    """How many entries of each kind there are."""
    return Counter(SOURCES[at].kind for _, at, *_ in found)


def of_kind(found: list[Key], kind: str) -> list[Key]:
    return [one for one in found if SOURCES[one[1]].kind == kind]


def told(shown: list[Key]) -> list[Dated]:
    """The entries of a page, in its order."""
    wanted: dict[tuple[Reader, int], list[Any]] = {}
    for _, at, key, _, reader in shown:
        wanted.setdefault((reader, at), []).append(key)
    entries = {(reader, at): SOURCES[at].tell(reader, each) for (reader, at), each in wanted.items()}
    return [
        Dated(SOURCES[at].kind, when, entries[reader, at][key], reader.member)
        for _, at, key, when, reader in shown if key in entries[reader, at]
    ]  # fmt: skip
