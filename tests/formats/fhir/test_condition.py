"""Conditions: a diagnosis with its ICD-10-CM code and days; a pregnancy where somebody is said to be pregnant."""

from typing import Any

import pytest

from tests.formats.fhir.bundles import ICD_10_CM, SNOMED, concept, condition, read, reasons, rows

NOT_CONFIRMED = "a condition that is suspected, refuted or entered in error"
NO_CODE = "a condition whose code no rule asks for, or that ICD-10-CM cannot say without a guess"


def events(**more: Any) -> list[dict[str, Any]]:
    made = {"onsetDateTime": "2026-01-10T08:00:00-08:00", **more}
    return rows(read(condition(ICD_10_CM, "E11.9", **made)), "events")


def test_a_diagnosis_lasts_from_onset_to_abatement() -> None:
    assert events() == [
        {
            "event": "diagnosis",
            "from": "2026-01-10",
            "until": None,
            "code": "E11.9",
            "source": "clinician",
            "id": "Condition/c1",
        }
    ]
    assert events(abatementDateTime="2026-02-01")[0]["until"] == "2026-02-01"


def test_an_end_that_nobody_dated_leaves_the_one_day_we_know() -> None:
    for over in ({"clinicalStatus": concept("", "resolved")}, {"abatementString": "better now"}):
        [event] = events(**over)
        assert event["on"] == "2026-01-10"
        assert "until" not in event


def test_an_illness_that_passes_does_not_last_because_nobody_closed_it() -> None:
    """A sepsis of 1991 that no system ever closed is not a sepsis of today."""
    [event] = rows(read(condition(SNOMED, "91302008", onsetDateTime="1991-03-29")), "events")
    assert (event["on"], event["code"]) == ("1991-03-29", "A41.9")


def test_the_day_of_record_stands_in_for_an_onset_without_a_day() -> None:
    assert events(onsetDateTime="2019", recordedDate="2026-01-12")[0]["from"] == "2026-01-12"
    assert events(onsetDateTime=None, onsetPeriod={"start": "2026-01-11"})[0]["from"] == "2026-01-11"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"onsetDateTime": "2019"}, "a condition without a day of onset or record"),
        ({"onsetDateTime": None, "onsetString": "in spring"}, "a condition without a day of onset or record"),
        ({"onsetDateTime": "2026-02-02", "abatementDateTime": "2026-02-01"}, "a period that ends before it begins"),
        ({"onsetDateTime": "2026-02-02", "verificationStatus": concept("", "refuted")}, NOT_CONFIRMED),
        ({"onsetDateTime": "2026-02-02", "verificationStatus": concept("", "provisional")}, NOT_CONFIRMED),
        ({"onsetDateTime": "2026-02-02", "verificationStatus": "confirmed"}, NOT_CONFIRMED),
        ({"onsetDateTime": "2026-02-02", "code": "diabetes"}, NO_CODE),
        ({"onsetDateTime": "2026-02-02", "code": {"text": "diabetes"}}, NO_CODE),
    ],
)
def test_what_cannot_be_kept_is_said(change: dict[str, Any], reason: str) -> None:
    reading = read(condition(ICD_10_CM, "E11.9", **change))
    assert (rows(reading, "events"), reasons(reading)) == ([], [reason])


def test_a_condition_without_a_verification_status_is_believed() -> None:
    given = condition(ICD_10_CM, "E11.9", onsetDateTime="2026-01-10")
    del given["verificationStatus"]
    assert len(rows(read(given), "events")) == 1


@pytest.mark.parametrize(
    ("system", "code", "kept"),
    [
        (ICD_10_CM, "E11.9", "E11.9"),
        (ICD_10_CM, "e119", "E11.9"),
        (ICD_10_CM, "I10", "I10"),
        (ICD_10_CM, "S06.9XAA", "S06.9XAA"),
        (SNOMED, "32911000", "Z59.00"),
        (SNOMED, "44054006", "E11.9"),
        (SNOMED, "195662009", None),
        ("http://hl7.org/fhir/sid/icd-10", "E11.9", None),
        (ICD_10_CM, "diabetes", None),
        ("urn:local", "E11.9", None),
    ],
)
def test_only_codes_whose_meaning_is_plain_are_kept(system: str, code: str, kept: str | None) -> None:
    found = rows(read(condition(system, code, onsetDateTime="2026-01-10")), "events")
    assert [event["code"] for event in found] == ([kept] if kept else [])


def test_the_senders_own_code_goes_before_one_we_translate() -> None:
    both = {"coding": [{"system": SNOMED, "code": "44054006"}, {"system": ICD_10_CM, "code": "E11.65"}]}
    assert events(code=both)[0]["code"] == "E11.65"


def test_a_pregnancy_is_a_spell_that_ends_by_itself() -> None:
    [diagnosis, pregnancy] = rows(read(condition(SNOMED, "72892002", onsetDateTime="2026-01-10")), "events")
    assert (diagnosis["code"], diagnosis["until"]) == ("Z33.1", None)
    assert pregnancy == {
        "event": "pregnancy",
        "from": "2026-01-10",
        "until": "2026-10-31",
        "source": "clinician",
        "id": "Condition/c1#pregnancy",
    }


def test_a_pregnancy_ends_when_the_record_says_so() -> None:
    ended = condition(ICD_10_CM, "O09.90", onsetDateTime="2026-01-10", abatementDateTime="2026-04-01")
    assert rows(read(ended), "events")[1]["until"] == "2026-04-01"
    over = condition(SNOMED, "77386006", onsetDateTime="2026-01-10", clinicalStatus=concept("", "resolved"))
    assert "until" not in rows(read(over), "events")[1]


@pytest.mark.parametrize("code", ["Z33.2", "Z39.0", "O90.0", "Z32.01"])
def test_not_every_code_near_a_pregnancy_says_pregnant_today(code: str) -> None:
    found = rows(read(condition(ICD_10_CM, code, onsetDateTime="2026-01-10")), "events")
    assert [event["event"] for event in found] == ["diagnosis"]


def test_what_the_member_reports_is_the_members_word() -> None:
    assert events(asserter={"reference": "Patient/rosa"})[0]["source"] == "member"
    assert events(asserter={"reference": "Practitioner/p1"})[0]["source"] == "clinician"
