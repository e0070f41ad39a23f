"""A bundle is read whole, or refused with a problem, a why and a remedy; what is left out is said, once per kind."""

import json
from typing import Any

import pytest

from tests.formats.fhir.bundles import bundle, condition, encounter, observation, patient, read, reasons, rows
from wholeperson.formats.fhir import NotABundle, read_bundle


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ([], "resourceType"),
        ("text", "resourceType"),
        ({}, "resourceType"),
        (patient(), "resourceType"),
        ({"resourceType": "Bundle"}, "Bundle.entry"),
        ({"resourceType": "Bundle", "entry": {}}, "Bundle.entry"),
        ({"resourceType": "Bundle", "entry": [None, 3, {"resource": "x"}]}, "Bundle.entry"),
        (bundle(patient(id="luz")), "Bundle.entry[1].resource"),
        (bundle(who={"resourceType": "Patient", "id": "rosa"}), "Bundle.entry[0].resource.birthDate"),
        (bundle(who=patient(birthDate="1990")), "Bundle.entry[0].resource.birthDate"),
        (bundle(who=patient(birthDate="1990-02-30")), "Bundle.entry[0].resource.birthDate"),
        (bundle(who=patient(birthDate=19900228)), "Bundle.entry[0].resource.birthDate"),
    ],
)
def test_what_is_not_one_persons_bundle_is_refused(given: Any, path: str) -> None:
    with pytest.raises(NotABundle) as refused:
        read_bundle(given)
    assert refused.value.path == path
    assert all((refused.value.problem, refused.value.why, refused.value.do))


def test_the_person_has_the_contracts_keys_and_nothing_is_complete() -> None:
    person = read().person
    assert person["schema"] == "wholeperson/person@1"
    assert (person["id"], person["birth_date"]) == ("rosa", "1990-02-28")
    assert [person[key] for key in ("coverage", "facts", "events", "complete")] == [[], [], [], []]
    assert json.loads(json.dumps(person)) == person


def test_resources_that_no_rule_uses_are_counted_by_type() -> None:
    immunizations = [{"resourceType": "Immunization", "id": str(n)} for n in range(3)]
    assert read(*immunizations, {"resourceType": "Basic"}).not_mapped == [
        {"path": "Bundle.entry[*].resource:Immunization", "reason": "3 not used by any rule"},
        {"path": "Bundle.entry[*].resource:Basic", "reason": "1 not used by any rule"},
    ]


def test_a_few_alike_are_listed_and_many_are_counted() -> None:
    heart_rate = observation("8867-4", "x")
    few, many = read(*[heart_rate] * 5).not_mapped, read(*[heart_rate] * 6).not_mapped
    assert [row["path"] for row in few] == [f"Bundle.entry[{n}].resource" for n in range(1, 6)]
    assert many == [
        {"path": "Bundle.entry[1].resource", "reason": "an observation that no rule asks for (the first of 6)"}
    ]


@pytest.mark.parametrize("broken", [None, 7, "text", [], {}, {"resource": None}, {"resource": {"resourceType": 4}}])
def test_a_broken_entry_is_listed_with_its_place(broken: Any) -> None:
    given = bundle()
    given["entry"].append(broken)
    assert [row["path"][:15] for row in read_bundle(given).not_mapped] == ["Bundle.entry[1]"]


@pytest.mark.parametrize(
    "subject",
    [
        {"reference": "Patient/luz"},
        {"reference": "https://ehr.example/fhir/Patient/luz"},
        {"reference": "Group/rosa"},
        {"identifier": {"system": "urn:example", "value": "2"}},
        "Patient/rosa",
        [],
    ],
)
def test_somebody_elses_record_is_left_out(subject: Any) -> None:
    reading = read(encounter(subject=subject), condition("x", "y", subject=subject))
    assert rows(reading, "events") == []
    assert reasons(reading) == ["is about somebody else, or does not say whom it is about"] * 2


@pytest.mark.parametrize(
    "subject",
    [
        {"reference": "Patient/rosa"},
        {"reference": "Patient/rosa/_history/2"},
        {"reference": "https://ehr.example/fhir/Patient/rosa"},
        {"reference": "urn:uuid:0c1e"},
        {"reference": "Patient?identifier=urn:example|1"},
        {"identifier": {"system": "urn:example", "value": "1"}},
        {"display": "the member"},
        None,
    ],
)
def test_the_member_is_known_by_any_of_their_references(subject: Any) -> None:
    given = bundle(encounter(subject=subject), who=patient(identifier=[{"system": "urn:example", "value": "1"}]))
    given["entry"][0]["fullUrl"] = "urn:uuid:0c1e"
    assert len(rows(read_bundle(given), "events")) == 1


def test_no_name_phone_or_address_is_carried_over() -> None:
    who = patient(
        name=[{"family": "Invented", "given": ["Rosa"]}],
        telecom=[{"system": "phone", "value": "415-555-0142"}],
        address=[{"line": ["1 Nowhere Road"], "district": "Contra Costa", "state": "CA"}],
        deceasedBoolean=True,
    )
    told = repr(read(encounter(), who=who))
    assert not [word for word in ("Invented", "Rosa", "0142", "Nowhere") if word in told]
