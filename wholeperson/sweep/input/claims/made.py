"""From the file of medical claims to what it makes: events and diagnoses, as parts of the import."""

from pathlib import Path
from typing import NamedTuple

from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.claims.classify import Classified
from wholeperson.sweep.input.claims.events import Events, service_codes
from wholeperson.sweep.input.claims.final import doubted_claims, dropped_lines, final_words, in_doubt
from wholeperson.sweep.input.claims.lines import Lines
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
    diagnoses: Path


def from_claims(found: Found, known: Vocabulary, parts: Parts, connection: Connection) -> FromClaims:
    """Check, find the lines that stand, and make events of them."""
    lines = Lines(found, known.lists, parts, connection)
    places = lines.look_codes_up()
    spoilt = parts.query(connection, "claims-spoilt.parquet", lines.spoilt())
    out = _some(spoilt, connection)
    doubted = doubted_claims(lines, parts, connection)
    services = service_codes(known.rules.service[1], known.policy, connection) if known.rules.service else ()
    some = _some_lines(lines, places, lines.may_make(known.rules, services), in_doubt(lines, parquet(doubted)), out)
    wide = parts.query(connection, "claims-wide.parquet", final_words(lines, some))
    dropped = parts.query(connection, "claims-dropped.parquet", dropped_lines(wide))
    dropped_rows = _some(dropped, connection)
    out = " UNION ALL ".join(each for each in (out, dropped_rows) if each) or None
    diagnosed = parts.query(connection, "claims-diagnoses.parquet", _diagnosed(lines, places, known.rules, out))
    stands = f" AND row NOT IN ({dropped_rows})" if dropped_rows else ""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW claim_lines AS FROM {parquet(wide)} WHERE makes{stands}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW claim_codes AS FROM {parquet(diagnosed)}")
    events = Events(known.rules, known.policy, known.words, known.events)
    one_source = one(connection, "SELECT count(DISTINCT source) FROM claim_lines") < 2
    read = int(one(connection, f"SELECT count(*) FROM {lines.bare}"))
    return FromClaims(
        read,
        spoilt,
        dropped,
        parts.query(connection, "claims-events.parquet", events.query(one_source=one_source)),
        diagnosed,
    )


def _some(part: Path, connection: Connection) -> str | None:
    """SQL of the rows of a part, None when it has none."""
    return f"SELECT row FROM {parquet(part)}" if one(connection, f"SELECT count(*) FROM {parquet(part)}") else None


def _diagnosed(lines: Lines, places: list[str], rules: Classified, out: str | None) -> str:
    """Every code in any position that carries a fact or shows a pregnancy, once for a day of a claim, with its sets."""
    wanted = rules.told_by_diagnosis
    if not places:
        return "SELECT 0 AS no, 0 AS begins, '' AS code, '' AS id, 0 AS mask WHERE false"
    known = f"(SELECT raw FROM code_days WHERE mask & {wanted} <> 0)"
    codes = {f"of_{each}": f"CASE WHEN {lines.code(each)} IN {known} THEN {lines.code(each)} END" for each in places}
    rows = lines.some(codes, f"coalesce({', '.join(codes)}) IS NOT NULL")
    values = {"day": lines.day, "code": f"unnest([{', '.join(codes)}])", "id": lines.values["claim"]}
    return f"""
        SELECT no, day AS begins, code, id, mask & {wanted} AS mask
        FROM (SELECT DISTINCT no, day, code, id FROM ({lines.read(values, rows, out)}) WHERE code IS NOT NULL)
             JOIN code_days ON raw = code AND day BETWEEN first AND last WHERE mask & {wanted} <> 0
    """


def _some_lines(lines: Lines, places: list[str], makes: str, doubted: str, out: str | None) -> str:
    """The lines that may make an event by their own codes, and those whose last word is in doubt, whole."""
    first = lines.code(places[0]) if places and places[0] == "diagnosis_code_1" else "CAST(NULL AS VARCHAR)"
    codes = f"CASE WHEN doubted THEN {lines.known_codes(places)} END"
    values = {**lines.values, "primary_code": first, "codes": codes, "makes": "makes", "doubted": "doubted"}
    marks = {"makes": f"coalesce({makes}, false)", "doubted": f"coalesce({doubted}, false)"}
    return lines.read(values, lines.some(marks, "makes OR doubted"), out)
