"""Patient: an id, a date of birth, a county of California, languages, race and ethnicity; no name of anybody."""

from typing import Any

import pytest

from tests.formats.fhir.bundles import bundle, patient, read, reasons
from wholeperson.formats.fhir import read_bundle

US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"


def category(kind: str, *codes: str) -> dict[str, Any]:
    parts = [{"url": "ombCategory", "valueCoding": {"code": code}} for code in codes]
    return {"url": f"{US_CORE}{kind}", "extension": [*parts, {"url": "text", "valueString": "in words"}]}


@pytest.mark.parametrize(
    ("address", "county"),
    [
        ({"district": "Contra Costa", "state": "CA"}, "contra_costa"),
        ({"district": "Contra Costa County", "state": "California"}, "contra_costa"),
        ({"district": "LOS ANGELES"}, "los_angeles"),
        ({"district": "Orange", "state": "FL"}, None),
        ({"district": "Worcester", "state": "CA"}, None),
        ({"district": "Kern", "state": "CA", "use": "old"}, None),
        ({"district": 7}, None),
        ("Kern", None),
    ],
)
def test_only_a_county_of_california_is_a_county(address: Any, county: str | None) -> None:
    assert read(who=patient(address=[address])).person.get("county") == county


def test_the_first_address_that_lies_in_california_counts() -> None:
    addresses = [{"district": "Clark", "state": "NV"}, {"district": "San Luis Obispo", "state": "CA"}]
    assert read(who=patient(address=addresses)).person["county"] == "san_luis_obispo"


def test_the_preferred_language_comes_first() -> None:
    spoken = [
        {"language": {"coding": [{"code": "en-US"}]}},
        {"language": {"coding": [{"code": "es"}]}, "preferred": True},
        {"language": {"text": "Mixteco"}},
    ]
    reading = read(who=patient(communication=spoken))
    assert reading.person["languages"] == ["es", "en-US"]
    assert reasons(reading) == ["a language without a BCP 47 code"]


def test_race_and_ethnicity_are_words() -> None:
    told = [category("race", "2054-5", "1002-5"), category("ethnicity", "2186-5"), {"url": f"{US_CORE}birthsex"}]
    assert read(who=patient(extension=told)).person["race_ethnicity"] == [
        "black_or_african_american",
        "american_indian_or_alaska_native",
        "not_hispanic_or_latino",
    ]


@pytest.mark.parametrize("code", ["UNK", "ASKU", "", None, 5])
def test_unknown_race_is_no_race(code: Any) -> None:
    reading = read(who=patient(extension=[category("race", code)]))
    assert reading.person["race_ethnicity"] == []
    assert reasons(reading) == ["race or ethnicity without a category we know"]


@pytest.mark.parametrize(
    ("own", "full_url", "expected"),
    [
        ("rosa", "urn:uuid:0c1e-4", "rosa"),
        (None, "urn:uuid:0c1e-4", "0c1e-4"),
        ("Rosa Invented", "https://ehr.example/Patient/9", "9"),
        (12, "", "patient"),
    ],
)
def test_the_id_is_the_resources_own_and_never_a_name(own: Any, full_url: str, expected: str) -> None:
    given = bundle(who=patient(id=own))
    given["entry"][0]["fullUrl"] = full_url
    assert read_bundle(given).person["id"] == expected


@pytest.mark.parametrize("died", [{"deceasedBoolean": True}, {"deceasedDateTime": "2026-01-01"}])
def test_a_death_has_no_fact(died: dict[str, Any]) -> None:
    assert reasons(read(who=patient(**died))) == ["no rule asks whether somebody has died"]
    assert reasons(read(who=patient(deceasedBoolean=False))) == []
