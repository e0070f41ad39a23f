"""Services with what belongs to them. It is the same for everybody, so each of these questions is kept (`compiled`)."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wholeperson.access import compiled
from wholeperson.access.models import Person
from wholeperson.casework.providers.models import Capacity, Contract, Service, Trait
from wholeperson.casework.providers.roominess import Said, capacities


def with_words(rows: list[Service], everybody: Person) -> list[Service]:
    """As after `prefetch_related("traits")`."""
    return _beside(rows, "traits", Trait, compiled.found(traits_of, everybody, keys=_keys(rows)))


def with_room(rows: list[Service], everybody: Person) -> list[Service]:
    """With what was said of their room, and what is held of it."""
    return _beside(rows, "capacities", Capacity, compiled.found(room_of, everybody, keys=_keys(rows)))


def with_contracts(rows: list[Service], everybody: Person) -> list[Service]:
    return _beside(rows, "contracts", Contract, compiled.found(contracts_of, everybody, keys=_keys(rows)))


def in_full(keys: Sequence[UUID], everybody: Person) -> list[Service]:
    """These services with their words and their contracts, each with its organization."""
    rows: list[Service] = compiled.found(these, everybody, keys=keys)
    return with_contracts(with_words(rows, everybody), everybody)


def said_of(keys: Sequence[UUID], everybody: Person) -> dict[UUID, list[Said]]:
    """What was said of the room of each of these, no more of it than what puts them in order."""
    found: dict[UUID, list[Said]] = {}
    for key, *said in compiled.found(said_in_short, everybody, keys=keys):
        found.setdefault(key, []).append(Said(*said))
    return found


def _keys(rows: Iterable[Service]) -> list[UUID]:
    return [row.pk for row in rows]


def _beside(rows: list[Service], name: str, kind: type[Any], read: Iterable[Any]) -> list[Service]:
    """What was read of each of these rows, where `prefetch_related` would have left it."""
    theirs: dict[UUID, list[Any]] = {}
    for one in read:
        theirs.setdefault(one.service_id, []).append(one)
    for row in rows:
        left: Any = QuerySet(kind)
        left._result_cache = theirs.get(row.pk, [])
        vars(row).setdefault("_prefetched_objects_cache", {})[name] = left
    return rows


# ── the questions ──


def these(_user: Person, keys: Sequence[UUID]) -> QuerySet[Service]:
    return Service.objects.filter(pk__in=keys).select_related("organisation")


def traits_of(_user: Person, services: Sequence[UUID]) -> QuerySet[Trait]:
    return Trait.objects.filter(service__in=services)


def contracts_of(_user: Person, services: Sequence[UUID]) -> QuerySet[Contract]:
    return Contract.objects.filter(service__in=services)


def room_of(user: Person, services: Sequence[UUID]) -> QuerySet[Capacity]:
    return capacities(user.standing.moment).filter(service__in=services)


def said_in_short(user: Person, services: Sequence[UUID]) -> QuerySet[Any]:
    return room_of(user, services).values_list("service", *Said._fields)
