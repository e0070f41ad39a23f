"""Which files there are and what their columns are called; what is refused whole is refused here, before any work."""

import csv
import difflib
import io
from pathlib import Path
from typing import NamedTuple

import duckdb

from wholeperson.rules.problems import Problem, Refused, Where, nearest
from wholeperson.sweep.input.columns import TABLES, Column, Table
from wholeperson.sweep.input.database import Connection, text

ENDINGS = (".parquet", ".csv")
LONGEST_HEAD = 1024 * 1024
# What people send instead of text, by its first bytes.
LOOKS_LIKE = {
    b"\x1f\x8b": "a gzip file: unpack it",
    b"PK\x03\x04": "an Excel or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"PAR1": "Parquet: name it so",
    b"\xff\xfe": "UTF-16, which Excel calls Unicode text",
    b"\xfe\xff": "UTF-16, which Excel calls Unicode text",
}


class Found(NamedTuple):
    """A table of the input: its file, the file's columns with their types, and those we know by our name."""

    table: Table
    path: Path
    types: dict[str, str]
    known: dict[str, str]

    @property
    def is_csv(self) -> bool:
        """Whether it is text."""
        return self.path.suffix == ".csv"

    @property
    def unknown(self) -> list[str]:
        """Columns of the file that nobody reads."""
        return [each for each in self.types if each not in self.known.values()]

    @property
    def looks_like(self) -> dict[str, str]:
        """Of those, the ones that look like a column we would read, and which."""
        names = {name: column.name for column in self.table.columns if column.name not in self.known
                 for name in column.names}  # fmt: skip
        close = {each: difflib.get_close_matches(each.strip().lower(), names, n=1, cutoff=0.8) for each in self.unknown}
        return {each: names[found[0]] for each, found in close.items() if found}


def find_tables(folder: Path, connection: Connection) -> dict[str, Found]:
    """The tables in the folder by name; refused when one is told twice, cannot be read or lacks a column it needs."""
    if not folder.is_dir():
        raise _refused("no_input_folder", "there is no such folder", "the tables are read from a folder", folder)
    problems: list[Problem] = []
    found = {}
    for table in TABLES:
        try:
            one = _find(table, folder, connection)
        except Refused as refused:
            problems += refused.problems
            continue
        if one:
            found[table.name] = one
    if problems:
        raise Refused(*problems)
    return found


def _find(table: Table, folder: Path, connection: Connection) -> Found | None:
    paths = [path for ending in ENDINGS if (path := folder / f"{table.name}{ending}").is_file()]
    if len(paths) > 1:
        raise _refused(
            "table_twice",
            f"{table.name} is there as Parquet and as CSV",
            "only one of them would be read",
            paths[1],
            do="leave one of the two in the folder",
        )
    if not paths:
        if table.may_lack:
            return None
        names = tuple(f"{table.name}{ending}" for ending in ENDINGS)
        why, there = "nobody is a member without it", sorted(each.name for each in folder.glob(f"{table.name}*"))
        beside = f"; {', '.join(there)[:200]} is not read" if there else ""
        raise _refused("no_table", f"{table.name} is missing{beside}", why, folder, names, "add the file")
    types = _csv_head(paths[0]) if paths[0].suffix == ".csv" else _parquet_head(paths[0], connection)
    return Found(table, paths[0], types, _known(table, paths[0], types))


def _known(table: Table, path: Path, types: dict[str, str]) -> dict[str, str]:
    """Our name → the file's. Names match without regard to case; a name we know may stand once."""
    by_name: dict[str, list[str]] = {}
    for each in types:
        by_name.setdefault(each.strip().lower(), []).append(each)
    known = {}
    for column in table.columns:
        there = [each for name in column.names for each in by_name.get(name, ())]
        if len(there) > 1:
            raise _column_problem("column_twice", f"{' and '.join(there)} are one column", column, path, types)
        if there:
            known[column.name] = there[0]
        elif not column.optional:
            raise _column_problem("missing_column", f"the column {column.name} is missing", column, path, types)
    return known


def _csv_head(path: Path) -> dict[str, str]:
    with path.open("rb") as opened:
        raw = opened.readline(LONGEST_HEAD)
    try:
        cells = next(csv.reader(io.StringIO(raw.decode("utf-8-sig")), strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        seems = next((f"; it begins like {kind}" for begins, kind in LOOKS_LIKE.items() if raw.startswith(begins)), "")
        problem, why = f"its first line is not CSV in UTF-8{seems}", "the first line names the columns"
        raise _refused("not_csv", problem, why, path, do="save it as CSV in UTF-8, with a head") from None
    if not cells:
        problem, why = "it has no first line", "the first line names the columns"
        raise _refused("not_csv", problem, why, path, do="write a head, also where there are no rows")
    if len({each.strip().lower() for each in cells}) < len(cells):
        problem, why = "two columns have one name", "only one of them would be read"
        raise _refused("column_twice", problem, why, path, tuple(cells), "rename or remove one")
    return dict.fromkeys(cells, "VARCHAR")


def _parquet_head(path: Path, connection: Connection) -> dict[str, str]:
    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({text(str(path))})").fetchall()
    except duckdb.Error:
        problem, why = "it is not a Parquet file", "it cannot be read"
        raise _refused("not_parquet", problem, why, path, do="write it again; nothing was imported") from None
    return {row[0]: row[1] for row in rows}


def _column_problem(code: str, problem: str, column: Column, path: Path, types: dict[str, str]) -> Refused:
    return Refused(
        Problem(
            code,
            f"{problem}; the columns are {', '.join(types)[:400]}",
            f"it holds {column.says}",
            f"name one column {' or '.join(column.names)}",
            Where(path.name, 1, None, column.name),
            column.names if code == "missing_column" else nearest(column.name, types),
        )
    )


def _refused(
    code: str, problem: str, why: str, path: Path, allowed: tuple[str, ...] = (), do: str = "name a folder with tables"
) -> Refused:
    return Refused(Problem(code, problem, why, do, Where(path.name), allowed))
