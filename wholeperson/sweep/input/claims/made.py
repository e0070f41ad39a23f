"""From the file of medical claims to what it makes: events and diagnoses, as parts of the import."""

from pathlib import Path
from typing import NamedTuple

from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.claims.classify import Classified
from wholeperson.sweep.input.claims.events import Events, service_codes
from wholeperson.sweep.input.claims.final import doubted_claims, dropped_lines, final_words, looked_up
from wholeperson.sweep.input.claims.lines import Lines
from wholeperson.sweep.input.coded import Coded, coded_rows, number_codes, write_diagnoses
from wholeperson.sweep.input.database import Connection, one, parquet
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import Parts


class Vocabulary(NamedTuple):
    """What the policy calls things, in the order of the store."""

    policy: Policy
    rules: Classified
    lists: Lists
    words: tuple[str, ...]
    events: tuple[str, ...]


class FromClaims(NamedTuple):
    """How many lines were read, and the parts that they became."""

    read: int
    spoilt: Path
    dropped: Path
    events: Path


def from_claims(found: Found, known: Vocabulary, told: str | None, parts: Parts, connection: Connection) -> FromClaims:
    """Check, find the lines that stand, and make events of them; and the store's diagnoses, ``told`` by spells too."""
    lines = Lines(found, known.lists, parts, connection)
    places = lines.look_codes_up()
    number_codes(told, connection, claims=True)
    spoilt = parts.query(connection, "claims-spoilt.parquet", lines.spoilt())
    out = _some(spoilt, connection)
    doubted = doubted_claims(lines, parts, connection)
    services = service_codes(known.rules.service[1], known.policy, connection) if known.rules.service else ()
    some = _some_lines(lines, places, lines.may_make(known.rules, services), looked_up(lines, doubted), out)
    wide = parts.query(connection, "claims-wide.parquet", final_words(lines, some))
    dropped = parts.query(connection, "claims-dropped.parquet", dropped_lines(wide))
    dropped_rows = _some(dropped, connection)
    out = " UNION ALL ".join(each for each in (out, dropped_rows) if each) or None
    shown = write_diagnoses(_coded(lines, places, known, told, out), parts, connection)
    stands = f" AND row NOT IN ({dropped_rows})" if dropped_rows else ""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW claim_lines AS FROM {parquet(wide)} WHERE makes{stands}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW claim_codes AS FROM {parquet(shown)}")
    events = Events(known.rules, known.policy, known.words, known.events)
    one_source = one(connection, "SELECT count(DISTINCT source) FROM claim_lines") < 2
    read = int(one(connection, f"SELECT count(*) FROM {lines.bare}"))
    return FromClaims(
        read,
        spoilt,
        dropped,
        parts.query(connection, "claims-events.parquet", events.query(one_source=one_source)),
    )


def _some(part: Path, connection: Connection) -> str | None:
    """SQL of the rows of a part, None when it has none."""
    return f"SELECT row FROM {parquet(part)}" if one(connection, f"SELECT count(*) FROM {parquet(part)}") else None


def _coded(lines: Lines, places: list[str], known: Vocabulary, told: str | None, out: str | None) -> Coded | None:
    """The lines with a code in any position that carries a fact or shows a pregnancy, and what spells tell."""
    if not places and not told:
        return None
    wanted = known.rules.told_by_diagnosis
    numbers = {f"of_{each}": f"of_{each}" for each in places}
    values = {"begins": lines.day, "id": lines.values["claim"], **numbers}
    rows = lines.read(values, lines.coded(places, wanted), out) if places else None
    return coded_rows(rows, tuple(numbers), told, known.rules, known.lists)


def _some_lines(lines: Lines, places: list[str], makes: str, doubted: str, out: str | None) -> str:
    """The lines that may make an event by their own codes, and those whose last word is in doubt, whole."""
    first = lines.code(places[0]) if places and places[0] == "diagnosis_code_1" else "CAST(NULL AS VARCHAR)"
    codes = f"CASE WHEN again THEN {lines.known_codes(places)} END"
    marks = {"makes": f"coalesce({makes}, false)", "doubted": "doubt.again IS NOT NULL", "again": "doubt.again"}
    values = {**lines.values, "primary_code": first, "codes": codes, **{each: each for each in marks}}
    return lines.read(values, lines.some(marks, doubted, "makes OR doubted"), out)
