"""A page asks the database as often for many as for few."""

import pytest
from django.test import Client

from tests.people import MAKER, NOW, SINCE, World
from wholeperson.casework.members import actions

FACTS = ["fleeing_violence", "homeless_hhs_definition", "is_pregnant_or_postpartum_12m", "meets_or_receives_dmc_ods"]


@pytest.fixture
def lena(client: Client, world: World) -> Client:
    client.force_login(world.person("Lena Ortiz", "supervisor", at="Bayside"))
    return client


def queries(client: Client, method: str, address: str) -> str:
    client.get(address)  # what is asked once in a session has been asked
    answer = getattr(client, method)(address)
    assert answer.status_code in (200, 405)
    return str(answer["Server-Timing"])


@pytest.mark.parametrize(
    ("method", "address"), [("get", "/members/"), ("post", "/members/"), ("post", "/members/export/")]
)
def test_a_list(lena: Client, world: World, method: str, address: str) -> None:
    world.relate(world.member(), "Bayside")
    few = queries(lena, method, address)
    for number in range(20):
        world.relate(world.member(family=f"Name{number}"), "Bayside")
    assert queries(lena, method, address) == few


def test_a_record(lena: Client, world: World) -> None:
    rosa = world.member()
    world.relate(rosa, "Bayside", scope="part2")
    address = f"/members/{rosa.public_id}/"
    few = queries(lena, "get", address)
    for fact in FACTS:
        actions.tell(rosa, fact=fact, value=True, source="member", learnt=SINCE, by=MAKER, at=NOW)
    world.relate(rosa, "Bayside", reason="referral", scope="minimal")
    assert queries(lena, "get", address) == few
