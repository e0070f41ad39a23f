"""The directory as it is looked through: a page of it, and how many there are.

It is the same for everybody. So what is asked by words of ours is kept (`compiled`), with all it is narrowed to; what
somebody typed makes another question each time, and is asked as it is.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects

from wholeperson.access import brimful, compiled
from wholeperson.access.brimful import Told
from wholeperson.access.models import Person
from wholeperson.casework.providers import directory, miles, together
from wholeperson.casework.providers.directory import Moment
from wholeperson.casework.providers.models import Listing, Service

OURS = {"service", "county", "language", "who", "new"}  # each of them one word of ours
Words = tuple[tuple[str, Hashable], ...]  # what is asked for, in one order
Entry = tuple[Listing, list[Service]]


@dataclass(frozen=True)
class Listings:
    """Organizations, each with those of its services that fit, to be paged; `here` is from where somebody looks."""

    asked_for: Mapping[str, Any]
    when: Moment
    here: miles.Point | None = None

    def count(self) -> int:
        return _number("listings", self._words(), lambda: directory.listings(self._services).count())

    __len__ = count

    def by_county(self) -> dict[str, int]:
        """How many services each county has of what is asked for, wherever it is."""
        found = directory.services(self.asked_for, self.when, everywhere=True)
        return _number("counties", self._words("county"), lambda: directory.by_county(found))

    def __getitem__(self, part: slice) -> list[Entry]:
        keys = list(self._keys(part.start or 0, part.stop))
        rows: list[Listing] = compiled.found(these, self._everybody, keys=keys)
        theirs: dict[UUID, list[Service]] = {}
        for one in self._services_of([row.organisation_id for row in rows]):
            theirs.setdefault(one.organisation_id, []).append(one)
        in_order = sorted(rows, key=lambda row: keys.index(row.pk))
        return [(row, theirs[row.organisation_id]) for row in in_order if row.organisation_id in theirs]

    def _services_of(self, organisations: list[UUID]) -> list[Service]:
        """The services that fit of these, with their words and their room; where somebody looks from, their places."""
        rows: list[Service] = self._fitting(services_of, keys=organisations) if organisations else []
        if self.here:
            prefetch_related_objects(rows, "sites")
        return together.with_room(together.with_words(rows, self._everybody), self._everybody)

    def _keys(self, start: int, stop: int) -> Iterator[UUID]:
        """From `start` to `stop` of all parts; of a part that is passed over it is asked how long it is."""
        for at in range(directory.PARTS if self.here is None else 1):
            here = self._keys_of(at, start, stop) if stop > start else []
            yield from here
            passed = self._parts[at].count() if start and not here else start + len(here)
            start, stop = max(start - passed, 0), stop - passed

    def _keys_of(self, at: int, start: int, stop: int) -> list[UUID]:
        """Only the first page is kept: nobody asks for the fortieth of them again and again."""
        if start or self.here:
            return list(self._parts[at].values_list("pk", flat=True)[start:stop])
        return self._fitting(first_of, at, stop)

    def _words(self, *without: str) -> Words | None:
        """What is asked for, in one order; none where somebody typed a part of it."""
        is_ours = self.asked_for.keys() <= OURS
        return tuple(sorted(one for one in self.asked_for.items() if one[0] not in without)) if is_ours else None

    @cached_property
    def _services(self) -> Any:
        return directory.services(self.asked_for, self.when)

    @cached_property
    def _parts(self) -> list[QuerySet[Listing]]:
        return directory.parts(self._services, self.when, self.here)

    @cached_property
    def _everybody(self) -> Person:
        return compiled.everybody(self.when.on, self.when.at)

    def _fitting(self, question: Callable[..., Any], *more: int, keys: Sequence[UUID] | None = None) -> list[Any]:
        """The rows of a question of this module that fit what is asked for."""
        words = self._words()
        if words is not None:
            return compiled.found(question, self._everybody, words, *more, keys=keys)
        return list(question(self._everybody, tuple(self.asked_for.items()), *more, *([] if keys is None else [keys])))


def _number(of: str, words: Words | None, ask: Callable[[], Told]) -> Told:
    """A number that may be a minute old; what somebody typed is counted each time, and kept for nobody."""
    return ask() if words is None else brimful.of_all((of, words), ask)


# ── the questions that are kept ──


def first_of(user: Person, words: Words, at: int, stop: int) -> QuerySet[Any]:
    """The keys of the first listings of a part."""
    when = _moment(user)
    keys: QuerySet[Any] = directory.parts(directory.services(dict(words), when), when)[at].values_list("pk", flat=True)
    return keys[:stop]


def services_of(user: Person, words: Words, organisations: Sequence[UUID]) -> QuerySet[Service]:
    found = directory.services(dict(words), _moment(user)).filter(organisation__in=organisations)
    return found.order_by("programme", "pk")


def these(_user: Person, keys: Sequence[UUID]) -> QuerySet[Listing]:
    return Listing.objects.filter(pk__in=keys).select_related("organisation")


def _moment(user: Person) -> Moment:
    return Moment(user.standing.on, user.standing.moment)
