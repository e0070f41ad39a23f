"""The demo: everybody one click away, in a demo's database and nowhere else."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from tests.access.test_roles import CONTRACT
from tests.people import World
from wholeperson.casework.members.models import Member
from wholeperson.rules.problems import Refused
from wholeperson.site.demo import seed

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)


@pytest.fixture
def filled(db: None) -> None:
    assert seed.fill(at=NOW)


@pytest.mark.once
@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("role", CONTRACT)
def test_one_click_makes_you_anyone_and_shows_their_first_page(client: Client, role: str) -> None:
    answer = client.post(f"/demo/as/{role}")
    assert answer.status_code == 303
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.usefixtures("filled")
def test_a_member_begins_at_their_own_record(client: Client) -> None:
    rosa = Member.objects.get(given_name="Rosa")
    assert client.post("/demo/as/member")["Location"] == f"/members/{rosa.public_id}/"


@pytest.mark.usefixtures("filled")
def test_the_page_offers_every_role(client: Client) -> None:
    page = client.get("/demo/").content.decode()
    assert all(f'action="/demo/as/{role}"' in page for role in CONTRACT)


@pytest.mark.usefixtures("filled")
def test_filling_again_changes_nothing() -> None:
    assert not seed.fill(at=NOW)


@pytest.mark.once
@pytest.mark.django_db
def test_it_can_be_shown_in_another_year_too() -> None:
    """What is to come in the demo comes after the day it is made, whichever that is."""
    assert seed.fill(at=datetime(2028, 2, 29, 23, 30, tzinfo=UTC))


def test_a_database_of_somebody_is_refused(world: World) -> None:
    world.person("Real Person", "administrator", at="Real House")
    with pytest.raises(Refused, match="this database was not made by the demo"):
        seed.fill(at=NOW)


@pytest.mark.django_db
def test_without_the_demos_people_there_is_no_door(client: Client) -> None:
    assert client.get("/demo/").status_code == 404


@pytest.mark.usefixtures("filled")
def test_outside_a_demo_there_is_no_door(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/as/auditor").status_code == 404
