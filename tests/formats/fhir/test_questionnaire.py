"""Questionnaire responses: items named after our facts, and screening questions by their LOINC code."""

from typing import Any

import pytest

from tests.formats.fhir.bundles import bundle, item, read, reasons, response, rows
from wholeperson.formats.fhir import read_bundle

FACTS = {"fleeing_violence", "aces_score", "homeless_exit_date", "ihss_status", "lacks_access_to_stable_housing"}


def facts(*items: Any, **more: Any) -> list[dict[str, Any]]:
    return rows(read(response(*items, **more), facts=FACTS), "facts")


def test_an_item_named_after_a_fact_answers_it() -> None:
    assert facts(item("/housing/fleeing_violence", valueBoolean=True)) == [
        {
            "fact": "fleeing_violence",
            "value": True,
            "from": "2026-05-02",
            "until": "2027-05-02",
            "learnt": "2026-05-02",
            "source": "screening",
        }
    ]


@pytest.mark.parametrize(
    ("link", "answer", "value", "until"),
    [
        ("fleeing_violence", {"valueBoolean": False}, False, "2026-06-02"),
        ("aces_score", {"valueInteger": 4}, 4, "2026-06-02"),
        ("homeless_exit_date", {"valueDate": "2026-01-31"}, "2026-01-31", None),
        ("ihss_status", {"valueCoding": {"code": "approved"}}, "approved", "2027-05-02"),
        ("ihss_status", {"valueString": " applied "}, "applied", "2027-05-02"),
    ],
)
def test_every_kind_of_answer(link: str, answer: dict[str, Any], value: object, until: str | None) -> None:
    [row] = facts(item(link, **answer))
    assert (row["value"], row["until"]) == (value, until)


@pytest.mark.parametrize(
    ("more", "source"),
    [
        ({"source": {"reference": "Patient/rosa"}}, "member"),
        ({"source": {"reference": "RelatedPerson/1"}}, "member"),
        ({"source": {"reference": "Practitioner/1"}}, "referrer"),
        ({"author": {"reference": "https://ehr.example/fhir/Organization/1"}}, "referrer"),
        ({"author": {"type": "PractitionerRole", "display": "somebody"}}, "referrer"),
        ({"source": {"reference": "Patient/rosa"}, "author": {"reference": "Practitioner/1"}}, "member"),
        ({"author": {"reference": "Device/1"}}, "screening"),
        ({"author": "Practitioner/1"}, "screening"),
        ({}, "screening"),
    ],
)
def test_who_answered_is_the_source(more: dict[str, Any], source: str) -> None:
    assert facts(item("fleeing_violence", valueBoolean=True), **more)[0]["source"] == source


def test_items_are_found_at_any_depth_with_their_path() -> None:
    inner = {"linkId": "b", "item": [item("fleeing_violence", valueBoolean=True)]}
    outer = {"linkId": "a", "answer": [{"valueString": "other", "item": [inner]}], "item": [item("c", valueInteger=1)]}
    reading = read(response(outer), facts=FACTS)
    assert [row["fact"] for row in rows(reading, "facts")] == ["fleeing_violence"]
    place = "Bundle.entry[1].resource.item[0]"
    assert {row["path"] for row in reading.not_mapped} == {place, f"{place}.item[0]"}


def test_a_screening_question_is_read_by_its_code() -> None:
    [row] = facts(item("/93042-0/93033-9", valueCoding={"code": "LA33-6"}), source={"reference": "Patient/rosa"})
    assert (row["fact"], row["source"]) == ("lacks_access_to_stable_housing", "screening")


def test_sources_do_not_end_each_others_answers() -> None:
    """Where they disagree the rules must see both."""
    said = response(item("fleeing_violence", valueBoolean=True), source={"reference": "Practitioner/1"})
    later = response(
        item("fleeing_violence", valueBoolean=False), source={"reference": "Patient/rosa"}, on="2026-05-20"
    )
    found = rows(read(said, later, facts=FACTS), "facts")
    assert [(row["source"], row["until"]) for row in found] == [("referrer", "2027-05-02"), ("member", "2026-06-20")]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (item("favourite_color", valueString="red"), "an answer to a question that is not one of our facts"),
        (item("", valueString="red"), "an answer to a question that is not one of our facts"),
        ({"linkId": 5, "answer": [{}]}, "an answer to a question that is not one of our facts"),
        (item("aces_score", valueDecimal=4.5), "an answer that is not one yes, no, number, date or word"),
        (item("homeless_exit_date", valueDate="2026-13-01"), "an answer that is not one yes, no, number, date or word"),
        (item("aces_score", valueInteger=2**31), "an answer that is not one yes, no, number, date or word"),
        (item("ihss_status", valueString="\ud800"), "an answer that is not one yes, no, number, date or word"),
        (item("ihss_status", valueString="x" * 201), "an answer that is not one yes, no, number, date or word"),
        (
            {"linkId": "ihss_status", "answer": [{"valueString": "a"}, {"valueString": "b"}]},
            "an answer that is not one yes, no, number, date or word",
        ),
    ],
)
def test_what_cannot_be_a_fact_is_said(given: dict[str, Any], reason: str) -> None:
    reading = read(response(given), facts=FACTS)
    assert (rows(reading, "facts"), reasons(reading)) == ([], [reason])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "in-progress"}, "a questionnaire that is not finished"),
        ({"on": "2026"}, "a questionnaire without the day it was answered"),
    ],
)
def test_only_a_finished_dated_questionnaire_counts(change: dict[str, Any], reason: str) -> None:
    assert reasons(read(response(item("fleeing_violence", valueBoolean=True), **change), facts=FACTS)) == [reason]


def test_without_the_names_of_the_facts_nothing_is_taken_for_one() -> None:
    assert rows(read(response(item("fleeing_violence", valueBoolean=True))), "facts") == []


def test_a_value_that_does_not_suit_its_fact_is_left_out() -> None:
    given = bundle(response(item("fleeing_violence", valueString="yes"), item("aces_score", valueInteger=4)))
    reading = read_bundle(given, FACTS, fits=lambda name, value: isinstance(value, int))
    assert [row["fact"] for row in rows(reading, "facts")] == ["aces_score"]
    assert reasons(reading) == ["the answer does not suit the fact fleeing_violence"]
