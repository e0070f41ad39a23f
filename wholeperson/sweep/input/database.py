"""The embedded engine: one connection in memory that spills where it is told to, and never looks for extensions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

Connection = duckdb.DuckDBPyConnection
Rows = list[tuple[Any, ...]]


def connect(spill: Path | None = None, memory: str | None = None, threads: int | None = None) -> Connection:
    """A connection; ``memory`` as in 500MB, ``spill``: where what does not fit goes."""
    made = duckdb.connect()
    made.execute("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false; SET TimeZone='UTC'")
    made.execute("SET enable_progress_bar=false")
    if spill is not None:
        made.execute(f"SET temp_directory={text(str(spill))}")
    if memory:
        made.execute(f"SET memory_limit={text(memory)}")
    if threads:
        made.execute(f"SET threads={int(threads)}")
    return made


@contextmanager
def half_lent(connection: Connection) -> Iterator[None]:
    """While this is open the engine leaves half of its memory to whoever reads its answers."""
    whole = one(connection, "SELECT current_setting('memory_limit')")
    half = one(connection, "SELECT parse_formatted_bytes(current_setting('memory_limit')) // 2 // 1000")
    connection.execute(f"SET memory_limit='{half}KB'")
    try:
        yield
    finally:
        connection.execute(f"SET memory_limit={text(whole)}")


def text(value: str) -> str:
    """A text in SQL."""
    return "'" + value.replace("'", "''") + "'"


def name(value: str) -> str:
    """A name in SQL."""
    return '"' + value.replace('"', '""') + '"'


def words(values: tuple[str, ...]) -> str:
    """A list of texts in SQL, for IN."""
    return "(" + ", ".join(map(text, values)) + ")"


def parquet(path: Path) -> str:
    """A Parquet file as a table."""
    return f"read_parquet({text(str(path))})"


def fill(connection: Connection, table: str, kinds: dict[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """A temporary table of these rows; in one statement, as one for each row costs the more the longer the list."""
    columns = [list(each) for each in zip(*rows, strict=True)] or [[] for _ in kinds]
    listed = (f"unnest(CAST(${at} AS {kind}[])) AS {each}" for at, (each, kind) in enumerate(kinds.items(), 1))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {', '.join(listed)}", columns)


def one(connection: Connection, query: str) -> Any:
    """The only value of the only row."""
    found = connection.execute(query).fetchone()
    return found[0] if found else None
