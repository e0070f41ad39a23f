"""FHIR R4 in NDJSON, as a bulk export writes it: one resource a line, many people in a file.

The resources of one person are brought together and read as their Bundle, so one person and a whole export are read by
the same code. People are spread over work files first: no more of them are in memory than a work file holds.
"""

import json
import re
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from wholeperson.commands.foreign.tables import Tables
from wholeperson.formats.fhir import NotABundle, read_bundle
from wholeperson.rules.calendar import as_day
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.person_json import fact_value

Left = Counter[tuple[str, str]]

ABOUT = ("subject", "patient", "beneficiary")
SHARED = ("Organization", "Practitioner", "PractitionerRole", "Location", "Questionnaire", "Medication")
A_WORK_FILE = 64 * 1024 * 1024  # bytes of input
MOST_WORK_FILES = 256
SEVERAL = re.compile(r" \(the first of (\d+)\)$|^(\d+) ")
PLACES = re.compile(r"\[\d+\]")


def is_export(folder: Path) -> bool:
    """Known by its ending."""
    return any(folder.glob("*.ndjson"))


def read(folder: Path, tables: Tables, policy: Policy, left: Left) -> None:
    """Write the tables; what has no place in them is counted."""
    paths = sorted(folder.glob("*.ndjson"))
    size = sum(path.stat().st_size for path in paths)
    with tempfile.TemporaryDirectory(dir=tables.folder) as work:
        for each in _spread(paths, Path(work), min(size // A_WORK_FILE + 1, MOST_WORK_FILES), left):
            for person, resources in sorted(_by_person(each).items()):
                _write(person, resources, tables, policy, left)


def _spread(paths: list[Path], work: Path, number: int, left: Left) -> list[Path]:
    files = [work / f"{at}.ndjson" for at in range(number)]
    with ExitStack() as stack:
        opened = [stack.enter_context(each.open("w", encoding="utf-8")) for each in files]
        for path in paths:
            for resource in _resources(path, left):
                person = _person_of(resource)
                if person is None:
                    kind = resource.get("resourceType")
                    why = "not about one person" if kind in SHARED else "it does not say whom it is about"
                    left[f"{path.name}:{kind}", why] += 1
                else:
                    opened[zlib.crc32(person.encode()) % number].write(json.dumps([person, resource]) + "\n")
    return files


def _resources(path: Path, left: Left) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        for line in lines:
            try:
                resource = json.loads(line) if line.strip() else None
            except (ValueError, RecursionError):
                left[path.name, "a line that is not JSON"] += 1
                continue
            if isinstance(resource, dict):
                yield resource
            elif resource is not None:
                left[path.name, "a line that is no resource"] += 1


def _person_of(resource: dict[str, Any]) -> str | None:
    if resource.get("resourceType") == "Patient":
        told = resource.get("id")
        return told if isinstance(told, str) and told else None
    for key in ABOUT:
        about = resource.get(key)
        reference = about.get("reference") if isinstance(about, dict) else None
        if isinstance(reference, str) and reference:
            return re.split("[/:]", reference)[-1]
    return None


def _by_person(path: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            person, resource = json.loads(line)
            found.setdefault(person, []).append(resource)
    return found


def _write(person: str, resources: list[dict[str, Any]], tables: Tables, policy: Policy, left: Left) -> None:
    entries = [{"fullUrl": f"{each.get('resourceType')}/{each.get('id')}", "resource": each} for each in resources]
    bundle: dict[str, object] = {"resourceType": "Bundle", "type": "collection", "entry": entries}

    def fits(fact: str, value: object) -> bool:
        return fact_value(policy.facts[policy.aliases.get(fact, fact)], value)[0]

    try:
        read_ = read_bundle(bundle, {*policy.facts, *policy.aliases}, fits)
    except NotABundle as refused:
        left["Patient", refused.problem] += len(resources)
        return
    for each in read_.not_mapped:
        reason, times = _counted(each["reason"])
        if "deceased" not in each["path"]:
            left[PLACES.sub("[*]", each["path"]), reason] += times
    told: Any = read_.person
    kept = ("birth_date", "county", "languages", "race_ethnicity")
    tables.add(
        "members", {"member_id": person, "death_date": _death(resources), **{key: told.get(key) for key in kept}}
    )
    for row in told["coverage"]:
        tables.add("coverage", {"member_id": person, **row})
    for row in told["facts"]:
        tables.add("facts", {"member_id": person, **row})
    for row in told["events"]:
        tables.add("spells", {"member_id": person, **_event(row)})


def _counted(reason: str) -> tuple[str, int]:
    """A reason that speaks of several, and of how many."""
    found = SEVERAL.search(reason)
    return (SEVERAL.sub("", reason).strip(), int(found[1] or found[2])) if found else (reason, 1)


def _death(resources: list[dict[str, Any]]) -> str | None:
    told = (each.get("deceasedDateTime") for each in resources if each.get("resourceType") == "Patient")
    return next((each[:10] for each in told if isinstance(each, str) and as_day(each[:10])), None)


def _event(row: dict[str, Any]) -> dict[str, Any]:
    """`until` left out is an end that nobody told; an event's own day is its end."""
    told = {("from" if key == "on" else key): value for key, value in row.items()}
    return told if "on" in row else {**told, "until_known": "until" in row}
