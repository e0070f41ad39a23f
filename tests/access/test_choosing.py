"""Choosing from five thousand organisations: a search finds a few, and what is ticked stays."""

import re

import pytest
from django.test import Client

from tests.people import World
from wholeperson.access import choosing
from wholeperson.access.models import Organisation
from wholeperson.casework.members.models import Relationship
from wholeperson.record.models import AuditRow

MANY = 5_000
TYPED = {"form": "ascmi", "version": "2024-06", "since": "2026-03-01", "categories": ["mental_health"]}


@pytest.fixture
def address(world: World, client: Client) -> str:
    """The form for a consent of a member whom Lena cares for, among five thousand organisations."""
    Organisation.objects.bulk_create(
        Organisation(name=f"Harbor Clinic {number:04}", kind="clinic") for number in range(MANY)
    )
    world.organisation("Hill & Dale Shelter")
    rosa, lena = world.member(), world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    world.relate(rosa, "Bayside")
    client.force_login(lena)
    return f"/members/{rosa.public_id}/consents/new/"


def ticks(page: str) -> list[str]:
    return re.findall(r"""name="recipients"[^>]*>""", page)


def called(page: str) -> list[str]:
    return re.findall(r"""usa-checkbox__label" for="id_recipients_\d+">([^<]+)<""", page)


def public_id(name: str) -> str:
    return Organisation.objects.get(name=name).public_id


def test_nobody_is_listed_before_somebody_is_looked_for(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert ticks(page) == []
    assert len(page) < 20_000


def test_typing_finds_a_few_and_says_how_many_more(client: Client, address: str) -> None:
    rows = AuditRow.objects.count()
    answer = client.post(address, {**TYPED, "do": "search", "look_for": "clinic harbor"}, HTTP_HX_REQUEST="true")
    part = answer.content.decode()
    assert called(part) == [f"Harbor Clinic {number:04}" for number in range(20)]
    assert "There are 4980 more. Type more of the name." in part
    assert "<html" not in part
    assert AuditRow.objects.count() == rows, "nothing of the member was read"


def test_what_is_ticked_stays_while_another_is_looked_for(client: Client, address: str) -> None:
    ticked = public_id("Hill & Dale Shelter")
    sent = {**TYPED, "do": "search", "look_for": "0042", "recipients": [ticked]}
    part = client.post(address, sent, HTTP_HX_REQUEST="true").content.decode()
    assert called(part) == ["Hill &amp; Dale Shelter", "Harbor Clinic 0042"]
    assert ["checked" in one for one in ticks(part)] == [True, False]


def test_without_scripts_the_search_is_a_step_and_nothing_typed_is_lost(client: Client, address: str) -> None:
    sent = {**TYPED, "do": "search", "look_for": "dale", "recipients": [public_id("Harbor Clinic 0007")]}
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert called(page) == ["Harbor Clinic 0007", "Hill &amp; Dale Shelter"]
    assert 'value="2024-06"' in page
    assert 'value="dale"' in page
    assert re.search(r"""value="mental_health"[^>]* checked""", page)
    assert "needs another look" not in page


def test_the_one_that_was_found_is_kept(client: Client, address: str) -> None:
    chosen = [public_id("Harbor Clinic 4999")]
    answer = client.post(address, {**TYPED, "method": "paper", "recipients": chosen})
    assert answer.status_code == 303
    assert Relationship.objects.get(reason="consent").organisation.name == "Harbor Clinic 4999"


def test_an_id_that_nobody_has_is_refused(client: Client, address: str) -> None:
    answer = client.post(address, {**TYPED, "method": "paper", "recipients": ["org-zzzzzzzzzz"]})
    assert answer.status_code == 422


def test_who_may_not_see_the_member_finds_nothing(client: Client, address: str, world: World) -> None:
    client.force_login(world.person("Ada Okafor", "lead_care_manager", at="Hill & Dale Shelter"))
    sent = {"do": "search", "look_for": "harbor"}
    assert client.post(address, sent, HTTP_HX_REQUEST="true").status_code == 404
    assert client.post(address, sent).status_code == 404


@pytest.mark.parametrize(("typed", "found"), [("", 0), ("   ", 0), ("%", 0), ("_", 0), ("bay", 1), ("BAYSIDE", 1)])
def test_what_is_typed_is_no_pattern(world: World, typed: str, found: int) -> None:
    world.organisation("Bayside")
    assert len(choosing.search(typed)[0]) == found
