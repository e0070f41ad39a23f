"""People as the tables a plan would send: the way from a person of the tests into a sweep."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from wholeperson.rules.person import OPEN, Happening, Person

Row = dict[str, Any]

MEMBERS = ("member_id", "birth_date", "county", "languages", "race_ethnicity")
COVERAGE = ("member_id", "plan", "county", "aid_code", "from", "until", "share_of_cost")
FACTS = ("member_id", "fact", "value", "from", "until", "learnt", "source", "attested_by")
SPELLS = (
    "member_id", "event", "from", "until", "until_known", "id", "source", "learnt", "avoidable", "unplanned", "about",
    "term", "facility_type", "adjudication", "expected_release", "program", "code", "modifiers", "units", "cents",
)  # fmt: skip
COMPLETE = ("source", "from", "through", "event", "member_id")


def write_tables(folder: Path, people: Iterable[tuple[str, Person]], spells: frozenset[str]) -> Path:
    """Every person under a member id; ``spells``: the events that last."""
    tables: dict[str, list[Row]] = {name: [] for name in ("members", "coverage", "facts", "spells", "complete")}
    for name, person in people:
        tables["members"].append(_member(name, person))
        tables["coverage"] += [_coverage(name, each) for each in person.coverage]
        tables["facts"] += [_fact(name, each) for each in person.statements if each.fact != "birth_date"]
        tables["spells"] += [_spell(name, each, spells) for each in person.happenings]
        tables["complete"] += _complete(name, person)
    folder.mkdir(parents=True, exist_ok=True)
    columns = {"members": MEMBERS, "coverage": COVERAGE, "facts": FACTS, "spells": SPELLS, "complete": COMPLETE}
    for name, rows in tables.items():
        made = pa.table(
            {column: pa.array([_text(row.get(column)) for row in rows], pa.string()) for column in columns[name]}
        )
        pq.write_table(made, folder / f"{name}.parquet") if name != "complete" else _as_csv(folder, made)
    return folder


def _as_csv(folder: Path, made: pa.Table) -> None:

    csv.write_csv(made, folder / "complete.csv")


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(value) if isinstance(value, tuple | list) else str(value)


def _until(ends: date | None) -> date | None:
    return None if ends == OPEN else ends


def _member(name: str, person: Person) -> Row:
    return {"member_id": name, "birth_date": person.birth_date, "county": person.county,
            "languages": person.languages or None, "race_ethnicity": person.race_ethnicity}  # fmt: skip


def _coverage(name: str, each: Any) -> Row:
    return {"member_id": name, "plan": each.plan, "county": each.county, "aid_code": each.aid_code, "from": each.begins,
            "until": _until(each.ends), "share_of_cost": each.share_of_cost}  # fmt: skip


def _fact(name: str, each: Any) -> Row:
    return {"member_id": name, "fact": each.fact, "value": each.value, "from": each.begins, "until": each.ends,
            "learnt": each.learnt, "source": each.source, "attested_by": each.attested_by}  # fmt: skip


def _spell(name: str, each: Happening, spells: frozenset[str]) -> Row:
    told = {key: _text(value) for key, value in each.attributes.items()}
    ends = {"until": _until(each.ends), "until_known": each.ends is not None} if each.event in spells else {}
    return {"member_id": name, "event": each.event, "from": each.begins, **ends, "id": each.id, "source": each.source,
            "learnt": each.learnt, **told}  # fmt: skip


def _complete(name: str, person: Person) -> list[Row]:
    return [{"member_id": name, "source": each.source, "event": each.event, "from": each.begins,
             "through": each.through} for each in person.complete]  # fmt: skip
