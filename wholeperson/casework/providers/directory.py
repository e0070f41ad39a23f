"""Questions about the directory that anyone may ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from wholeperson.access.models import Organisation
from wholeperson.casework.providers.models import Listing, Service, Services, Trait
from wholeperson.casework.providers.roominess import whole


@dataclass(frozen=True)
class Moment:
    """When somebody looks."""

    on: date
    at: datetime


def services(asked_for: Mapping[str, Any], when: Moment, *, everywhere: bool = False) -> Services:
    """Those that fit, as words of DirectoryForm narrow them; `everywhere` leaves county and ZIP out."""
    found: Services = Service.objects.listed()
    if word := asked_for.get("service"):
        found = found.giving(word)
    if not everywhere:
        found = found.reaching(asked_for.get("county", ""), asked_for.get("zip", ""))
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
    return found.with_room(when.at) if asked_for.get("new") else found


def listings(found: Services, when: Moment) -> QuerySet[Listing]:
    """The organizations that have one of these services, each with those of them that were found.

    Who takes new people now stands first.
    """
    here = found.filter(organisation=OuterRef("organisation"))
    theirs = Listing.objects.filter(Exists(here)).annotate(takes=Exists(here.with_room(when.at)))
    shown = whole(found, at=when.at).order_by("programme", "pk")
    return theirs.select_related("organisation").prefetch_related(
        Prefetch("organisation__services", shown)
    ).order_by("-takes", "organisation__name", "pk")  # fmt: skip


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
