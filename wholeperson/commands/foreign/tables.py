"""Writes the tables of an import, row by row, in the columns of the data dictionary."""

import csv
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from wholeperson.sweep.input.columns import BY_NAME

WRITTEN = ("members", "coverage", "facts", "spells")


class Tables:
    """The tables, open for writing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.open = folder, ExitStack()
        self.writers: dict[str, Any] = {}

    def __enter__(self) -> "Tables":
        for name in WRITTEN:
            opened: IO[str] = (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            self.open.enter_context(opened)
            columns = [column.name for column in BY_NAME[name].columns]
            self.writers[name] = csv.DictWriter(opened, columns, restval="", lineterminator="\n")
            self.writers[name].writeheader()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.open.close()

    def add(self, table: str, row: dict[str, Any]) -> None:
        """One row; None is an empty cell, a list several words."""
        self.writers[table].writerow({key: spelled(value) for key, value in row.items()})


def spelled(value: Any) -> str:
    """A value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
