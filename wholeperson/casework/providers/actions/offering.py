"""Keeping the directory: what an organization offers and where, with which plans; each by whoever keeps it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.providers import miles
from wholeperson.casework.providers.links import RoomHolder
from wholeperson.casework.providers.models import Application, Contract, Listing, Service, Site, Trait
from wholeperson.casework.providers.models.offering import ECM
from wholeperson.record import refusals, steps, trail
from wholeperson.record.actors import Actor
from wholeperson.rules.problems import Problem, Refused, Where

KEEP, CONTRACT, ROOM = "directory.keep", "directory.contract", "directory.room"
SETS = {"counties": "county", "zips": "zip", "languages": "language", "populations": "population"}
ABOUT_LISTING = ("other_name", "about", "website")


@transaction.atomic
def list_organisation(organisation: Organisation, said: Mapping[str, Any], *, by: Actor, at: datetime) -> Listing:
    """What the directory says of the organization itself; made where there is nothing yet."""
    require_keeper(by, organisation.pk)
    row = Listing.objects.filter(organisation=organisation).first() or Listing(organisation=organisation)
    for field in (*ABOUT_LISTING, "hsds_id"):
        if field in said:
            setattr(row, field, said[field])
    row.changed_at = at
    row.save()
    trail.wrote(row, "directory.list", by=by, at=at)
    return row


@transaction.atomic
def keep_site(
    site: Site | None, said: Mapping[str, Any], *, organisation: Organisation, by: Actor, at: datetime
) -> Site:
    """A new place, or one that changed. `said` has fields of Site."""
    require_keeper(by, organisation.pk)
    row = site or Site(organisation=organisation)
    for field, value in said.items():
        setattr(row, field, value)
    point = None if row.is_hidden else miles.where(row.zip)
    row.latitude, row.longitude = point or (None, None)
    row.save()
    trail.wrote(row, "directory.site", by=by, at=at)
    return row


@transaction.atomic
def offer(organisation: Organisation, programme: str, said: Mapping[str, Any], *, by: Actor, at: datetime) -> Service:
    """A new service. `said` has fields of Service, and the sets: counties zips languages populations sites."""
    require_keeper(by, organisation.pk)
    if not Listing.objects.filter(organisation=organisation).exists():
        list_organisation(organisation, {}, by=by, at=at)
    row = Service(organisation=organisation, programme=programme, confirmed_at=at)
    _fill(row, said)
    steps.begin(row, by=by, at=at)
    _sets(row, said)
    _touched(row, at)
    return row


@transaction.atomic
def change(service: Service, said: Mapping[str, Any], *, by: Actor, at: datetime) -> Service:
    """Say it all anew: what is told is kept, and when it was confirmed: now, unless that is told too."""
    require_keeper(by, service.organisation_id, service)
    service.confirmed_at = at
    _fill(service, said)
    service.save()
    _sets(service, said)
    _touched(service, at)
    trail.wrote(service, "directory.change", by=by, at=at)
    return service


@transaction.atomic
def move(service: Service, verb: str, *, by: Actor, at: datetime, key: str = "") -> Service:
    """Pause it, take it up again, or end it."""
    require_keeper(by, service.organisation_id, service)
    steps.take(service, verb, by=by, at=at, key=key or None)
    _touched(service, at)
    return service


@transaction.atomic
def contract(
    service: Service, plan: Organisation, *, since: date, until: date | None = None, by: Actor, at: datetime
) -> Contract:
    """A plan pays for it. The same day again is the same contract; another end changes it."""
    if not _acts_for(by, plan.pk, CONTRACT):
        raise refusals.not_allowed(by.label, CONTRACT)
    row = Contract.objects.filter(service=service, plan=plan, since=since).first()
    row = row or Contract.objects.filter(service=service, plan=plan, until=None).first()
    row = row or Contract(service=service, plan=plan, since=since)
    if until is not None and until < row.since:
        raise Refused(_ends_early(row.since))
    row.until = until
    row.save()
    trail.wrote(row, "directory.contract", by=by, at=at)
    return row


@transaction.atomic
def join(application: Application, organisation: Organisation, *, by: Actor, at: datetime) -> list[Service]:
    """What a listed application said becomes the organization's services, under contract with that plan.

    All its populations of focus are one service. What the organization offers already gains the plan and the counties.
    """
    rows = {row.programme: row.capacity for row in application.services.all()}
    populations = [one for one in rows if one.startswith("pof_")]
    programmes = [*([ECM] if populations else []), *(one for one in rows if not one.startswith("pof_"))]
    made = []
    for programme in programmes:
        known = Service.objects.filter(organisation=organisation, programme=programme).exclude(status="ended").first()
        service = known or _from(application, organisation, programme, rows, by, at)
        _add(service, "county", application.counties.values_list("county", flat=True))
        _add(service, "language", application.languages)
        _add(service, "population", populations if programme == ECM else ())
        if application.contract_from:
            _joined_plan(service, application.plan, application.contract_from, by, at)
        _touched(service, at)
        made.append(service)
    return made


def _from(
    application: Application, organisation: Organisation, programme: str, rows: Mapping[str, int | None], by: Actor,
    at: datetime,
) -> Service:  # fmt: skip
    said = [rows[one] for one in rows if one == programme or (programme == ECM and one.startswith("pof_"))]
    most = max((number for number in said if number is not None), default=None)
    return offer(organisation, programme, {"most": most, "keeper_email": application.contact_email}, by=by, at=at)


def _joined_plan(service: Service, plan: Organisation, since: date, by: Actor, at: datetime) -> None:
    if not Contract.objects.filter(service=service, plan=plan, until=None).exists():
        row = Contract(service=service, plan=plan, since=since)
        row.save(force_insert=True)
        trail.wrote(row, "directory.contract", by=by, at=at)


def _touched(service: Service, at: datetime) -> None:
    """What finds the organization has to look at it anew."""
    Listing.objects.filter(organisation=service.organisation_id).update(changed_at=at)


def _fill(row: Service, said: Mapping[str, Any]) -> None:
    fields = {field.name for field in Service._meta.concrete_fields}
    for name, value in said.items():
        if name in fields:
            setattr(row, name, value)


def _sets(row: Service, said: Mapping[str, Any]) -> None:
    for name, kind in SETS.items():
        if name in said:
            wanted = set(said[name])
            row.traits.filter(kind=kind).exclude(value__in=wanted).delete()
            _add(row, kind, wanted)
    if "sites" in said:
        row.sites.set(said["sites"])


def _add(row: Service, kind: str, values: Iterable[str]) -> None:
    known = set(row.traits.filter(kind=kind).values_list("value", flat=True))
    new = sorted(set(values) - known)
    Trait.objects.bulk_create([Trait(service=row, kind=kind, value=value) for value in new])


def require_keeper(by: Actor, organisation: UUID, service: Service | None = None) -> None:
    """Whoever keeps that organization, or a plan that has this service (or any of its services) under contract."""
    if _acts_for(by, organisation, KEEP):
        return
    if isinstance(by, RoomHolder) and service is not None and by.service.pk == service.pk and by.may(ROOM):
        return
    if isinstance(by, Person) and by.may(CONTRACT):
        kept = Service.objects.for_user(by, on=by.standing.on)
        if (kept.filter(pk=service.pk) if service else kept.filter(organisation=organisation)).exists():
            return
    raise refusals.not_allowed(by.label, KEEP)


def _acts_for(by: Actor, organisation: UUID, word: str) -> bool:
    if isinstance(by, Person):
        return by.standing.reaches(organisation, word)
    return by.may(word)


def _ends_early(since: date) -> Problem:
    return Problem(
        "ends_early", "this contract would end before it began", f"it began on {since}",
        "give a later day", Where(path="until"), (f"{since} or later",),
    )  # fmt: skip
