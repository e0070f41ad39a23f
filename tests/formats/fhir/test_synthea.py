"""Synthetic bundles of another project, where they are at hand: read whole, quickly, with all of it accounted for."""

import json
import os
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from wholeperson.formats.fhir import read_bundle

VARIABLE = "WHOLEPERSON_SYNTHEA_FHIR"
ABSENT = f"{VARIABLE} names no folder with Synthea FHIR R4 bundles, so reading real ones is not proved"


def synthea_bundles() -> list[dict[str, Any]]:
    folder = os.environ.get(VARIABLE, "")
    found = sorted(Path(folder).glob("*.json")) if folder else []
    if not found:
        pytest.skip(ABSENT)
    return [json.loads(path.read_text(encoding="utf-8")) for path in found]


@pytest.fixture(scope="module")
def bundles() -> list[dict[str, Any]]:
    return synthea_bundles()


def test_each_is_read(bundles: list[dict[str, Any]]) -> None:
    for bundle in bundles:
        person = read_bundle(bundle).person
        assert person["id"] == bundle["entry"][0]["resource"]["id"]
        assert person["languages"] == ["en-US"]
        assert person["race_ethnicity"]


def test_nobody_of_massachusetts_has_a_county_or_a_plan_here(bundles: list[dict[str, Any]]) -> None:
    for bundle in bundles:
        person = read_bundle(bundle).person
        assert "county" not in person
        assert person["coverage"] == []


def test_every_emergency_visit_is_found(bundles: list[dict[str, Any]]) -> None:
    for bundle in bundles:
        resources = [entry["resource"] for entry in bundle["entry"]]
        wanted = [r["period"]["start"][:10] for r in resources if r.get("class", {}).get("code") == "EMER"]
        events = read_bundle(bundle).person["events"]
        assert [event["on"] for event in events if event["event"] == "emergency_visit"] == wanted


def test_every_resource_is_used_or_listed(bundles: list[dict[str, Any]]) -> None:
    for bundle in bundles:
        resources = Counter(entry["resource"]["resourceType"] for entry in bundle["entry"])
        reading = read_bundle(bundle)
        used = len({event["id"].partition("#")[0] for event in reading.person["events"]}) + 1  # and the Patient
        assert used + left_out(reading.not_mapped) == sum(resources.values())


def left_out(not_mapped: list[dict[str, str]]) -> int:
    """Whole resources only: not parts of them, such as a contained coverage or a date of death."""
    count = 0
    for row in not_mapped:
        if row["path"].startswith("Bundle.entry[*]"):
            count += int(row["reason"].partition(" ")[0])
        elif row["path"].endswith(".resource"):
            many = re.search(r"the first of (\d+)", row["reason"])
            count += int(many[1]) if many else 1
    return count


def test_no_name_is_carried_over(bundles: list[dict[str, Any]]) -> None:
    for bundle in bundles:
        name = bundle["entry"][0]["resource"]["name"][0]["family"]
        assert name not in repr(read_bundle(bundle))


def test_reading_takes_no_time_to_speak_of(bundles: list[dict[str, Any]]) -> None:
    """The best of a few runs, so that a busy machine does not fail it."""
    for bundle in bundles:
        assert min(seconds(bundle) for _ in range(5)) < 0.015


def seconds(bundle: dict[str, Any]) -> float:
    begun = time.perf_counter()
    read_bundle(bundle)
    return time.perf_counter() - begun
