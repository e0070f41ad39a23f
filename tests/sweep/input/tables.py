"""Writes the tables of an import as a test tells them, imports them, and reads the store back."""

import csv
from pathlib import Path
from typing import Any

from tests.commands.door import Ran, run
from wholeperson.sweep.input.database import connect, parquet

EPOCH = "1970-01-01"


def write(folder: Path, **tables: str) -> Path:
    """Each table as CSV; the lines are told indented, one under the other."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def write_rows(path: Path, head: list[str], rows: list[list[Any]]) -> None:
    """A CSV file of many rows."""
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([head, *rows])


def imported(folder: Path, store: Path, *more: str) -> Ran:
    """The command over the packaged policy, with --json."""
    return run("sweep", "import", str(folder), "--store", str(store), "--json", *more, policy=None)


def rows(store: Path, table: str, columns: str = "*", order: str = "ALL") -> list[tuple[Any, ...]]:
    """Rows of one of the store's tables."""
    with connect() as connection:
        query = f"SELECT {columns} FROM {parquet(store / f'{table}.parquet')} ORDER BY {order}"
        return connection.execute(query).fetchall()


def day(column: str) -> str:
    """A day of the store as ISO text, in SQL."""
    return f"CAST(DATE '{EPOCH}' + {column} AS VARCHAR) AS {column}"
