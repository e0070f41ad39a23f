"""Which provider for this member, in which order, and why."""

from datetime import timedelta
from typing import Any

import pytest

from tests.casework.providers.conftest import Town
from tests.casework.providers.streets import KEEPER, LONG_AGO, service
from tests.people import NOW, TODAY
from wholeperson.casework.providers import actions
from wholeperson.casework.providers.finding import Found, Ties, ranked

pytestmark = pytest.mark.django_db


def asked(town: Town, programme: str = "cs.recuperative_care", **said: Any) -> list[Found]:
    return ranked(programme=programme, on=TODAY, at=NOW, plan=town.plan, county="contra_costa", **said)


def names(found: list[Found]) -> list[str]:
    return [one.organisation.name for one in found]


def test_who_said_lately_that_there_is_room_stands_first(town: Town) -> None:
    for name, free, at in [
        ("A full", 0, NOW), ("B said it long ago", 4, LONG_AGO), ("C never said", None, NOW), ("D free", 2, NOW),
    ]:  # fmt: skip
        service(town.world, name, plan=town.plan, free=free, said_at=at)
    found = asked(town)
    assert names(found) == ["D free", "B said it long ago", "C never said", "A full"]
    assert [one.reasons[-1].words for one in found] == [
        "2 beds free tonight", "Had room, but nobody has said so lately", "Has not said whether it takes new people",
        "Says that it is full",
    ]  # fmt: skip


def test_the_states_order_for_care_management_and_the_wish_before_all(town: Town) -> None:
    made = {
        name: service(town.world, name, "ecm", plan=town.plan, populations=["pof_1a_homeless_adult"], free=free)
        for name, free in [
            ("Any", 9),
            ("Trusted", 0),
            ("Doctor", 0),
            ("Clinic for minds", 0),
            ("Wraparound", 0),
            ("Wish", 0),
        ]
    }
    at = {name: one.organisation for name, one in made.items()}
    ties = Ties([at["Wraparound"]], at["Clinic for minds"], at["Doctor"], [at["Trusted"]])
    found = asked(town, "pof_1a_homeless_adult", wish=at["Wish"], ties=ties)
    assert names(found) == ["Wish", "Wraparound", "Clinic for minds", "Doctor", "Trusted", "Any"]
    assert [one.step for one in found] == [1, 2, 3, 4, 5, 6]
    assert found[0].reasons[0].words == "The member asks for it"
    assert names(asked(town, "pof_9_birth_equity")) == []


def test_left_out_but_for_the_members_wish(town: Town) -> None:
    other = town.a_plan("Health Net", "health_net")
    elsewhere = service(town.world, "Elsewhere", plan=other, counties=["alameda"], youngest=60, zips=["94601"])
    service(town.world, "Here", plan=town.plan, free=1)
    assert names(asked(town, age=40, zip="94553")) == ["Here"]
    found = asked(town, age=40, zip="94553", wish=elsewhere.organisation)
    assert names(found) == ["Elsewhere", "Here"]
    assert [one.code for one in found[0].reasons if one.warns] == [
        "no_contract",
        "other_county",
        "other_zip",
        "other_age",
    ]
    assert names(asked(town, wish=elsewhere.organisation, without=[elsewhere.organisation])) == ["Here"]


def test_language_need_and_nearness_within_a_step(town: Town) -> None:
    service(town.world, "A far", plan=town.plan, free=1, zip="93000")
    service(town.world, "B near", plan=town.plan, free=1, zip="94559")
    service(town.world, "C here", plan=town.plan, free=1, zip="94553")
    service(town.world, "D speaks", plan=town.plan, free=1, languages=["en", "es"])
    found = asked(town, zip="94553", languages=["es"])
    assert names(found) == ["D speaks", "C here", "B near", "A far"]
    assert [one.codes for one in found] == [
        ("gives", "free", "language", "unmeasured"), ("gives", "free", "near"), ("gives", "free", "near"),
        ("gives", "free", "unmeasured"),
    ]  # fmt: skip
    assert [one.reasons[-1].words for one in found[1:]] == [
        "Less than a mile away", "About 21 miles away", "Distance not known",
    ]  # fmt: skip


def test_nearness_never_tells_where_a_refuge_lies(town: Town) -> None:
    refuge = service(town.world, "Refuge", plan=town.plan, free=1, zip="94553")
    actions.keep_site(refuge.sites.get(), {"is_hidden": True}, organisation=refuge.organisation, by=KEEPER, at=NOW)
    assert "near" not in asked(town, zip="94553")[0].codes


def test_a_contract_that_ended_is_none(town: Town) -> None:
    service(town.world, "Here", plan=town.plan)
    day = TODAY - timedelta(days=400)
    assert ranked(programme="cs.recuperative_care", on=day, at=NOW, plan=town.plan) == []


def test_as_many_queries_for_forty_as_for_one(town: Town, django_assert_num_queries: Any) -> None:
    for number in range(40):
        service(town.world, f"House {number}", plan=town.plan, free=number % 3, zip="94553")
    with django_assert_num_queries(6):
        assert len(asked(town, zip="94553", languages=["es"], most=30)) == 30
