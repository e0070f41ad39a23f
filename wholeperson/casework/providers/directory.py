"""Questions about the directory that anyone may ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

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
    if plan := Organisation.objects.filter(public_id=asked_for.get("plan", ""), kind="plan").first():
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


def listings(found: Services, when: Moment, here: miles.Point | None = None) -> QuerySet[Listing]:
    """The organizations that have one of these services, each with those of them that were found.

    The nearest first, and last of whom we do not know how far; else who takes new people now stands first.
    """
    given = found.filter(organisation=OuterRef("organisation"))
    theirs = Listing.objects.filter(Exists(given)).annotate(takes=Exists(given.with_room(when.at)))
    shown = in_short(found, at=when.at).order_by("programme", "pk")
    shown = shown if here is None else shown.prefetch_related("sites")
    each = Prefetch("organisation__services", shown, to_attr="found")
    rows = theirs.select_related("organisation").prefetch_related(each)
    if here is None:
        return rows.order_by("-takes", "organisation__name", "pk")
    theirs_too = found.filter(
        organisation=OuterRef(OuterRef("organisation"))
    )  # by itself it would be asked 5,000 times
    places = Site.objects.told(when.on).filter(services__in=theirs_too)
    return rows.annotate(far=places.nearest(here)).order_by(
        F("far").asc(nulls_last=True), "-takes", "organisation__name", "pk"
    )


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
