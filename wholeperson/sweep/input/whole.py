"""The whole import, step by step: tables in, the store out, whole or absent."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from wholeperson import __version__
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input import complete, coverage, diagnoses, facts, happenings, members, spells
from wholeperson.sweep.input.allowed import Lists, lists_of, words_of
from wholeperson.sweep.input.claims.classify import classified
from wholeperson.sweep.input.claims.made import FromClaims, Vocabulary, from_claims
from wholeperson.sweep.input.claims.pharmacy import stage_pharmacy
from wholeperson.sweep.input.coded import coded_rows, number_codes, write_diagnoses
from wholeperson.sweep.input.columns import BY_NAME
from wholeperson.sweep.input.counts import count_claims, count_tables
from wholeperson.sweep.input.database import Connection, connect
from wholeperson.sweep.input.fingerprints import fingerprints, input_key, policy_codes
from wholeperson.sweep.input.found import Found, find_tables
from wholeperson.sweep.input.parts import UNFILTERED, Parts, keep, write_json
from wholeperson.sweep.input.set_aside import set_aside
from wholeperson.sweep.limits import machine_permitting
from wholeperson.sweep.placing import put_back, put_in_place
from wholeperson.sweep.store.schema import ROW_GROUP

SCHEMA = "wholeperson/store@1"
STORE_FILE = "store.json"
MEMBERS_A_GROUP = 50_000


class Setting(NamedTuple):
    """How much of the machine may be used, and who is told how it goes."""

    memory: str | None = None
    threads: int | None = None
    tell: Callable[[str], None] = lambda _: None


class Imported(NamedTuple):
    """What an import did."""

    store: Path
    members: int
    tables: dict[str, dict[str, Any]]
    absent: list[str]


def import_tables(folder: Path, store: Path, policy: Policy, setting: Setting) -> Imported:
    """Write the store; refused with nothing written where the input cannot be used at all."""
    put_back(store)
    _may_be_written(store)
    with connect() as looking:
        found = find_tables(folder, looking)
    key = input_key(found, policy, __version__)
    working = store.with_name(f".{store.name}.importing")
    parts = Parts(working, key, setting.tell)
    with machine_permitting(), connect(working / "spill", setting.memory, setting.threads) as connection:
        document = _Import(found, policy, parts, connection).run()
    _put_in_place(working, store)
    absent = [each for each in ("coverage", "medical_claim", "facts", "spells", "complete") if each not in found]
    return Imported(store, document["members"], document["tables"], absent)


class _Import:
    """One import: the tables found, the policy, and where parts are kept."""

    def __init__(self, found: dict[str, Found], policy: Policy, parts: Parts, connection: Connection) -> None:
        self.found, self.policy, self.parts, self.connection = found, policy, parts, connection
        self.lists: Lists = lists_of(policy)
        self.words, self.events = words_of(policy), tuple(policy.events)
        self.rules = classified(policy)
        self.claims: FromClaims | None = None
        self.staged: dict[str, Path] = {}

    def run(self) -> dict[str, Any]:
        """All steps; returns store.json."""
        self.stage()
        self.write_tables()
        return self.finish()

    def stage(self) -> None:
        """Check every row of every table."""
        parts, connection, found, lists = self.parts, self.connection, self.found, self.lists
        self.staged["members"] = members.stage_members(found["members"], lists, parts, connection)
        self.kept = members.number_members(self.staged["members"], parts, connection)
        if "spells" in found:
            self.staged["spells"] = spells.stage_spells(found["spells"], lists, self.policy, parts, connection)
        if "coverage" in found:
            self.staged["coverage"] = coverage.stage_coverage(found["coverage"], lists, parts, connection)
        diagnoses.code_patterns(self.policy, self.rules.sets, connection)
        told = diagnoses.told(self.staged.get("spells"), lists["sources"], connection)
        if "medical_claim" in found:
            known = Vocabulary(self.policy, self.rules, lists, self.words, self.events)
            self.claims = from_claims(found["medical_claim"], known, told, parts, connection)
        else:
            number_codes(told, connection, claims=False)
            write_diagnoses(coded_rows(None, (), told, self.rules, lists) if told else None, parts, connection)
        if "pharmacy_claim" in found:
            self.staged["pharmacy_claim"] = stage_pharmacy(found["pharmacy_claim"], lists, parts, connection)
        if "facts" in found:
            self.staged["facts"] = facts.stage_facts(found["facts"], lists, self.policy, parts, connection)
        if "complete" in found:
            self.staged["complete"] = complete.stage_complete(found["complete"], lists, parts, connection)

    def write_tables(self) -> None:
        """What sweeps read, in member order."""
        staged, lists = self.staged.get, self.lists
        covered = self.write("coverage.parquet", coverage.coverage(staged("coverage")))
        self.write("spans.parquet", coverage.spans(covered))
        values = self.write("values.parquet", facts.values(staged("facts")))
        self.write("statements.parquet", facts.statements(staged("facts"), values, lists))
        told = happenings.told(staged("spells"), lists, self.words, self.events)
        claims = lists["sources"].index("claims")
        made = happenings.claimed(self.claims.events, claims) if self.claims else happenings.EMPTY
        self.write("happenings.parquet", happenings.happenings(told, made))
        spoilt = {"medical_claim": self.claims.spoilt} if self.claims else {}
        self.write("set_aside.parquet", set_aside(self.found, {**self.staged, **spoilt}, self.parts))

    def write(self, name: str, query: str) -> Path:
        """A table of the store."""
        return self.parts.query(self.connection, name, query, self.form())

    def form(self) -> str:
        """The store's Parquet: a row group holds what is about so many members' rows.

        A dictionary of more days than one row in thirty has costs time, and room as well.
        """
        return f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}, DICTIONARY_SIZE_LIMIT 250, {UNFILTERED}"

    def finish(self) -> dict[str, Any]:
        """The members, with what they are complete in and a print of all that is known of them; and store.json."""
        found, own = complete.classes(self.staged.get("complete"), self.connection)
        prints = fingerprints(self.kept, self.parts.folder, own)
        self.write("members.parquet", prints)
        staged = {name: self.staged[name] for name in BY_NAME if name in self.staged}
        tables = count_tables(self.found, staged, self.parts, self.connection)
        if self.claims:
            tables["medical_claim"] = count_claims(
                self.found["medical_claim"], self.claims, self.parts, self.connection
            )
        document = {
            "schema": SCHEMA,
            "members": tables["members"]["kept"] - tables["members"].get("duplicates", 0),
            "policy_codes": policy_codes(self.policy),
            "words": list(self.words),
            "sources": list(self.lists["sources"]),
            "events": list(self.events),
            "sets": list(self.rules.evidence),
            "complete_classes": [[_complete_row(row) for row in each] for each in found],
            "tables": tables,
            "input": {each.path.name: _file_hash(each.path) for each in self.found.values()},
        }
        write_json(self.parts.folder / STORE_FILE, document)
        return document


def _complete_row(row: complete.Row) -> dict[str, str | None]:
    return dict(zip(("source", "event", "from", "through"), row, strict=True))


def _file_hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "blake2b").hexdigest()[:32]


STORED = (
    "members.parquet", "coverage.parquet", "spans.parquet", "values.parquet", "statements.parquet",
    "happenings.parquet", "diagnoses.parquet", "set_aside.parquet", STORE_FILE,
)  # fmt: skip


def _may_be_written(store: Path) -> None:
    """A store may be replaced; anything else in its place is somebody's."""
    if not store.exists() or (store.is_dir() and (not any(store.iterdir()) or _is_store(store))):
        return
    raise Refused(
        Problem(
            "not_a_store",
            "there is something else in the place of the store",
            "it would be lost",
            "name a folder that is empty, not there yet, or a store",
            Where(store.name),
        )
    )


def _is_store(store: Path) -> bool:
    try:
        document = json.loads((store / STORE_FILE).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(document, dict) and str(document.get("schema", "")).startswith("wholeperson/store@")


def _put_in_place(working: Path, store: Path) -> None:
    """The finished tables become the store; an older store stays until then."""
    ready = working.with_suffix(".ready")
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir()
    for each in STORED:
        keep(working / each, ready / each)
    put_in_place(ready, store)
    shutil.rmtree(working)
