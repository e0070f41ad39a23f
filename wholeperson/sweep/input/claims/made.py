"""From the file of medical claims to what it makes: events and diagnoses, as parts of the import."""

from pathlib import Path
from typing import NamedTuple

from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.claims.classify import Classified
from wholeperson.sweep.input.claims.events import Events, diagnoses, service_codes
from wholeperson.sweep.input.claims.final import dropped_lines
from wholeperson.sweep.input.claims.lines import Lines
from wholeperson.sweep.input.database import Connection, parquet
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
    """The parts that claims became."""

    staged: Path
    dropped: Path
    events: Path
    diagnoses: Path


def from_claims(found: Found, known: Vocabulary, parts: Parts, connection: Connection) -> FromClaims:
    """Check, find the lines that stand, and make events of them."""
    services = service_codes(known.rules.service[1], known.policy, connection) if known.rules.service else ()
    lines = Lines(found, known.lists, parts, connection)
    staged = lines.stage(known.rules, services)
    dropped = dropped_lines(staged, parts, connection)
    _views(staged, dropped, parts, connection)
    events = Events(known.rules, known.policy, known.words, known.events)
    return FromClaims(
        staged,
        dropped,
        parts.query(connection, "claims-events.parquet", events.query()),
        parts.query(connection, "claims-diagnoses.parquet", diagnoses(known.rules)),
    )


def _views(staged: Path, dropped: Path, parts: Parts, connection: Connection) -> None:
    standing = parts.query(
        connection,
        "claims-standing.parquet",
        f"SELECT * EXCLUDE (spoilt, makes) FROM {parquet(staged)} AS lines WHERE spoilt IS NULL AND makes "
        f"AND NOT EXISTS (FROM {parquet(dropped)} AS dropped WHERE dropped.row = lines.row)",
    )
    codes = parts.folder / "claim-codes.parquet"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW claim_lines AS FROM {parquet(standing)}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW code_days AS FROM {parquet(codes)}")
