"""A store written straight from people, without the import, so that two ways of deciding can be compared."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import pyarrow as pa
import pyarrow.parquet as pq

from wholeperson.rules.known import in_code_set
from wholeperson.rules.language import SOURCES
from wholeperson.rules.person import OPEN, Complete, Happening, Person
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.fingerprints import policy_codes
from wholeperson.sweep.store.schema import BEFORE, STILL, TABLES, WORDED, number

KINDS = {"int16": pa.int16(), "int32": pa.int32(), "int64": pa.int64(), "string": pa.string(), "boolean": pa.bool_()}
Row = dict[str, Any]


def write_store(folder: Path, policy: Policy, people: Sequence[Person]) -> Path:
    """The store of these people, in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    words = tuple(
        dict.fromkeys(word for each in policy.attribute_types.values() for word in each if isinstance(word, str))
    )
    words += tuple(policy.programmes)
    classes = list(dict.fromkeys(person.complete for person in people)) or [()]
    writer = _Writer(policy, words, classes)
    for no, person in enumerate(people):
        writer.person(no, person)
    for name, columns in TABLES.items():
        rows = writer.tables[name]
        table = pa.table({key: pa.array([row.get(key) for row in rows], KINDS[kind]) for key, kind in columns.items()})
        pq.write_table(table, folder / f"{name}.parquet")
    told = {
        "schema": "wholeperson/store@1",
        "members": len(people),
        "policy_codes": policy_codes(policy),
        "words": words,
        "sources": SOURCES,
        "events": list(policy.events),
        "sets": sorted(policy.documents.codes),
        "complete_classes": [[_complete(each) for each in one] for one in classes],
        "tables": {},
        "input": {},
    }
    (folder / "store.json").write_text(json.dumps(told))
    return folder


def _complete(each: Complete) -> Row:
    return {
        "source": each.source,
        "event": each.event,
        "from": each.begins.isoformat(),
        "through": each.through.isoformat(),
    }


def _day(day: date | None) -> int | None:
    return None if day is None else STILL if day == OPEN else number(day)


class _Writer:
    def __init__(self, policy: Policy, words: tuple[str, ...], classes: list[tuple[Complete, ...]]) -> None:
        self.policy, self.words, self.classes = policy, words, classes
        self.tables: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.values: dict[tuple[str, str], int] = {}

    def person(self, no: int, person: Person) -> None:
        self.tables["members"].append(
            {
                "no": no,
                "member_id": f"M{no:04}",
                "birth": _day(person.birth_date),
                "county": person.county,
                "race_ethnicity": ";".join(person.race_ethnicity) if person.race_ethnicity else None,
                "complete_class": self.classes.index(person.complete),
                "fingerprint": crc32(repr(replace(person, complete=())).encode()),
            }
        )
        for each in person.coverage:
            self.tables["coverage"].append(
                {
                    "no": no,
                    "begins": _day(each.begins),
                    "ends": _day(each.ends),
                    "plan": each.plan,
                    "county": each.county,
                    "aid_code": each.aid_code,
                    "share_of_cost": each.share_of_cost,
                }
            )
        self.spans(no, person)
        for at, said in enumerate(person.statements):
            self.tables["statements"].append(
                {
                    "no": no,
                    "at": at,
                    "value": self.value(said.fact, said.value),
                    "begins": _day(said.begins),
                    "ends": _day(said.ends),
                    "learnt": _day(said.learnt),
                    "source": self.source(said.source),
                }
            )
        for at, happening in enumerate(person.happenings):
            self.diagnosis(no, happening) if happening.event == "diagnosis" else self.happening(no, at, happening)

    def spans(self, no: int, person: Person) -> None:
        days: set[int] = set()
        open_from: int | None = None
        for each in person.coverage:
            first = BEFORE if each.begins is None else number(each.begins)
            if each.ends == OPEN:
                open_from = first if open_from is None else min(open_from, first)
            elif each.ends is not None:
                days.update(range(max(first, 15000), number(each.ends) + 1))
        for day in sorted(days):
            self.tables["spans"].append({"no": no, "first": day, "last": day})
        if open_from is not None:
            self.tables["spans"] = [row for row in self.tables["spans"] if row["no"] != no or row["last"] < open_from]
            self.tables["spans"].append({"no": no, "first": open_from, "last": STILL})

    def value(self, fact: str, value: Any) -> int:
        text = json.dumps(value.isoformat() if isinstance(value, date) else value)
        if (fact, text) not in self.values:
            self.values[(fact, text)] = len(self.values)
            self.tables["values"].append({"value": self.values[(fact, text)], "fact": fact, "json": text})
        return self.values[(fact, text)]

    def source(self, source: str | None) -> int | None:
        return None if source is None else SOURCES.index(source)

    def happening(self, no: int, at: int, each: Happening) -> None:
        told = {
            name: self.words.index(value) if name in WORDED else value
            for name, value in each.attributes.items()
            if value is not None
        }
        if release := told.get("expected_release"):
            told["expected_release"] = number(date.fromisoformat(str(release)))
        self.tables["happenings"].append(
            {
                "no": no,
                "at": at,
                "event": list(self.policy.events).index(each.event),
                "begins": _day(each.begins),
                "ends": _day(each.ends),
                "source": self.source(each.source),
                "id": each.id,
                **told,
            }
        )

    def diagnosis(self, no: int, each: Happening) -> None:
        code = each.attributes["code"]
        names = sorted(self.policy.documents.codes)
        sets = sum(1 << at for at, name in enumerate(names) if in_code_set(code, self.policy.codes(name, each.begins)))
        self.tables["diagnoses"].append(
            {
                "no": no,
                "begins": _day(each.begins),
                "ends": _day(each.ends),
                "sets": sets,
                "code": code,
                "source": self.source(each.source),
                "id": each.id,
            }
        )
