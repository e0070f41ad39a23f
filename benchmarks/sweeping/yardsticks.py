"""What everything is measured by: a fixed piece of work, and reading what has to be read."""

from pathlib import Path
from typing import Any

import duckdb

from benchmarks.sweeping.job import Prepared
from wholeperson.sweep.store.schema import TABLES

NUMBERS, GROUPS = 30_000_000, 1_000_000
Columns = dict[str, list[str]]


def opened() -> duckdb.DuckDBPyConnection:
    """DuckDB as we use it."""
    made = duckdb.connect()
    made.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    return made


def group_integers() -> Prepared:
    """Y: thirty million integers in no order, counted in a million groups. Rests on nothing of ours."""
    connection = opened()
    connection.execute(
        f"CREATE TABLE numbers AS SELECT CAST(hash(i) % {GROUPS} AS BIGINT) AS k FROM range({NUMBERS}) t(i)"
    )
    question = "SELECT count(*), sum(n) FROM (SELECT k, count(*) AS n FROM numbers GROUP BY k)"

    def work() -> dict[str, Any]:
        groups, numbers = connection.execute(question).fetchall()[0]
        return {"groups": groups, "numbers": numbers}

    return work


def read_columns(folder: str, columns: Columns) -> Prepared:
    """Read those columns of those Parquet tables, every value of them: none is answered from statistics."""
    connection = opened()
    questions = [_sums(connection, Path(folder) / f"{table}.parquet", names) for table, names in columns.items()]

    def work() -> dict[str, Any]:
        for question in questions:
            connection.execute(question).fetchall()
        return {"columns": columns}

    return work


def _sums(connection: duckdb.DuckDBPyConnection, path: Path, names: list[str]) -> str:
    rows = f"read_parquet('{path}')"
    kinds = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()}
    return f"SELECT {', '.join(_sum(name, kinds[name]) for name in names)} FROM {rows}"


def _sum(name: str, kind: str) -> str:
    if kind == "VARCHAR":
        return f'sum(strlen("{name}"))'
    if kind == "DATE":
        return f"sum(\"{name}\" - DATE '2000-01-01')"
    return f'bit_xor(CAST("{name}" AS BIGINT))' if kind == "BOOLEAN" else f'sum("{name}")'


def columns_needed(statements: list[tuple[str, str]]) -> Columns:
    """The store's columns that the statements of a run read."""
    found: Columns = {}
    for table, columns in TABLES.items():
        asked = [sql for _, sql in statements if f'"{table}"' in sql]
        named = [column for column in columns if any(f'"{column}"' in sql for sql in asked)]
        if named:
            found[table] = named
    found["members"] = [*dict.fromkeys([*found.get("members", []), "member_id"])]  # the determinations name members
    return found


def all_columns(folder: Path) -> Columns:
    """Every column of every Parquet table in a folder."""
    connection = opened()
    told = {each.stem: connection.execute(f"DESCRIBE SELECT * FROM read_parquet('{each}')").fetchall()
            for each in sorted(folder.glob("*.parquet"))}  # fmt: skip
    return {table: [row[0] for row in rows] for table, rows in told.items()}


def stored(folder: Path) -> tuple[int, list[str]]:
    """Bytes of the Parquet files in a folder, and how they are packed."""
    paths, connection = sorted(folder.glob("*.parquet")), opened()
    rows = connection.execute(
        "SELECT DISTINCT compression FROM parquet_metadata(?) ORDER BY 1", [[str(each) for each in paths]]
    ).fetchall()
    return sum(each.stat().st_size for each in paths), [row[0] for row in rows]
