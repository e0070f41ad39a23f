"""A directory that somebody sends as HSDS becomes ours: each service whole, or set aside with the reason.

The same file again changes nothing. An organization is known again by its HSDS id, its NPI or its name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wholeperson.access import actions as access
from wholeperson.access.kinds import KINDS
from wholeperson.access.models import Identifier, Organisation
from wholeperson.casework.providers import actions, asked, offers
from wholeperson.casework.providers.actions import Said
from wholeperson.casework.providers.models import Listing, Service, Site
from wholeperson.exchange.hsds.telling import STATUSES
from wholeperson.formats.hsds.checking import mistakes
from wholeperson.record.actors import Actor, System
from wholeperson.rules.problems import Refused

READER = System("directory import", frozenset({"organisation.change", "directory.keep", "directory.contract"}))
VERBS = {("listed", "paused"): "pause", ("paused", "listed"): "resume"}


@dataclass
class Report:
    """read = kept + set aside. `aside` and `notes` are (service, problem)."""

    read: int = 0
    kept: int = 0
    aside: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class Unusable(Exception):
    """Why a service cannot be kept."""


def take_in(services: Sequence[Any], *, at: datetime, by: Actor = READER) -> Report:
    """Each service in a transaction of its own, so that one that is wrong costs no other."""
    report = Report(read=len(services))
    for place, one in enumerate(services):
        label = f"{place}: {one.get('name', '')!s:.60}" if isinstance(one, dict) else str(place)
        found = mistakes(one)
        report.notes += [(label, f"{row.path} {row.problem}") for row in found if row.is_note]
        wrong = [row for row in found if not row.is_note]
        if wrong:
            report.aside.append((label, f"{wrong[0].path}: {wrong[0].problem}; {wrong[0].do}"))
            continue
        try:
            with transaction.atomic():
                report.notes += [(label, note) for note in _keep(one, by, at)]
            report.kept += 1
        except (Unusable, Refused) as refused:
            report.aside.append((label, str(refused)))
    return report


def _keep(one: dict[str, Any], by: Actor, at: datetime) -> list[str]:
    codes = list(_codes(one))
    programme = next((code for code, _value in codes if code in offers.offered()), None)
    populations = sorted({code for code, _value in codes if code in offers.populations()})
    programme = programme or ("ecm" if populations else None)
    if programme is None:
        raise Unusable(
            "no attribute says which program this is: add one whose taxonomy term has its code, like cs.mtm_msf"
        )
    organisation = _organisation(one.get("organization") or {}, by, at)
    said = {**_said(one, programme), "populations": populations, "sites": _sites(one, organisation, by, at)}
    known = Service.objects.filter(hsds_id=one["id"]).first()
    if known and (known.organisation_id != organisation.pk or known.programme != programme):
        raise Unusable("a service with this id belongs to another organization or program here")
    service = actions.change(known, said, by=by, at=at) if known else None
    service = service or actions.offer(organisation, programme, {**said, "hsds_id": UUID(one["id"])}, by=by, at=at)
    _status(service, one["status"], by, at)
    return [*_contracts(service, codes, by, at), *_room(service, codes, by)]


def _codes(thing: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for row in thing.get("attributes") or []:
        yield str((row.get("taxonomy_term") or {}).get("code", "")), str(row.get("value", ""))


def _organisation(said: dict[str, Any], by: Actor, at: datetime) -> Organisation:
    if not said:
        raise Unusable("it names no organization: nest the organization that gives it")
    npi = next((row["identifier"] for row in said.get("organization_identifiers") or []
                if row["identifier_type"].upper() == "NPI"), "")  # fmt: skip
    listing = Listing.objects.filter(hsds_id=said["id"]).select_related("organisation").first()
    number = Identifier.objects.filter(system="npi", value=npi, until=None).select_related("organisation").first()
    found = listing.organisation if listing else number.organisation if number and npi else None
    found = found or Organisation.objects.filter(name__iexact=said["name"].strip()).first()
    if found is None:
        kind = dict(_codes(said)).get("kind", "")
        kind = kind if kind in KINDS and kind != "plan" else "community_organisation"
        found = access.add_organisation(name=said["name"].strip()[:200], kind=kind, by=READER, at=at)
        if npi:
            access.add_identifier(of=found, system="npi", value=npi, by=READER, at=at)
    about = {"about": said["description"], "other_name": said.get("alternate_name", "")[:200]}
    about["website"] = said.get("website", "")[:200]
    about |= {} if Listing.objects.filter(organisation=found).exists() else {"hsds_id": UUID(said["id"])}
    actions.list_organisation(found, about, by=by, at=at)
    return found


def _said(one: dict[str, Any], programme: str) -> dict[str, Any]:
    with_name = one["name"] if one["name"] != asked.name(programme) else ""
    areas = [(row.get("extent_type"), row.get("extent", "")) for row in one.get("service_areas") or []]
    most = dict(_codes(one)).get("most", "")
    confirmed = _moment(one.get("last_modified", "")) or _moment(one.get("assured_date", ""))
    return {
        **({"confirmed_at": confirmed} if confirmed else {}),
        "name": with_name[:200], "about": one.get("description", ""), "website": one.get("url", "")[:200],
        "email": one.get("email", "")[:254], "licence": one.get("licenses", "")[:120],
        "youngest": one.get("minimum_age"), "oldest": one.get("maximum_age"), "phone": _number(one),
        "most": int(most) if most.isdecimal() else None,
        "counties": [value for kind, value in areas if kind == "county" and value in asked.policy().counties],
        "zips": [value for kind, value in areas if kind == "zip" and len(value) == 5 and value.isdecimal()],
        "languages": [row["code"] for row in one.get("languages") or [] if row.get("code") in asked.LANGUAGES],
    }  # fmt: skip


def _number(thing: dict[str, Any]) -> str:
    return next((str(row["number"])[:40] for row in thing.get("phones") or []), "")


def _sites(one: dict[str, Any], organisation: Organisation, by: Actor, at: datetime) -> list[Site]:
    places = [row["location"] for row in one.get("service_at_locations") or [] if row.get("location")]
    return [_site(place, organisation, by, at) for place in places]


def _site(place: dict[str, Any], organisation: Organisation, by: Actor, at: datetime) -> Site:
    codes = dict(_codes(place))
    address: dict[str, Any] = next(iter(place.get("addresses") or []), {})
    county = codes.get("county", "")
    if county not in asked.policy().counties:
        county = next((id for id, row in asked.policy().counties.items() if row["name"] == address.get("region")), "")
    known = Site.objects.filter(hsds_id=place["id"]).first()
    if known and known.organisation_id != organisation.pk:
        raise Unusable("a place with this id belongs to another organization here")
    said = {
        "hsds_id": UUID(place["id"]), "name": (place.get("name") or address.get("city") or organisation.name)[:200],
        "street": address.get("address_1", "")[:200], "city": address.get("city", "")[:80],
        "zip": str(address.get("postal_code", ""))[:5], "county": county, "phone": _number(place),
        "is_hidden": "address.hidden" in codes, "hours": _hours(place),
        "accessibility": [row["details"] for row in place.get("accessibility") or []
                          if row.get("details") in offers.ACCESSIBLE],
    }  # fmt: skip
    if known and known.is_hidden:  # what was told of it outside is less than we know
        said = {name: value for name, value in said.items() if name not in ("name", "street", "city", "zip")}
    return actions.keep_site(known, said, organisation=organisation, by=by, at=at)


def _hours(place: dict[str, Any]) -> dict[str, list[str]]:
    return {
        day: [row["opens_at"], row["closes_at"]]
        for row in place.get("schedules") or []
        for day in row.get("byday", "").split(",")
        if day in offers.DAYS and row.get("opens_at") and row.get("closes_at")
    }


def _status(service: Service, said: str, by: Actor, at: datetime) -> None:
    wanted = next((ours for ours, theirs in STATUSES.items() if theirs == said), "paused")  # inactive: it may come back
    verb = "end" if wanted == "ended" and service.status != "ended" else VERBS.get((service.status, wanted))
    if verb:
        actions.move(service, verb, by=by, at=at)


def _contracts(service: Service, codes: list[tuple[str, str]], by: Actor, at: datetime) -> Iterator[str]:
    """A plan, since when, until when. A plan that is not here is only named."""
    for value in [value for code, value in codes if code == "plan"]:
        name, since, until = (*(part.strip() for part in value.split(";")), "", "")[:3]
        plan = Organisation.objects.filter(name=name, kind="plan").first()
        if plan is None or not since:
            yield f"the contract with {name:.60} was left out: there is no such plan here, or no day"
            continue
        actions.contract(service, plan, since=_day(since), until=_day(until) if until else None, by=by, at=at)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Unusable(f"{text[:20]!r} is no day: write it like 2026-11-21") from wrong


def _room(service: Service, codes: list[tuple[str, str]], by: Actor) -> Iterator[str]:
    """A number, for whom, as of when. What was said here later stays."""
    for code, value in codes:
        kind = code.removeprefix("room.")
        if not code.startswith("room.") or kind not in offers.KINDS:
            continue
        number, who, as_of = (*(part.strip() for part in value.split(";")), "", "")[:3]
        moment = _moment(as_of)
        words = who.split() or ["anyone"]
        if not number.isdecimal() or words[0] not in offers.WHO or moment is None:
            yield f"the number of {kind} was left out: write it like 3; anyone; 2026-11-21T09:00:00+00:00"
            continue
        said = Said(kind, int(number), words[0], "accessible" in words)
        later = service.capacities.filter(kind=kind, who=said.who, accessible=said.accessible, as_of__gte=moment)
        if not later.exists():
            actions.say_room(service, [said], by=by, at=moment)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
