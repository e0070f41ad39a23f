"""The directory in the words of HSDS: valid by its own schemas, and whole when it comes back."""

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.casework.providers.streets import KEEPER, service
from tests.people import MAKER, NOW, World
from wholeperson.access import actions as access
from wholeperson.casework.providers import actions
from wholeperson.casework.providers.actions import Said
from wholeperson.casework.providers.models import Capacity, Contract, Listing, Service, Site, Trait
from wholeperson.exchange.hsds import every_service
from wholeperson.exchange.hsds.taking_in import take_in
from wholeperson.formats.hsds import tabular, whole

VARIABLE = "WHOLEPERSON_HSDS"
ABSENT = f"{VARIABLE} names no folder with the schemas of HSDS 3.0, so that the directory validates is not proved"

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(world: World) -> World:
    """Three services: one with all there is to tell, one of a refuge, one that is paused."""
    plan = world.organisation("Contra Costa Health Plan", "plan")
    whole_one = service(
        world, "Harbor", plan=plan, free=2, zip="94553", languages=["en", "es"], zips=["94553"], youngest=18, oldest=64,
        most=9, about="Beds", licence="HC 1", phone="925-555-0100", email="in@harbor.example",
        keeper_email="x@y.example",
    )  # fmt: skip
    access.add_identifier(of=whole_one.organisation, system="npi", value="1234567893", by=MAKER, at=NOW)
    site = whole_one.sites.get()
    said = {"hours": {"MO": ["09:00", "17:00"], "TU": ["09:00", "17:00"]}, "accessibility": ["wheelchair"]}
    actions.keep_site(site, said, organisation=whole_one.organisation, by=KEEPER, at=NOW)
    actions.say_room(whole_one, [Said("beds", 1, "women", accessible=True)], by=KEEPER, at=NOW)
    refuge = service(world, "Refuge", "ecm", populations=["pof_1a_homeless_adult"], zip="94601")
    actions.keep_site(refuge.sites.get(), {"is_hidden": True}, organisation=refuge.organisation, by=KEEPER, at=NOW)
    actions.move(service(world, "Asleep", "cs.mtm_msf"), "pause", by=KEEPER, at=NOW)
    return world


def validators() -> dict[str, Draft202012Validator]:
    folder = os.environ.get(VARIABLE, "")
    files = sorted(Path(folder).glob("*.json")) if folder else []
    if not files:
        pytest.skip(ABSENT)
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in files}
    known = Registry().with_resources(
        (name, Resource.from_contents(one, default_specification=DRAFT202012)) for name, one in schemas.items()
    )
    return {
        name: Draft202012Validator(one, registry=known, format_checker=FormatChecker()) for name, one in schemas.items()
    }


def test_it_validates(directory: World, client: Client) -> None:
    schemas = validators()
    for one in every_service(at=NOW):
        assert [error.message for error in schemas["service.json"].iter_errors(one)] == []
        assert [error.message for error in schemas["organization.json"].iter_errors(one["organization"])] == []
    for room, schema in [
        ("services", "service"), ("organizations", "organization"), ("taxonomy_terms", "taxonomy_term"),
        ("taxonomies", "taxonomy"), ("service_at_locations", "service_at_location"),
    ]:  # fmt: skip
        page = client.get(f"/hsds/v3/{room}").json()
        assert page["contents"]
        one = client.get(f"/hsds/v3/{room}/{page['contents'][0]['id']}").json()
        assert one == page["contents"][0]
        assert [error.message for error in schemas[f"{schema}.json"].iter_errors(one)] == []


@pytest.mark.parametrize("way", [whole, tabular], ids=["json", "tables"])
def test_it_comes_back_whole(directory: World, way: Any) -> None:
    """Out of one database, into one that knows only the plan; told again it is the same to the letter."""
    sent = way.write(every_service(at=NOW))
    _forget()
    for again in range(2):
        report = take_in(way.read(sent), at=NOW)
        assert (report.read, report.kept, report.aside, report.notes) == (3, 3, [], []), again
    assert way.write(every_service(at=NOW)) == sent


def _forget() -> None:
    for model in (Contract, Capacity, Trait, Service.sites.through, Service, Site, Listing):
        model._default_manager.all().delete()


def test_what_is_wrong_is_set_aside_and_costs_no_other(directory: World) -> None:
    sent = every_service(at=NOW)
    wrong = copy.deepcopy(sent)
    wrong[0]["status"] = "open"
    wrong[1]["attributes"] = []
    wrong[2]["rating"] = 5
    _forget()
    report = take_in([*wrong, 7], at=NOW)
    assert (report.read, report.kept) == (4, 1)
    assert [problem.split(";")[0].split(":")[0] for _service, problem in report.aside] == [
        "service/status", "no attribute says which program this is", "service",
    ]  # fmt: skip
    assert report.notes == [("2: " + wrong[2]["name"], "service/rating this field is not known")]


def test_nothing_of_a_refuge_or_a_keeper_goes_out(directory: World, client: Client) -> None:
    told = b"".join(
        client.get(f"/hsds/v3/{room}").content for room in ("services", "organizations", "service_at_locations")
    )
    for word in (b"keeper", b"x@y.example", b"94601", b"Refuge house", b"Asleep"):
        assert word not in told


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Harbor", "Refuge"]),
        ("?search=harb", ["Harbor"]),
        ("?modified_after=2026-11-30", []),
        ("?per_page=1&page=2", ["Refuge"]),
        ("?page=99", []),
        ("?organization_id=00000000-0000-0000-0000-000000000000", []),
    ],
)
def test_a_list_is_narrowed(directory: World, client: Client, asked: str, names: list[str]) -> None:
    page = client.get(f"/hsds/v3/services{asked}").json()
    assert [one["organization"]["name"] for one in page["contents"]] == names


@pytest.mark.parametrize(
    "asked", ["page=0", "per_page=101", "modified_after=x", "organization_id=1", "taxonomy_term_id=1"]
)
def test_what_makes_no_sense_is_no_answer_to_another_question(directory: World, client: Client, asked: str) -> None:
    assert client.get(f"/hsds/v3/services?{asked}").status_code == 400


@pytest.mark.parametrize("room", ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"])
def test_an_id_that_is_none_is_answered_in_json(directory: World, client: Client, room: str) -> None:
    for id in ("nope", "00000000-0000-0000-0000-000000000000"):
        answer = client.get(f"/hsds/v3/{room}/{id}")
        assert answer.status_code == 404
        assert answer.json() == {"error": "nothing here has this id, or it is no longer listed", "see": "/hsds/v3/"}


def test_by_program_and_by_postcode(directory: World, client: Client) -> None:
    term = next(
        one["id"]
        for one in client.get("/hsds/v3/taxonomy_terms?per_page=100").json()["contents"]
        if one["code"] == "ecm"
    )
    page = client.get(f"/hsds/v3/services?taxonomy_term_id={term}").json()
    assert [one["organization"]["name"] for one in page["contents"]] == ["Refuge"]
    assert client.get("/hsds/v3/service_at_locations?postcode=94553").json()["total_items"] == 1
    assert client.get("/hsds/v3/service_at_locations?postcode=94601").json()["total_items"] == 0
