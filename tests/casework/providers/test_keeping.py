"""An organization keeps its own entry; whoever is asked what is free answers with one press."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from tests.casework.providers.conftest import Town
from tests.casework.providers.streets import service
from tests.people import NOW
from wholeperson.casework.providers import actions
from wholeperson.casework.providers.models import Capacity, Contract, Service, Site
from wholeperson.record.models import Outgoing

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("WHOLEPERSON_NOW", NOW.isoformat())
    return client


def as_keeper(web: Client, town: Town, at: str = "Harbor") -> None:
    web.force_login(town.world.person("Ines Tran", "provider_intake", at=at))


def link_of(town: Town, at: object = NOW) -> str:
    assert actions.ask_keepers(at=at) == 1
    row = Outgoing.objects.latest("made_at")
    assert row.to == "desk@harbor.example"
    body = json.loads(row.content)["body"]
    return "/free/" + body.split("/free/")[1].split()[0]


def test_a_service_a_place_and_what_is_free(web: Client, town: Town) -> None:
    town.world.organisation("Harbor")
    as_keeper(web, town)
    harbor = town.world.organisation("Harbor").public_id
    place = {"organisation": harbor, "name": "The house", "zip": "94553", "county": "contra_costa", "hours_MO": "9-5"}
    assert web.post("/directory/places/new/", place).status_code == 422
    assert web.post("/directory/places/new/", {**place, "hours_MO": "09:00-17:00"}).status_code == 303
    site = Site.objects.get()
    assert site.hours == {"MO": ["09:00", "17:00"]}
    said = {
        "organisation": harbor, "programme": "cs.recuperative_care", "counties": ["contra_costa"], "languages": ["en"],
        "sites": [site.public_id], "zips": "94553, 94554", "most": "4",
    }  # fmt: skip
    assert web.post("/directory/new/", {**said, "zips": "945"}).status_code == 422
    made = web.post("/directory/new/", said)
    one = Service.objects.get()
    assert made.headers["Location"] == f"/directory/{one.public_id}/room/"
    assert one.said("zip") == ["94553", "94554"]
    assert web.post(made.headers["Location"], {"beds_women": "5"}).status_code == 422
    assert web.post(made.headers["Location"], {"beds_women": "1", "beds_men_roll": "2"}).status_code == 303
    assert [(row.who, row.accessible, row.number) for row in Capacity.objects.order_by("who")] == [
        ("men", True, 2), ("women", False, 1),
    ]  # fmt: skip
    assert web.post(made.headers["Location"], {"beds_women": ""}).status_code == 303
    assert sorted(Capacity.objects.values_list("number", flat=True)) == [0, 0]


def test_saving_what_stands_there_confirms_it(web: Client, town: Town) -> None:
    one = service(town.world, "Harbor", phone="925-555-0100")
    as_keeper(web, town)
    form = web.get(f"/directory/{one.public_id}/").context["form"]
    before = {name: value for name, value in form.initial.items() if name in form.fields and value not in (None, "")}
    assert web.post(f"/directory/{one.public_id}/", before).status_code == 303
    one.refresh_from_db()
    assert (one.confirmed_at, one.phone, one.said("county")) == (NOW, "925-555-0100", ["contra_costa"])


def test_of_another_organization_nothing_is_there(web: Client, town: Town) -> None:
    one = service(town.world, "Harbor")
    as_keeper(web, town, at="Elsewhere")
    for address in (f"/directory/{one.public_id}/", f"/directory/{one.public_id}/room/"):
        assert web.get(address).status_code == 404
    assert web.get("/directory/").context["rows"] == []


def test_a_plan_says_that_it_pays(web: Client, town: Town) -> None:
    one = service(town.world, "Harbor")
    web.force_login(town.nate)
    said = {"plan": town.plan.public_id, "since": "2026-11-01", "until": ""}
    assert web.post(f"/directory/{one.public_id}/contract/", {**said, "until": "2026-10-01"}).status_code == 422
    assert web.post(f"/directory/{one.public_id}/contract/", said).status_code == 303
    assert web.get("/directory/").context["rows"][0].service == one
    assert web.post(f"/directory/{one.public_id}/contract/", {**said, "until": "2026-12-31"}).status_code == 303
    assert [str(row.until) for row in Contract.objects.all()] == ["2026-12-31"]


def test_a_link_that_is_opened_changes_nothing_and_pressed_says_it(web: Client, town: Town) -> None:
    one = service(town.world, "Harbor", free=2, said_at=NOW - timedelta(days=2), keeper_email="desk@harbor.example")
    service(town.world, "Fresh", free=2, keeper_email="fresh@fresh.example")
    link = link_of(town)
    assert actions.ask_keepers(at=NOW + timedelta(days=1)) == 1, "Fresh grew old; Harbor was asked lately"
    for _again in range(2):
        assert "Yes, still so" in web.get(link).content.decode()
    row = Capacity.objects.get(service=one)
    assert row.stale_at < NOW
    assert web.post(link, {"same": "yes"}).status_code == 200
    row.refresh_from_db()
    assert (row.number, row.as_of) == (2, NOW)
    assert web.post(link, {"beds_anyone": "1"}).status_code == 200
    row.refresh_from_db()
    assert row.number == 1


def test_a_link_that_ended_or_never_was(web: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    service(town.world, "Harbor", keeper_email="desk@harbor.example")
    link = link_of(town)
    monkeypatch.setenv("WHOLEPERSON_NOW", (NOW + timedelta(days=8)).isoformat())
    assert web.post(link, {"beds_anyone": "1"}).status_code == 410
    assert web.get("/free/nothing/").status_code == 404
    assert not Capacity.objects.exists()
