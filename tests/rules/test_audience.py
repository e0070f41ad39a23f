"""Who reads an explanation decides how much it says: to others a sensitive reason is a health reason, everywhere."""

import json
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from wholeperson.rules.case import Case
from wholeperson.rules.explain import check
from wholeperson.rules.person import OPEN, Coverage, Happening, Person, Statement
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words

ON = date(2026, 11, 21)
COVERED = (Coverage("contra_costa_health_plan", "contra_costa", None, date(2015, 1, 1), OPEN, None),)
TOLD = ("ji_hiv_aids", "is_transitioning_from_correctional_facility", "ji_sud")
PERSON = Person(
    "x",
    date(1980, 5, 4),
    None,
    (),
    None,
    COVERED,
    tuple(Statement(name, True, None, None, None, "referrer", "shelter") for name in TOLD),
    (Happening("emergency_visit", date(2026, 6, 1), date(2026, 6, 1), {"avoidable": True}, "claims", "visit-7"),),
    (),
)


@lru_cache
def policy() -> Policy:
    return load_policy()


def told(audience: str, language: str = "en") -> dict[str, Any]:
    made = policy()
    return check(Case(made, PERSON, on=ON), made.programmes, Words(made, language), audience=audience)


def test_care_reads_the_reason() -> None:
    assert "has HIV or AIDS" in json.dumps(told("care"))


@pytest.mark.parametrize(
    "secret", ["HIV", "ji_sud", "hiv", "custody", "visit-7", "shelter", "jail", "overdose", "homeless_hhs_definition"]
)
def test_others_read_no_trace_of_it(secret: str) -> None:
    report = told("others")
    names = {programme["id"]: programme.pop("name") for programme in report["programmes"]}
    assert names, "programme names say what is asked about, never what was found"
    assert secret not in json.dumps(report)


def test_the_answer_itself_is_the_same() -> None:
    answers = [{each["id"]: each["answer"] for each in told(audience)["programmes"]} for audience in ("care", "others")]
    assert answers[0] == answers[1]


def test_a_hidden_reason_reads_a_health_reason_in_every_language() -> None:
    assert "a health reason" in json.dumps(told("others"))
    assert "a health reason" not in json.dumps(told("others", "es"))


def test_hidden_members_stand_as_one() -> None:
    for programme in told("others")["programmes"]:
        for node in walk(programme["tree"]):
            assert [each["says"] for each in node["children"]].count("a health reason") <= 1
            assert node["says"] != "a health reason" or not node["children"]


def walk(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(each for child in node["children"] for each in walk(child))]


def test_what_is_open_is_still_said() -> None:
    assert "is 21 or older" in json.dumps(told("others"))
