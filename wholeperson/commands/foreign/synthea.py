"""Synthea's CSV export: patients, what they were insured with, and their visits. Its conditions are SNOMED CT.

Visits have no attributes there: whether one was avoidable or unplanned is not known. Claims repeat the visits and are
not read. Medicaid is coverage by a plan that is not named; other payers are no coverage that counts here.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from wholeperson.commands.foreign.tables import Tables
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.library import Policy

Left = Counter[tuple[str, str]]

EVENTS = {"emergency": "emergency_visit", "inpatient": "hospital_stay", "snf": "nursing_facility_stay"}
RACES = {
    "white": "white",
    "black": "black_or_african_american",
    "asian": "asian",
    "native": "american_indian_or_alaska_native",
    "hawaiian": "native_hawaiian_or_other_pacific_islander",
    "other": "other_race",
    "hispanic": "hispanic_or_latino",
    "nonhispanic": "not_hispanic_or_latino",
}
MEDICAID = ("Medicaid", "Dual Eligible")
READ = ("patients", "encounters", "conditions", "payers", "payer_transitions")
ICD10 = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")


def is_export(folder: Path) -> bool:
    """Known by its two chief files."""
    return (folder / "patients.csv").is_file() and (folder / "encounters.csv").is_file()


def read(folder: Path, tables: Tables, policy: Policy, left: Left) -> None:
    """Write the tables; what has no place in them is counted."""
    for row in _rows(folder, "patients", "Id", "BIRTHDATE"):
        tables.add("members", _member(row, policy, left))
    for period in _coverage(folder, left):
        tables.add("coverage", period)
    for row in _rows(folder, "encounters", "Id", "START", "PATIENT", "ENCOUNTERCLASS"):
        _visit(row, tables, left)
    for row in _rows(folder, "conditions", "START", "PATIENT", "CODE"):
        _condition(row, tables, left)
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in READ:
            left[path.name, "no table of ours has a place for it"] += sum(1 for _ in _rows(folder, path.stem))


def _member(row: dict[str, str], policy: Policy, left: Left) -> dict[str, object]:
    county = row.get("COUNTY", "").removesuffix(" County").lower().replace(" ", "_")
    if county and county not in policy.counties:
        left["patients.csv:COUNTY", "not a county of California"] += 1
        county = ""
    told = [word.lower() for word in (row.get("RACE", ""), row.get("ETHNICITY", "")) if word]
    for word in told:
        if word not in RACES:
            left["patients.csv:RACE", "a race or ethnic group without a word of ours"] += 1
    return {
        "member_id": row["Id"],
        "birth_date": row["BIRTHDATE"][:10],
        "death_date": row.get("DEATHDATE", "")[:10],
        "county": county,
        "race_ethnicity": [RACES[word] for word in told if word in RACES],
        "sex": row.get("GENDER", ""),
    }


def _coverage(folder: Path, left: Left) -> Iterator[dict[str, object]]:
    payers = {row["Id"]: row["NAME"] for row in _rows(folder, "payers", "Id", "NAME")}
    for row in _rows(folder, "payer_transitions", "PATIENT", "PAYER"):
        start = row.get("START_YEAR") or row.get("START_DATE", "")
        end = row.get("END_YEAR") or row.get("END_DATE", "")
        if payers.get(row["PAYER"]) in MEDICAID:
            yield {"member_id": row["PATIENT"], "from": _day(start, "01-01"), "until": _day(end, "12-31")}
        else:
            left["payer_transitions.csv:PAYER", "not Medi-Cal or another Medicaid"] += 1


def _visit(row: dict[str, str], tables: Tables, left: Left) -> None:
    event = EVENTS.get(row["ENCOUNTERCLASS"])
    if event is None:
        left["encounters.csv:ENCOUNTERCLASS", f"a visit of a class that no rule counts: {row['ENCOUNTERCLASS']}"] += 1
        return
    first, last = row["START"][:10], row.get("STOP", "")[:10]
    stay = {} if event == "emergency_visit" else {"until": last, "until_known": bool(last)}
    told = {"member_id": row["PATIENT"], "event": event, "from": first, "id": row["Id"], "source": "clinician"}
    tables.add("spells", {**told, **stay})


def _condition(row: dict[str, str], tables: Tables, left: Left) -> None:
    """A code is taken as ICD-10-CM only where it looks like one."""
    if ICD10.fullmatch(row["CODE"]):
        told = {"member_id": row["PATIENT"], "event": "diagnosis", "from": row["START"][:10], "source": "clinician"}
        tables.add("spells", {**told, "code": row["CODE"], "id": f"{row.get('ENCOUNTER', '')}:{row['CODE']}"})
    else:
        left["conditions.csv:CODE", "SNOMED CT; the policy's code sets are ICD-10-CM"] += 1


def _day(told: str, rest: str) -> str:
    """A day or an instant; older exports tell the year alone."""
    return f"{told}-{rest}" if re.fullmatch(r"\d{4}", told) else told[:10]


def _rows(folder: Path, name: str, *needed: str) -> Iterator[dict[str, str]]:
    path = folder / f"{name}.csv"
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened, restval="")
        for column in needed:
            if column not in (reader.fieldnames or ()):
                problem, why = f"the column {column} is missing", "this folder was taken for an export of Synthea"
                do = "export it again as CSV"
                raise Refused(Problem("missing_column", problem, why, do, Where(path.name), needed))
        yield from reader
