"""Questions about the directory that anyone may ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import In

from wholeperson.access.models import Organisation
from wholeperson.casework.providers import miles
from wholeperson.casework.providers.models import Listing, Service, Services, Site, Trait

PARTS = 2  # of the list by name: who takes new people, and who does not


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


def parts(found: Services, when: Moment, here: miles.Point | None = None) -> list[QuerySet[Listing]]:
    """The organizations that have one of these services, in parts one after the other; no row is in two of them.

    The nearest first, and last of whom we do not know how far; else who takes new people now stands first.
    """
    theirs = listings(found)
    taking = found.with_room(when.at).values("organisation")
    if here is None:
        by_name = theirs.order_by("organisation__name", "pk")
        return [by_name.filter(organisation__in=taking), by_name.exclude(organisation__in=taking)]
    near = theirs.annotate(takes=In(F("organisation"), taking), far=_miles(found, when, here))
    return [near.order_by(F("far").asc(nulls_last=True), "-takes", "organisation__name", "pk")]


def listings(found: Services) -> QuerySet[Listing]:
    return Listing.objects.filter(organisation__in=found.values("organisation"))


def _miles(found: Services, when: Moment, here: miles.Point) -> Subquery:
    """Of a listing: the square of the miles to the nearest place of the services that were found."""
    theirs = found.filter(organisation=OuterRef(OuterRef("organisation")))  # by itself it would be asked 5,000 times
    return Site.objects.told(when.on).filter(services__in=theirs).nearest(here)


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
