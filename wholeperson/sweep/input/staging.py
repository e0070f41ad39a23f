"""A file of the input as checked rows: each with its row number, its values, and what is wrong with it, if anything."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.sweep.input import cells
from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.cells import Check
from wholeperson.sweep.input.database import Connection, name, one, parquet, text
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import INTERMEDIATE, Parts

# Why a row of a CSV file cannot be cut into cells: the engine's word → ours.
TORN = {
    "MISSING COLUMNS": "the row has fewer cells than the head",
    "TOO MANY COLUMNS": "the row has more cells than the head",
    "UNQUOTED VALUE": "a quotation mark is opened and not closed, or closed and followed by more",
    "INVALID ENCODING": "the row is not UTF-8 text",
    "LINE SIZE OVER MAXIMUM": "the row is longer than two million characters",
}
LONGEST_LINE = 2_000_000
DIALECT = "delim = ',', quote = '\"', escape = '\"'"


class Source(NamedTuple):
    """Where the rows are: SQL of a table with the file's columns; ``bare``: without ``row``, which costs less."""

    rows: str
    bare: str


def source(found: Found, parts: Parts, connection: Connection) -> Source:
    """Parquet is read in place; CSV once into columns, because only a whole read numbers its rows."""
    if not found.is_csv:
        columns, path = ", ".join(map(name, found.known.values())), text(str(found.path))
        rows = f"(SELECT file_row_number + 1 AS row, {columns} FROM read_parquet({path}, file_row_number = true))"
        return Source(rows, parquet(found.path))
    label = found.table.name
    torn = parts.folder / f"{label}-torn.parquet"
    whole = parts.make(f"{label}-rows.parquet", lambda path: _read_csv(found, connection, path, torn))
    row = "CAST(good + coalesce(torn_before, 0) AS BIGINT) AS row"
    rows = f"(SELECT {row}, * EXCLUDE (good, torn_before, threshold) FROM {{}})"
    shift = (
        f"{parquet(whole)} AS rows ASOF LEFT JOIN (SELECT row - nth AS threshold, max(nth) AS torn_before FROM "
        f"{parquet(torn)} GROUP BY ALL) AS shift ON rows.good > shift.threshold"
    )
    plain = f"(SELECT *, NULL AS torn_before, NULL AS threshold FROM {parquet(whole)})"
    shifted = one(connection, f"SELECT count(*) FROM {parquet(torn)}")
    return Source(rows.format(shift if shifted else plain), parquet(whole))


def _read_csv(found: Found, connection: Connection, path: Path, torn: Path) -> None:
    """The rows that can be cut into cells, numbered among themselves; the others with their number in the file."""
    types = ", ".join(f"{text(each)}: 'VARCHAR'" for each in found.types)
    columns = ", ".join(map(name, found.known.values()))
    connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    try:
        connection.execute(
            f"COPY (SELECT row_number() OVER () AS good, {columns} FROM read_csv({text(str(found.path))}, "
            f"header = true, auto_detect = false, columns = {{{types}}}, nullstr = '', {DIALECT}, "
            f"ignore_errors = true, store_rejects = true, max_line_size = {LONGEST_LINE}, encoding = 'utf-8')) "
            f"TO {text(str(path))} ({INTERMEDIATE})"
        )
    except duckdb.Error as failed:
        raise _not_csv(found, str(failed)) from None
    connection.execute(
        "COPY (SELECT row, row_number() OVER (ORDER BY row) AS nth, error, line FROM (SELECT line - 1 AS row, "
        "min(CAST(error_type AS VARCHAR)) AS error, any_value(csv_line) AS line FROM reject_errors GROUP BY line)) "
        f"TO {text(str(torn))} ({INTERMEDIATE})"
    )


def _not_csv(found: Found, reason: str) -> Refused:
    why = "its rows cannot be told apart"
    do = "save it as CSV in UTF-8: commas, double quotes, one row a line"
    return Refused(Problem("not_csv", f"it cannot be read as CSV: {reason[:200]}", why, do, Where(found.path.name)))


class Query(NamedTuple):
    """How a table's rows are checked and what is kept of them."""

    more: Sequence[tuple[str, str]] = ()  # further values: name and SQL over the columns and what was joined
    joined: str = ""  # SQL after FROM: … LEFT JOIN …
    checks: Sequence[Check] = ()  # beside those of each column
    for_checks: Sequence[tuple[str, str]] = ()  # as ``more``, but only the checks ask for them


def stage(found: Found, lists: Lists, rows: str, query: Query) -> str:
    """SQL of the checked rows: ``row``, ``v_NAME`` (the value of a column), the further values, ``spoilt``.

    What is joined, the further values and the checks may also ask for the text of a cell: ``t_NAME``.
    """
    columns = found.table.columns
    sure = {each.name: cell.value for each in columns if (cell := cells.inline(found, each)).sure and cell.stored}
    texts = ", ".join(
        [f"{cells.told(found, each)} AS {name('t_' + each.name)}" for each in columns]
        + [f"{value} AS {name('v_' + each)}" for each, value in sure.items()]
    )
    values = "".join(
        f", {cells.read(each, name('t_' + each.name))} AS {name('v_' + each.name)}"
        for each in columns
        if each.name not in sure
    )
    kept = ", ".join(name(f"v_{each.name}") for each in columns)
    more = "".join(f", {sql} AS {name(each)}" for each, sql in (*query.more, *query.for_checks))
    named = "".join(f", {name(each)}" for each, _ in query.more)
    wrong = cells.spoilt([*_own(found, lists), *query.checks])
    return (
        f"WITH told AS (SELECT row, {texts} FROM {rows}), read_ AS (SELECT *{values} FROM told), "
        f"joined AS (SELECT read_.*{more} FROM read_ {query.joined}) "
        f"SELECT row, {kept}{named}, {wrong} AS spoilt FROM joined"
    )


def _own(found: Found, lists: Lists) -> Iterable[Check]:
    for column in found.table.columns:
        if column.name in found.known:
            at = cells.named(column, sure=cells.inline(found, column).sure)
            yield from cells.checks(column, found.known[column.name], lists, at)


def shown_as(found: Found, column: str) -> str:
    """What the file calls a column."""
    return found.known.get(column, column)


MEMBER_JOIN = "LEFT JOIN known_members ON known_id = t_member_id"


def unknown_member(found: Found) -> Check:
    """A row about somebody who is no member."""
    cell = name("t_member_id")
    wrong = f"{cell} IS NOT NULL AND no IS NULL"
    return Check(shown_as(found, "member_id"), wrong, cell, "no such member", text("a member of the members table"))


def backwards(found: Found, first: str, last: str) -> Check:
    """A row that ends before it begins."""
    shown = name(f"t_{last}")
    wrong = f"{name(f'v_{last}')} < {name(f'v_{first}')}"
    return Check(shown_as(found, last), wrong, shown, "it ends before it begins", text(f"a day from {first} on"))
