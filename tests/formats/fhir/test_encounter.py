"""Encounters: which visits are counted, on which days, and what they were about."""

from typing import Any

import pytest

from tests.formats.fhir.bundles import ICD_10_CM, SNOMED, concept, condition, encounter, read, reasons, rows


def one(*resources: Any, **more: Any) -> dict[str, Any]:
    [event] = rows(read(*resources, **more), "events")
    return event


def test_an_emergency_visit_is_on_its_day_as_written() -> None:
    assert one(encounter(start="2026-03-01T23:59:00-08:00")) == {
        "event": "emergency_visit",
        "on": "2026-03-01",
        "avoidable": None,
        "about": None,
        "source": "clinician",
        "id": "Encounter/v1",
    }


@pytest.mark.parametrize("kind", ["IMP", "ACUTE", "NONAC"])
def test_an_admission_is_a_stay(kind: str) -> None:
    event = one(encounter(kind, period={"start": "2026-03-01T10:00:00Z", "end": "2026-03-04"}))
    assert (event["event"], event["from"], event["until"]) == ("hospital_stay", "2026-03-01", "2026-03-04")
    assert event["unplanned"] is None


@pytest.mark.parametrize(
    "stay", [encounter("SNF"), encounter("IMP", type=[concept(SNOMED, "449411000124106", "to a nursing facility")])]
)
def test_a_nursing_facility_is_no_hospital(stay: dict[str, Any]) -> None:
    event = one(stay)
    assert (event["event"], event["term"], event["avoidable"]) == ("nursing_facility_stay", None, None)


@pytest.mark.parametrize("kind", ["AMB", "OBSENC", "HH", "VR"])
def test_other_visits_are_not_counted(kind: str) -> None:
    assert reasons(read(encounter(kind))) == [f"a visit of a class that no rule counts: {kind}"]


def test_a_stay_in_hospice_proves_no_enrolment_and_is_no_hospital_stay() -> None:
    reading = read(encounter("IMP", type=[concept(SNOMED, "305336008", "to hospice")]))
    assert rows(reading, "events") == []
    assert reasons(reading) == ["a stay in hospice; whether somebody is enrolled there has to be asked"]


@pytest.mark.parametrize("status", ["planned", "cancelled", "entered-in-error", "unknown", None, 3])
def test_a_visit_that_did_not_happen_is_left_out(status: Any) -> None:
    assert reasons(read(encounter(status=status))) == ["a visit that is neither finished nor under way"]


def test_a_stay_under_way_has_no_end_yet() -> None:
    event = one(encounter("IMP", status="in-progress", period={"start": "2026-03-01"}))
    assert (event["from"], event["until"]) == ("2026-03-01", None)


def test_an_end_that_cannot_be_read_is_left_out_and_said() -> None:
    reading = read(encounter("IMP", period={"start": "2026-03-01", "end": "March"}))
    [event] = rows(reading, "events")
    assert event["from"] == "2026-03-01"
    assert "until" not in event
    assert reading.not_mapped == [
        {
            "path": "Bundle.entry[1].resource.period.end",
            "reason": "a stay whose last day we cannot read: kept without it",
        }
    ]


@pytest.mark.parametrize(
    ("period", "reason"),
    [
        ({}, "a visit without its first day"),
        ("2026-03-01", "a visit without its first day"),
        ({"start": "2026-02-30"}, "a visit without its first day"),
        ({"start": "2026-03-02", "end": "2026-03-01"}, "a period that ends before it begins"),
    ],
)
def test_days_must_be_days(period: Any, reason: str) -> None:
    assert reasons(read(encounter("IMP", period=period))) == [reason]


@pytest.mark.parametrize(
    ("more", "unplanned"),
    [
        ({"hospitalization": {"admitSource": concept("", "emd")}}, True),
        ({"priority": concept("", "EM")}, True),
        ({"priority": concept("", "UR")}, True),
        ({"type": [concept(SNOMED, "183452005")]}, True),
        ({"priority": concept("", "EL")}, False),
        ({"priority": concept("", "EL"), "hospitalization": {"admitSource": concept("", "emd")}}, None),
        ({"priority": concept("", "R")}, None),
        ({"priority": "EM"}, None),
        ({}, None),
    ],
)
def test_unplanned_is_said_only_where_the_record_says_it(more: dict[str, Any], unplanned: bool | None) -> None:
    assert one(encounter("IMP", **more))["unplanned"] is unplanned


@pytest.mark.parametrize(
    ("code", "about"),
    [
        ("F10.10", "substance_use"),
        ("F1120", "substance_use"),
        ("F17.210", None),
        ("F20.9", "mental_health"),
        ("F99", "mental_health"),
        ("F03.90", None),
        ("J45.909", None),
    ],
)
def test_what_a_visit_was_about(code: str, about: str | None) -> None:
    assert one(encounter(reasonCode=[concept(ICD_10_CM, code)]))["about"] == about


def test_a_reason_in_snomed_is_translated_where_it_is_plain() -> None:
    assert (
        one(encounter(reasonCode=[concept(SNOMED, "10509002"), concept(SNOMED, "58214004")]))["about"]
        == "mental_health"
    )
    assert one(encounter(reasonCode=[concept(SNOMED, "10509002")]))["about"] is None


@pytest.mark.parametrize(
    "link",
    [
        {"reasonReference": [{"reference": "Condition/c1"}]},
        {"diagnosis": [{"condition": {"reference": "Condition/c1"}}]},
    ],
)
def test_a_reason_may_be_a_condition_of_the_bundle(link: dict[str, Any]) -> None:
    meant = condition(ICD_10_CM, "F11.20", onsetDateTime="2026-03-01")
    visit = rows(read(encounter(**link), meant), "events")[0]
    assert visit["about"] == "substance_use"
    refuted = {**meant, "verificationStatus": concept("", "refuted")}
    assert rows(read(encounter(**link), refuted), "events")[0]["about"] is None


def test_an_admission_alert_is_told_by_the_admission_feed() -> None:
    assert one(encounter(), type="message")["source"] == "adt"
