"""How many rows of each table were read, kept and set aside, and how many of the kept say what another says."""

from pathlib import Path
from typing import Any

from wholeperson.sweep.input.claims.made import FromClaims
from wholeperson.sweep.input.database import Connection, name, one, parquet
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import Parts


def count_tables(
    found: dict[str, Found], staged: dict[str, Path], parts: Parts, connection: Connection
) -> dict[str, dict[str, Any]]:
    """The counts of each table: read = kept + set_aside."""
    return {each: _count(found[each], path, parts, connection) for each, path in staged.items()}


def _count(found: Found, staged: Path, parts: Parts, connection: Connection) -> dict[str, Any]:
    query = f"SELECT count(*), count(*) FILTER (spoilt IS NULL) FROM {parquet(staged)}"
    row = connection.execute(query).fetchone()
    rows, kept = row if row else (0, 0)
    lost = _torn(found, parts, connection)
    return {
        "read": rows + lost,
        "kept": kept,
        "set_aside": rows + lost - kept,
        "duplicates": _duplicates(found, staged, connection),
        "unknown_columns": found.unknown,
        "looks_like": found.looks_like,
    }


def count_claims(found: Found, made: FromClaims, parts: Parts, connection: Connection) -> dict[str, Any]:
    """The counts of claims; beside duplicates the lines that were taken back, replaced or sent anew."""
    torn = _torn(found, parts, connection)
    spoilt = int(one(connection, f"SELECT count(*) FROM {parquet(made.spoilt)}"))
    query = f"SELECT count(*) FILTER (duplicate), count(*) FILTER (NOT duplicate) FROM {parquet(made.dropped)}"
    duplicates, reversed_ = connection.execute(query).fetchall()[0]
    return {
        "read": made.read + torn,
        "kept": made.read - spoilt,
        "set_aside": spoilt + torn,
        "duplicates": duplicates,
        "reversed": reversed_,
        "unknown_columns": found.unknown,
        "looks_like": found.looks_like,
    }


def _torn(found: Found, parts: Parts, connection: Connection) -> int:
    torn = parts.folder / f"{found.table.name}-torn.parquet"
    return int(one(connection, f"SELECT count(*) FROM {parquet(torn)}")) if torn.exists() else 0


def _duplicates(found: Found, staged: Path, connection: Connection) -> int:
    """Kept rows that say nothing new."""
    if found.table.name == "members":
        query = f"SELECT count(*) FILTER (duplicate) FROM {parquet(staged)} WHERE spoilt IS NULL"
    else:
        columns = ", ".join(name(f"v_{each.name}") for each in found.table.columns if each.name in found.known)
        query = f"SELECT count(*) - count(DISTINCT hash({columns})) FROM {parquet(staged)} WHERE spoilt IS NULL"
    return int(one(connection, query))
