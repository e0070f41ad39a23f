"""From the file of medical claims to what it makes: events and diagnoses, as parts of the import."""

from pathlib import Path
from typing import NamedTuple

from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.claims.classify import Classified
from wholeperson.sweep.input.claims.events import Events, service_codes
from wholeperson.sweep.input.claims.final import doubted_claims, dropped_lines
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
    doubted = parts.query(connection, "claims-doubted.parquet", doubted_claims(lines))
    dropped = parts.query(connection, "claims-dropped.parquet", dropped_lines(lines, parquet(doubted), out, places))
    out = " UNION ALL ".join(each for each in (out, _some(dropped, connection)) if each) or None
    services = service_codes(known.rules.service[1], known.policy, connection) if known.rules.service else ()
    diagnosed = parts.query(connection, "claims-diagnoses.parquet", _diagnosed(lines, places, known.rules, out))
    _standing(lines, places, lines.may_make(known.rules, services), out, parts, connection)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW claim_codes AS FROM {parquet(diagnosed)}")
    events = Events(known.rules, known.policy, known.words, known.events)
    one_source = one(connection, "SELECT count(DISTINCT source) FROM claim_lines") < 2
    read = int(one(connection, f"SELECT count(*) FROM {lines.rows}"))
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
    known = f"(SELECT raw FROM code_days WHERE mask & {wanted} <> 0)"
    each = [
        lines.read(
            {"day": lines.day, "code": lines.code(place), "id": lines.values["claim"]},
            f"{lines.code(place)} IN {known}",
            out,
        )
        for place in places
    ]
    every = " UNION ALL ".join(each) or "SELECT 0 AS no, 0 AS day, '' AS code, '' AS id WHERE false"
    return f"""
        SELECT no, day AS begins, code, id, mask & {wanted} AS mask
        FROM (SELECT DISTINCT no, day, code, id FROM ({every})) JOIN code_days
             ON raw = code AND day BETWEEN first AND last WHERE mask & {wanted} <> 0
    """


def _standing(
    lines: Lines, places: list[str], makes: str, out: str | None, parts: Parts, connection: Connection
) -> None:
    """The lines that can make an event by their own codes, whole, as the view ``claim_lines``."""
    first = lines.code(places[0]) if places and places[0] == "diagnosis_code_1" else "CAST(NULL AS VARCHAR)"
    rows = lines.read({**lines.values, "primary_code": first}, makes, out)
    kept = parts.query(connection, "claims-standing.parquet", rows)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW claim_lines AS FROM {parquet(kept)}")
