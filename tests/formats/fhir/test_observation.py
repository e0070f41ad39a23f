"""Observations: screening answers become facts of their day, for as long as an answer can be trusted."""

from typing import Any

import pytest

from tests.formats.fhir.bundles import LOINC, SNOMED, concept, observation, read, reasons, rows

NO_HOUSING, HOUSING, DECLINED = "LA30190-5", "LA30189-7", "LA30122-8"
UNKNOWN_ANSWER = "an answer to a screening question that our table does not have"


def facts(*resources: Any, known: Any = None) -> dict[str, dict[str, Any]]:
    return {row["fact"]: row for row in rows(read(*resources, facts=known), "facts")}


def test_no_housing_is_no_fixed_residence_for_a_year() -> None:
    found = facts(observation("71802-3", NO_HOUSING, "2026-05-02T10:00:00-07:00", issued="2026-05-04T00:00:00Z"))
    assert found["lacks_fixed_regular_adequate_night_residence"] == {
        "fact": "lacks_fixed_regular_adequate_night_residence",
        "value": True,
        "from": "2026-05-02",
        "until": "2027-05-02",
        "learnt": "2026-05-04",
        "source": "screening",
    }
    assert found["lacks_access_to_stable_housing"]["value"] is True


def test_housing_answers_one_fact_and_only_for_a_month() -> None:
    [(name, row)] = facts(observation("71802-3", HOUSING)).items()
    assert (name, row["value"]) == ("lacks_fixed_regular_adequate_night_residence", False)
    assert (row["from"], row["until"]) == ("2026-05-02", "2026-06-02")


def test_a_later_answer_ends_the_earlier_one() -> None:
    answers = [observation("71802-3", HOUSING, "2026-08-01"), observation("71802-3", NO_HOUSING, "2026-05-02")]
    kept = sorted(
        (row["from"], row["until"], row["value"])
        for row in rows(read(*answers), "facts")
        if row["fact"] == "lacks_fixed_regular_adequate_night_residence"
    )
    assert kept == [("2026-05-02", "2026-07-31", True), ("2026-08-01", "2026-09-01", False)]


def test_an_answer_that_proves_nothing_still_ends_an_earlier_one() -> None:
    worried, fine = observation("93033-9", "LA33-6", "2026-05-02"), observation("93033-9", "LA32-8", "2026-06-01")
    assert facts(worried, fine)["lacks_access_to_stable_housing"]["until"] == "2026-05-31"


def test_two_answers_of_one_day_both_stand() -> None:
    assert len(rows(read(observation("71802-3", HOUSING), observation("71802-3", NO_HOUSING)), "facts")) == 3


def test_who_declines_to_answer_takes_nothing_back() -> None:
    reading = read(observation("71802-3", NO_HOUSING), observation("71802-3", DECLINED, "2026-06-01"))
    assert {row["until"] for row in rows(reading, "facts")} == {"2027-05-02"}
    assert reasons(reading) == [UNKNOWN_ANSWER]


@pytest.mark.parametrize(
    ("question", "answer", "fact", "value"),
    [
        ("71802-3", "LA31995-6", "lacks_fixed_regular_adequate_night_residence", True),
        ("71802-3", "LA31993-1", "lacks_access_to_stable_housing", False),
        ("93033-9", "LA33-6", "lacks_access_to_stable_housing", True),
        ("88122-7", "LA28397-0", "lacks_access_to_food", True),
        ("88123-5", "LA6729-3", "lacks_access_to_food", True),
        ("88124-3", "LA19983-8", "lacks_access_to_food", False),
        ("93031-3", "LA30125-1", "lacks_access_to_food", True),
        ("93030-5", "LA30133-5", "lacks_access_to_transportation", True),
        ("82810-3", "LA15173-0", "is_pregnant_or_postpartum_12m", True),
        ("82810-3", "LA26683-5", "is_pregnant", False),
    ],
)
def test_what_an_answer_says(question: str, answer: str, fact: str, value: bool) -> None:
    assert facts(observation(question, answer))[fact]["value"] is value


@pytest.mark.parametrize(
    ("question", "answer"), [("88122-7", "LA28398-8"), ("93028-9", "LA33-6"), ("93026-3", "LA32-8")]
)
def test_what_an_answer_does_not_say(question: str, answer: str) -> None:
    reading = read(observation(question, answer))
    assert rows(reading, "facts") == []
    assert reasons(reading) == ["an answer to a screening question that settles none of our facts"]


def test_an_answer_in_snomed_is_read_too() -> None:
    assert facts(observation("82810-3", "", valueCodeableConcept=concept(SNOMED, "77386006")))["is_pregnant"]["value"]


def test_a_whole_questionnaire_may_be_one_observation() -> None:
    part = {"code": concept(LOINC, "71802-3"), "valueCodeableConcept": concept(LOINC, NO_HOUSING)}
    panel = observation("93025-5", "", component=[{"code": concept(LOINC, "63586-2")}, part])
    assert len(facts(panel)) == 2
    odd = observation("93025-5", "", component=[{**part, "valueCodeableConcept": "no"}])
    assert read(odd).not_mapped == [{"path": "Bundle.entry[1].resource.component[0]", "reason": UNKNOWN_ANSWER}]


@pytest.mark.parametrize("question", ["8867-4", "72166-2", ""])
def test_a_measurement_is_not_used(question: str) -> None:
    assert reasons(read(observation(question, "x"))) == ["an observation that no rule asks for"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "preliminary"}, "an observation that is not final"),
        ({"status": "entered-in-error"}, "an observation that is not final"),
        ({"effectiveDateTime": None}, "an observation without the day it was made"),
        ({"effectiveDateTime": "2026-05"}, "an observation without the day it was made"),
    ],
)
def test_only_a_final_dated_answer_counts(change: dict[str, Any], reason: str) -> None:
    assert reasons(read(observation("71802-3", NO_HOUSING, **change))) == [reason]


def test_a_fact_that_the_policy_does_not_have_is_left_out() -> None:
    reading = read(observation("71802-3", NO_HOUSING), facts={"lacks_access_to_stable_housing"})
    assert [row["fact"] for row in rows(reading, "facts")] == ["lacks_access_to_stable_housing"]
    assert reasons(reading) == ["the policy has no fact lacks_fixed_regular_adequate_night_residence"]
