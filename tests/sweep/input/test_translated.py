"""Other people's exports as tables: what is read of them, and that what has no place is named and counted."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.sweep.input.tables import day, imported, rows, write

VARIABLE = "WHOLEPERSON_SYNTHEA"
ABSENT = f"{VARIABLE} names no folder with Synthea's CSV export, so importing a real one is not proved"

SYNTHEA = {
    "patients": "Id,BIRTHDATE,DEATHDATE,RACE,ETHNICITY,GENDER,COUNTY\n"
    "p1,1980-05-04,,black,nonhispanic,F,Contra Costa County\np2,1990-01-01,2020-02-02,white,hispanic,M,Suffolk County",
    "encounters": "Id,START,STOP,PATIENT,ENCOUNTERCLASS\n"
    "e1,2026-03-01T23:10:00Z,2026-03-02T01:00:00Z,p1,emergency\ne2,2026-04-01T08:00:00Z,2026-04-03T08:00:00Z,p1,inpatient\n"
    "e3,2026-05-01T08:00:00Z,,p1,snf\ne4,2026-05-01T08:00:00Z,,p1,wellness",
    "conditions": "START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION\n2026-01-01,,p1,e1,195662009,Sore throat",
    "payers": "Id,NAME\ny1,Medicaid\ny2,Humana",
    "payer_transitions": "PATIENT,START_YEAR,END_YEAR,PAYER\n"
    "p1,2025-01-05T00:00:00Z,2026-01-04T00:00:00Z,y1\np1,2019,2020,y2",
    "supplies": "DATE,PATIENT\n2026-01-01,p1",
}


def test_synthea_visits_have_no_attributes_and_snomed_is_never_guessed(tmp_path: Path) -> None:
    told = imported(write(tmp_path / "in", **SYNTHEA), tmp_path / "store").json
    assert (told["members"], told["translated"]) == (2, "synthea")
    assert all(each["set_aside"] == 0 for each in told["tables"].values())
    assert rows(tmp_path / "store", "members", f"member_id, {day('death')}, county, race_ethnicity", "no") == [
        ("p1", None, "contra_costa", "black_or_african_american;not_hispanic_or_latino"),
        ("p2", "2020-02-02", None, "hispanic_or_latino;white"),
    ]
    columns = f"event, {day('begins')}, {day('ends')}, avoidable, unplanned, term, id"
    assert rows(tmp_path / "store", "happenings", columns, 'no, "at"') == [
        (0, "2026-03-01", "2026-03-01", None, None, None, "e1"),
        (1, "2026-04-01", "2026-04-03", None, None, None, "e2"),
        (2, "2026-05-01", None, None, None, None, "e3"),
    ]
    assert rows(tmp_path / "store", "coverage", f"plan, {day('begins')}, {day('ends')}") == [
        (None, "2025-01-05", "2026-01-04")
    ]
    left = {(each["path"], each["reason"]): each["count"] for each in told["not_mapped"]}
    assert left == {
        ("patients.csv:COUNTY", "not a county of California"): 1,
        ("encounters.csv:ENCOUNTERCLASS", "a visit of a class that no rule counts: wellness"): 1,
        ("conditions.csv:CODE", "SNOMED CT; the policy's code sets are ICD-10-CM"): 1,
        ("payer_transitions.csv:PAYER", "not Medi-Cal or another Medicaid"): 1,
        ("supplies.csv", "no table of ours has a place for it"): 1,
    }
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["in", "store"]


def patient(name: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": name, "birthDate": "1980-05-04", **more}


def encounter(name: str, of: str, kind: str, start: str, **more: Any) -> dict[str, Any]:
    about = {"subject": {"reference": f"Patient/{of}"}, "class": {"code": kind}, "period": {"start": start}}
    return {"resourceType": "Encounter", "id": name, "status": "finished", **about, **more}


def test_fhir_lines_of_many_people_are_each_read_as_one_persons_bundle(tmp_path: Path) -> None:
    coverage = {
        "resourceType": "Coverage", "id": "c1", "status": "active", "beneficiary": {"reference": "Patient/a"},
        "payor": [{"display": "Medi-Cal"}], "period": {"start": "2025-01-01"},
    }  # fmt: skip
    condition = {
        "resourceType": "Condition", "id": "d1", "subject": {"reference": "Patient/b"}, "onsetDateTime": "2026-02-02",
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "Z59.01"}]},
    }  # fmt: skip
    files = {
        "Patient": [patient("b"), patient("a", deceasedDateTime="2026-06-01T10:00:00Z")],
        "Encounter": [encounter("e1", "b", "EMER", "2026-03-01"), encounter("e2", "a", "AMB", "2026-03-01")],
        "Coverage": [coverage],
        "Condition": [condition],
        "Organization": [{"resourceType": "Organization", "id": "o"}],
    }
    (tmp_path / "in").mkdir()
    for name, resources in files.items():
        text = "\n".join(map(json.dumps, resources)) + "\n" + ("{half\n" if name == "Organization" else "")
        (tmp_path / "in" / f"{name}.ndjson").write_text(text)
    told = imported(tmp_path / "in", tmp_path / "store").json
    assert (told["members"], told["translated"]) == (2, "fhir")
    assert rows(tmp_path / "store", "members", f"member_id, {day('death')}", "no") == [("a", "2026-06-01"), ("b", None)]
    assert rows(tmp_path / "store", "coverage", f"no, plan, {day('ends')}") == [
        (0, "other_medi_cal_plan", "9999-12-31")
    ]
    assert rows(tmp_path / "store", "happenings", f"no, {day('begins')}, id") == [(1, "2026-03-01", "Encounter/e1")]
    assert rows(tmp_path / "store", "diagnoses", "no, code") == [(1, "Z59.01")]
    left = {each["path"]: (each["reason"], each["count"]) for each in told["not_mapped"]}
    assert left["Organization.ndjson:Organization"] == ("not about one person", 1)
    assert left["Organization.ndjson"] == ("a line that is not JSON", 1)
    assert left["Bundle.entry[*].resource"] == ("a visit of a class that no rule counts: AMB", 1)


def test_a_whole_export_of_synthea(tmp_path: Path) -> None:
    """27 people of Massachusetts: every one is kept, every visit is counted once, everything else is named."""
    folder = os.environ.get(VARIABLE, "")
    if not folder or not (Path(folder) / "patients.csv").is_file():
        pytest.skip(ABSENT)
    told = imported(Path(folder), tmp_path / "store").json
    assert told["members"] == 27
    assert all(each["set_aside"] == 0 for each in told["tables"].values())
    assert len(rows(tmp_path / "store", "happenings", "event", "ALL")) == 28
    named = {each["path"] for each in told["not_mapped"]}
    assert {"conditions.csv:CODE", "claims.csv", "observations.csv", "patients.csv:COUNTY"} <= named
