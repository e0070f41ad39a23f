"""What leads to what: the pairs that the sheets name, in plain words, and never a refusal or an end."""

from functools import cache
from typing import Any

import pytest
import textstat

from wholeperson.commands.docs_pages.follow_ons import follow_ons_page
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.files import PACKAGED
from wholeperson.rules.reading.yaml_lines import read_yaml_file

GRADE = 8
HOUSING = ("cs.htns", "cs.housing_deposits", "cs.htss", "cs.transitional_rent")
BEFORE_RELEASE = ("ji.pre_release_adult", "ji.pre_release_youth")

# community_supports 13 (triggers over services), and the order's list: after what, then what, how far by itself
NAMED = [
    ("cs.transitional_rent", "authorized", "ecm", "automatic"),
    ("cs.transitional_rent", "authorized", "weekly_visit", "task"),
    ("cs.transitional_rent", "answer", "cs.htns", "propose"),
    ("cs.transitional_rent", "answer", "cs.housing_deposits", "propose"),
    ("cs.transitional_rent", "answer", "cs.htss", "propose"),
    ("recuperative_care_stay", "stay", "cs.htns", "propose"),
    ("post_hospitalization_stay", "stay", "cs.htns", "propose"),
    ("cs.asthma_remediation", "asked", "asthma_preventive_services", "task"),
    ("cs.pchs", "authorized", "ihss_application", "task"),
    ("cs.pchs", "authorized", "personal_care_review", "task"),
    ("cs.chts", "authorized", "cs.eaa", "task"),
    ("cs.alf_transitions", "done", "cs.alf_transitions", "task"),
    ("cs.mtm_msf", "authorized", "medical_nutrition_therapy", "propose"),
    ("cs.mtm_msf", "authorized", "diabetes_education", "propose"),
    *((programme, "answer", "other_housing_help", "propose") for programme in HOUSING),
    *((programme, "served", "ecm", "automatic") for programme in BEFORE_RELEASE),
]


@cache
def document() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml_file(PACKAGED / "follow_ons.yaml", "follow_ons.yaml")[0]
    return found


def rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document()["follow_ons"]
    return found


def leads() -> set[tuple[str, str, str, str]]:
    """Each row as (after what, what happened, what follows, how)."""
    return {
        (after, happened, row["then"].get("programme") or row["then"]["service"], row["then"]["as"])
        for row in rows()
        for happened in ("asked", "answer", "authorized", "served", "done", "stay")
        if happened in row["when"]
        for after in row["when"].get("programmes", [row["when"].get("stay")])
    }


def one(name: str) -> dict[str, Any]:
    return next(row for row in rows() if row["id"] == name)


@pytest.mark.parametrize("lead", NAMED, ids=lambda lead: f"{lead[0]} {lead[2]}")
def test_the_sheets_pair_is_there(lead: tuple[str, str, str, str]) -> None:
    assert lead in leads()


def test_visits_with_transitional_rent_are_weekly() -> None:
    assert one("rent_brings_weekly_visits")["every"] == "1 week"


def test_asthma_asks_for_the_assessment_only_where_there_is_none() -> None:
    assert one("asthma_without_assessment")["when"]["without"] == "trigger_assessment"


def test_rent_opens_the_three_and_a_no_of_any_of_the_four_leads_elsewhere() -> None:
    assert one("rent_opens_navigation")["when"]["answer"] == "yes"
    assert one("no_housing_support_other_help")["when"] == {"programmes": [*HOUSING], "answer": "no"}


def test_only_the_state_brings_something_about_by_itself() -> None:
    """Two automatic authorizations, both of the State's guide, both verified in it."""
    automatic = {row["id"]: row for row in rows() if row["then"]["as"] == "automatic"}
    assert set(automatic) == {"rent_brings_ecm", "served_before_release_to_ecm"}
    for row in automatic.values():
        assert row["mark"] == "source-verified"
        assert any(each.startswith("G26 ") for each in row["cites"])


def test_nothing_ends_by_itself() -> None:
    """When In-Home Supportive Services start, a person looks; no row ends or refuses anything."""
    row = one("ihss_started")
    assert row["when"]["enrolled_in"] == "ihss"
    assert row["then"] == {"service": "personal_care_review", "as": "task"}
    assert {row["then"]["as"] for row in rows()} == {"propose", "task", "automatic"}


def test_every_service_named_is_used_and_said_plainly() -> None:
    assert set(document()["services"]) == {row["then"]["service"] for row in rows() if "service" in row["then"]}
    for service in document()["services"].values():
        assert textstat.flesch_kincaid_grade(service["says"]) <= GRADE


def test_the_library_has_them() -> None:
    assert load_policy().documents.by_name["follow_ons"] == document()


def test_the_page_in_the_docs_has_every_row() -> None:
    text = follow_ons_page(load_policy())
    assert [row["id"] for row in rows() if row["says"] not in text] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_every_row_is_in_plain_words_and_cited(row: dict[str, Any]) -> None:
    assert textstat.flesch_kincaid_grade(row["says"]) <= GRADE
    assert "_" not in row["says"]
    assert row["sheet"]
    assert row["cites"]
