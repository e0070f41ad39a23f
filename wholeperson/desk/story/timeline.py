"""The story in order: all keys are read, so that it can be counted and turned over; only one page is put into words."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Value
from django.utils.functional import Promise

from wholeperson.casework.members.models import Member
from wholeperson.desk.story.entries import Entry, Reader, Rows, Source, moment
from wholeperson.desk.story.kinds import KINDS, SOURCES

Key = tuple[datetime, int, Any, date | datetime, Reader]
Place = tuple[int, date | datetime, Any]  # which source, when, key


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
        for reader in readers
        for at, when, key in itertools.chain(_asked_alone(reader), _asked_at_once(reader))
        if when
    ]
    return sorted(found, key=lambda one: (one[0], one[1], str(one[2])), reverse=True)


def _asked_alone(reader: Reader) -> Iterator[Place]:
    for at, source in enumerate(SOURCES):
        if isinstance(source, Source):
            yield from ((at, when, key) for when, key in source.keys(reader))


def _asked_at_once(reader: Reader) -> Iterator[Place]:
    """Of all rows: one query for those told by the day, and one for those told by the moment."""
    asked: dict[type, list[QuerySet[Any, Place]]] = {}
    for at, source in enumerate(SOURCES):
        if isinstance(source, Rows):
            found = source.found(reader).order_by()
            told = found.annotate(of_source=Value(at)).values_list("of_source", source.when, "pk")
            asked.setdefault(type(found.model._meta.get_field(source.when)), []).append(told)
    for first, *others in asked.values():
        yield from first.union(*others, all=True)


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
