"""Questions about the directory that anyone may ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.lookups import In

from wholeperson.access.models import Organisation
from wholeperson.casework.providers import miles
from wholeperson.casework.providers.models import Listing, Service, Services, Site, Trait
from wholeperson.casework.providers.roominess import in_short


@dataclass(frozen=True)
class Moment:
    """When somebody looks."""

    on: date
    at: datetime


def services(asked_for: Mapping[str, Any], when: Moment, *, everywhere: bool = False) -> Services:
    """Those that fit, as words of DirectoryForm narrow them; `everywhere` leaves county, ZIP and miles out."""
    found: Services = Service.objects.listed()
    if word := asked_for.get("service"):
        found = found.giving(word)
    if not everywhere:
        found = _here(found, asked_for, when)
    found = _for(found, asked_for, when)
    if word := asked_for.get("language"):
        found = found.having("language", word)
    word = asked_for.get("plan")
    if plan := Organisation.objects.filter(public_id=word, kind="plan").first() if word else None:
        found = found.under(plan, when.on)
    if text := " ".join(asked_for.get("text", "").split()):
        found = found.filter(
            Q(organisation__name__icontains=text)
            | Q(organisation__listing__other_name__icontains=text)
            | Q(name__icontains=text)
        )
    return found.with_room(when.at, asked_for.get("who", "")) if asked_for.get("new") else found


def _here(found: Services, asked_for: Mapping[str, Any], when: Moment) -> Services:
    found = found.reaching(asked_for.get("county", ""), asked_for.get("zip", ""))
    here = miles.where(asked_for.get("zip", ""))
    return found.within(here, int(asked_for["within"]), when.on) if here and asked_for.get("within") else found


def _for(found: Services, asked_for: Mapping[str, Any], when: Moment) -> Services:
    """For these people, in a building they can use."""
    if (age := asked_for.get("age")) is not None:
        found = found.for_age(age)
    if who := asked_for.get("who"):
        found = found.taking(who)
    for word in asked_for.get("accessible", ()):
        found = found.usable(word, when.on)
    return found


def listings(found: Services, when: Moment, here: miles.Point | None = None) -> "Listings":
    """The organizations that have one of these services, each with those of them that were found.

    The nearest first, and last of whom we do not know how far; else who takes new people now stands first.
    """
    theirs = Listing.objects.filter(organisation__in=found.values("organisation"))
    taking = found.with_room(when.at).values("organisation")
    if here is None:
        by_name = theirs.order_by("organisation__name", "pk")
        parts = [by_name.filter(organisation__in=taking), by_name.exclude(organisation__in=taking)]
    else:
        near = theirs.annotate(takes=In(F("organisation"), taking), far=_miles(found, when, here))
        parts = [near.order_by(F("far").asc(nulls_last=True), "-takes", "organisation__name", "pk")]
    shown = in_short(found, at=when.at).order_by("programme", "pk")
    return Listings(theirs, parts, shown if here is None else shown.prefetch_related("sites"))


def _miles(found: Services, when: Moment, here: miles.Point) -> Subquery:
    """Of a listing: the square of the miles to the nearest place of the services that were found."""
    theirs = found.filter(organisation=OuterRef(OuterRef("organisation")))  # by itself it would be asked 5,000 times
    return Site.objects.told(when.on).filter(services__in=theirs).nearest(here)


@dataclass(frozen=True)
class Listings:
    """A list to be paged: parts one after the other, each in an order that an index has, read no further than shown."""

    rows: QuerySet[Listing]
    parts: list[QuerySet[Listing]]
    services: Services

    def count(self) -> int:
        return self.rows.count()

    __len__ = count

    def __getitem__(self, part: slice) -> list[Listing]:
        keys = list(self._keys(part.start or 0, part.stop))
        each = Prefetch("organisation__services", self.services, to_attr="found")
        read = Listing.objects.filter(pk__in=keys).select_related("organisation").prefetch_related(each)
        return sorted(read, key=lambda row: keys.index(row.pk))

    def _keys(self, start: int, stop: int) -> Iterator[UUID]:
        """From `start` to `stop` of all parts; of a part that is passed over it is asked how long it is."""
        for part in self.parts:
            here = list(part.values_list("pk", flat=True)[start:stop]) if stop > start else []
            yield from here
            passed = part.count() if start and not here else start + len(here)
            start, stop = max(start - passed, 0), stop - passed


def found_of(listing: Listing) -> list[Service]:
    """The services of one of these that were found."""
    found: list[Service] = getattr(listing.organisation, "found", [])
    return found


def by_county(found: Services) -> dict[str, int]:
    """How many of these services each county has."""
    rows = Trait.objects.filter(kind="county", service__in=found).values_list("value").annotate(number=Count("pk"))
    return dict(rows.order_by("value"))


def listing_of(public_id: str) -> tuple[Listing | None, str]:
    """The entry that an address names: by the organization, or by one of its services (which is then the second)."""
    found = Listing.objects.select_related("organisation")
    if public_id.startswith("svc-"):
        one = found.filter(organisation__services__public_id=public_id, organisation__services__status="listed").first()
        return one, public_id
    has = Service.objects.listed().filter(organisation=OuterRef("organisation"))
    return found.filter(Exists(has), organisation__public_id=public_id).first(), ""
