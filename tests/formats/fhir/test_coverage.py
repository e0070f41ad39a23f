"""Coverage: periods of Medi-Cal with a plan; other insurance is named once per payor."""

from typing import Any

import pytest

from tests.formats.fhir.bundles import ACT, concept, coverage, patient, read, reasons, rows

SOPT = "https://nahdo.org/sopt"


@pytest.mark.parametrize(
    ("payor", "plan"),
    [
        ("Medi-Cal", "other_medi_cal_plan"),
        ("Medicaid", "other_medi_cal_plan"),
        ("Health Net Medi-Cal", "health_net"),
        ("CalViva Health (administered by Health Net)", "calviva_health"),
        ("Community Health Plan of Imperial Valley", "community_health_plan_of_imperial_valley"),
        ("Contra Costa Health Plan", "contra_costa_health_plan"),
        ("Some Other Plan Medi-Cal", "other_medi_cal_plan"),
    ],
)
def test_the_plan_is_told_by_the_payor(payor: str, plan: str) -> None:
    assert rows(read(coverage(payor)), "coverage") == [{"plan": plan, "from": "2026-01-01", "until": None}]


@pytest.mark.parametrize(
    "kind",
    [
        concept(ACT, "SUBSIDIZ"),
        concept(ACT, "SUBSIDMC"),
        concept(SOPT, "211"),
        concept(SOPT, "2"),
        {"text": "Medicaid"},
        concept("urn:local", "17", "MEDICAID HMO"),
    ],
)
def test_a_type_says_that_it_is_medi_cal(kind: dict[str, Any]) -> None:
    assert [row["plan"] for row in rows(read(coverage("Health Net", type=kind)), "coverage")] == ["health_net"]


@pytest.mark.parametrize(
    ("payor", "kind"),
    [
        ("Cigna Health", None),
        ("Health Net", concept(ACT, "MCPOL")),
        ("Permanente Medical Group", None),
        ("Centers for Medicare & Medicaid Services", concept(SOPT, "111", "Medicare HMO")),
        ("CalViva Medicare Advantage", None),
        ("NO_INSURANCE", {"text": "NO_INSURANCE"}),
    ],
)
def test_other_insurance_is_no_coverage(payor: str, kind: Any) -> None:
    reading = read(coverage(payor, type=kind))
    assert rows(reading, "coverage") == []
    assert reasons(reading) == [f"not Medi-Cal coverage: {payor}"]


@pytest.mark.parametrize("kind", [concept(ACT, "SUBSIDFFS"), concept(SOPT, "22"), concept(SOPT, "25")])
def test_medicaid_without_a_plan_of_california_is_no_plan_coverage(kind: dict[str, Any]) -> None:
    reading = read(coverage("Medicaid", type=kind))
    assert rows(reading, "coverage") == []
    assert reasons(reading) == ["Medicaid without a health plan of California: no plan coverage"]


def test_other_insurance_is_named_once_per_payor() -> None:
    inside = {"resourceType": "Coverage", "status": "active", "payor": [{"display": "Humana"}]}
    paid = {"resourceType": "ExplanationOfBenefit", "contained": [{"resourceType": "Location"}, inside]}
    other = {**paid, "contained": [{**inside, "payor": [{"display": "Cigna"}]}]}
    assert read(paid, paid, other).not_mapped == [
        {
            "path": "Bundle.entry[1].resource.contained[1]",
            "reason": "not Medi-Cal coverage: Humana (the first of 2)",
        },
        {"path": "Bundle.entry[3].resource.contained[0]", "reason": "not Medi-Cal coverage: Cigna"},
        {"path": "Bundle.entry[*].resource:ExplanationOfBenefit", "reason": "3 not used by any rule"},
    ]


def test_the_same_period_on_many_claims_is_one_period() -> None:
    inside = coverage("Medi-Cal", period={"start": "2026-01-01", "end": "2026-06-30"})
    claims = [{"resourceType": "Claim", "contained": [inside]}] * 2
    assert rows(read(*claims), "coverage") == [
        {"plan": "other_medi_cal_plan", "from": "2026-01-01", "until": "2026-06-30"}
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "draft"}, "a coverage that is neither active nor ended"),
        ({"status": "entered-in-error"}, "a coverage that is neither active nor ended"),
        ({"period": {}}, "Medi-Cal coverage without its first day"),
        ({"period": {"start": "2026"}}, "Medi-Cal coverage without its first day"),
        ({"status": "cancelled"}, "Medi-Cal coverage that ended on a day we cannot read"),
        ({"period": {"start": "2026-01-01", "end": "June"}}, "Medi-Cal coverage that ended on a day we cannot read"),
        ({"period": {"start": "2026-01-02", "end": "2026-01-01"}}, "a period that ends before it begins"),
    ],
)
def test_a_period_must_be_readable(change: dict[str, Any], reason: str) -> None:
    reading = read(coverage(**change))
    assert (rows(reading, "coverage"), reasons(reading)) == ([], [reason])


def test_the_county_is_the_members() -> None:
    who = patient(address=[{"district": "Kern", "state": "CA"}])
    assert rows(read(coverage(), who=who), "coverage")[0]["county"] == "kern"


def test_a_payor_may_stand_elsewhere_in_the_bundle() -> None:
    plan = {"resourceType": "Organization", "id": "o1", "name": "Health Net Community Solutions Medi-Cal"}
    found = read(
        plan, coverage(payor=[{"reference": "Organization/o1"}]) | {"payor": [{"reference": "Organization/o1"}]}
    )
    assert rows(found, "coverage")[0]["plan"] == "health_net"


@pytest.mark.parametrize(
    "change",
    [
        {"payor": [{"reference": "Patient/rosa", "display": "Rosa Invented"}]},
        {"payor": [{"display": "Rosa Invented"}], "type": concept("urn:selfpay", "pay")},
    ],
)
def test_a_person_who_pays_is_not_named(change: dict[str, Any]) -> None:
    assert reasons(read({**coverage(), **change})) == ["not Medi-Cal coverage: paid by a person"]
