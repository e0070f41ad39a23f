"""A service of ours as HSDS tells it. Who speaks to whom inside, what is held, and where a refuge lies stay here.

What HSDS has no field for stands in attributes with terms of our own: programs, populations, kinds of room, plans.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from django.utils import translation

from wholeperson.casework.providers import asked, offers
from wholeperson.casework.providers.models import Listing, Service, Site
from wholeperson.casework.providers.shown import county_name

SPACE = UUID("5b2f5cde-7b0f-5d53-9f4e-6b3a1d9a7c11")  # of the terms below; never changes
TAXONOMY = {
    "id": str(uuid5(SPACE, "taxonomy")), "name": "Whole Person",
    "description": "Medi-Cal programs, populations of focus, kinds of room, plans, and what HSDS has no field for.",
}  # fmt: skip
STATUSES = {"listed": "active", "paused": "temporarily closed", "ended": "defunct"}
DISCLAIMER = (
    "Must be authorized by the member's health plan first; there are rules on who may have it. "
    "Being listed promises nothing."
)
OTHER_TERMS = {
    "plan": "A health plan that pays for it, from a day and until a day",
    "county": "The county of a place",
    "address.hidden": "The address is kept secret so that people are safe",
    "kind": "The kind of organization",
    "most": "How many people at once, by license or contract",
    **{f"room.{kind}": f"Room: {kind}, with for whom and as of when" for kind in offers.KINDS},
}


def terms() -> list[dict[str, Any]]:
    """Every term of ours, in English."""
    with translation.override("en"):
        programmes = {"ecm": asked.name("ecm"), **{one.id: asked.name(one.id) for one in asked.programmes()}}
    return [term(code, name) for code, name in {**programmes, **OTHER_TERMS}.items()]


def term(code: str, name: str) -> dict[str, Any]:
    return {
        "id": str(uuid5(SPACE, code)), "code": code, "name": name, "description": name, "taxonomy": TAXONOMY["name"],
        "taxonomy_detail": TAXONOMY,
    }  # fmt: skip


def service(one: Service) -> dict[str, Any]:
    """All of it, nested. `one` was read with `roominess.whole` and its organization's listing and identifiers."""
    with translation.override("en"):
        return _full({
            "id": str(one.hsds_id), "name": one.name or asked.name(one.programme), "status": STATUSES[one.status],
            "description": one.about, "url": one.website, "email": one.email, "licenses": one.licence,
            "minimum_age": one.youngest, "maximum_age": one.oldest, "assured_date": one.confirmed_at.date().isoformat(),
            "last_modified": one.confirmed_at.isoformat(), "eligibility_description": DISCLAIMER,
            "phones": _phone(one.hsds_id, one.phone), "languages": list(_languages(one)),
            "service_areas": list(_areas(one)), "organization": organization(one.organisation.listing),
            "service_at_locations": [service_at_location(one, site) for site in one.sites.all()],
            "attributes": list(_attributes(one)),
        })  # fmt: skip


def organization(listing: Listing) -> dict[str, Any]:
    owner = listing.organisation
    npis = [row.value for row in owner.identifiers.all() if row.system == "npi" and row.until is None]
    return _full({
        "id": str(listing.hsds_id), "name": owner.name, "alternate_name": listing.other_name,
        "description": listing.about or owner.name, "website": listing.website,
        "organization_identifiers": [
            {"id": str(uuid5(listing.hsds_id, f"npi {npi}")), "identifier_type": "NPI", "identifier": npi}
            for npi in npis
        ],
        "attributes": [_attribute(listing.hsds_id, "kind", owner.kind)],
    })  # fmt: skip


def service_at_location(one: Service, site: Site) -> dict[str, Any]:
    return {"id": at_location_id(one.hsds_id, site.hsds_id), "location": location(site)}


def at_location_id(service: UUID, site: UUID) -> str:
    return str(uuid5(service, str(site)))


def location(site: Site) -> dict[str, Any]:
    """Of a hidden one its county alone."""
    hidden = [_attribute(site.hsds_id, "address.hidden", "yes")] if site.is_hidden else []
    return _full({
        "id": str(site.hsds_id), "location_type": "physical", "name": "" if site.is_hidden else site.name,
        "addresses": [] if site.is_hidden else list(_address(site)), "phones": _phone(site.hsds_id, site.phone),
        "schedules": list(_schedules(site)),
        "accessibility": [
            {"id": str(uuid5(site.hsds_id, word)), "description": str(name), "details": word}
            for word, name in offers.ACCESSIBLE.items() if word in site.accessibility
        ],
        "attributes": [_attribute(site.hsds_id, "county", site.county), *hidden],
    })  # fmt: skip


def _address(site: Site) -> Iterator[dict[str, Any]]:
    """HSDS wants all of an address or none."""
    if site.street and site.city and site.zip:
        yield {
            "id": str(uuid5(site.hsds_id, "address")), "address_1": site.street, "city": site.city,
            "region": county_name(site.county), "state_province": "CA", "postal_code": site.zip, "country": "US",
            "address_type": "physical",
        }  # fmt: skip


def _schedules(site: Site) -> Iterator[dict[str, Any]]:
    """One for each pair of hours, with its days."""
    days: dict[tuple[str, str], list[str]] = defaultdict(list)
    for day in offers.DAYS:
        hours: list[str] = site.hours.get(day) or []
        if len(hours) == 2:
            days[hours[0], hours[1]].append(day)
    for (opens, closes), same in days.items():
        yield {
            "id": str(uuid5(site.hsds_id, f"{opens} {closes}")), "freq": "WEEKLY", "byday": ",".join(same),
            "opens_at": opens, "closes_at": closes,
        }  # fmt: skip


def _phone(of: UUID, number: str) -> list[dict[str, Any]]:
    return [{"id": str(uuid5(of, "phone")), "number": number, "type": "voice"}] if number else []


def _languages(one: Service) -> Iterator[dict[str, Any]]:
    for word in one.said("language"):
        yield {
            "id": str(uuid5(one.hsds_id, f"language {word}")),
            "name": str(asked.LANGUAGES.get(word, word)),
            "code": word,
        }


def _areas(one: Service) -> Iterator[dict[str, Any]]:
    for kind, name in (("county", county_name), ("zip", str)):
        for value in one.said(kind):
            key = str(uuid5(one.hsds_id, f"{kind} {value}"))
            yield {"id": key, "name": name(value), "extent": value, "extent_type": kind}


def _attributes(one: Service) -> Iterator[dict[str, Any]]:
    yield _attribute(one.hsds_id, one.programme, asked.name(one.programme))
    for population in one.said("population"):
        yield _attribute(one.hsds_id, population, asked.name(population))
    if one.most is not None:
        yield _attribute(one.hsds_id, "most", str(one.most))
    for row in sorted(one.contracts.all(), key=lambda row: (row.since, row.public_id)):
        yield _attribute(one.hsds_id, "plan", f"{row.plan.name}; {row.since}; {row.until or ''}".rstrip("; "))
    for said in one.capacities.all():
        who = f"{said.who}{' accessible' if said.accessible else ''}"
        yield _attribute(one.hsds_id, f"room.{said.kind}", f"{said.number}; {who}; {said.as_of.isoformat()}")


def _attribute(of: UUID, code: str, value: str) -> dict[str, Any]:
    name = OTHER_TERMS.get(code) or asked.name(code)
    return {"id": str(uuid5(of, f"{code} {value}")), "value": value, "taxonomy_term": term(code, name)}


def _full(thing: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty; but for what the specification wants."""
    return {name: value for name, value in thing.items() if value not in (None, "", [])}
