"""Whom a worklist leaves out: the dead, the enrolled, and whoever the plan's own list names."""

import csv
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from wholeperson.rules.calendar import as_day
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.report.files import text
from wholeperson.sweep.run.result import Result
from wholeperson.sweep.store.schema import number

COLUMNS: Final = ("member_id", "programme", "reason", "until")
REASONS: Final = ("open_referral", "declined", "other")
HAVING: Final = ("receiving", "authorized_for")
PLACES: Final = ("programme", "places")
KEPT = pa.schema([("member_id", pa.string()), ("programme", pa.string())])


def table_left_out(result: Result, policy: Policy, on: date, listed: pa.Table) -> None:
    """``left_out`` (no, programme; null: all): who has an authorization running that day, or is said to have the
    service, and who was listed.
    """
    desk, today = result.duck.connection, number(on)
    result.duck.small("listed_out", listed)
    kind, words = result.store.events.index("authorized_for"), ", ".join(map(text, result.store.words)) or "NULL"
    desk.execute(
        f"""CREATE OR REPLACE TEMP TABLE left_out AS
        SELECT DISTINCT "no", list_extract([{words}], program + 1) AS programme FROM happenings
        WHERE event = {kind} AND begins <= {today} AND ends >= {today} AND program IS NOT NULL
        UNION SELECT s."no", h.programme FROM statements s JOIN "values" v USING ("value") JOIN ({_having(policy)}) h
            USING (fact)
        WHERE v.json = 'true' AND (s.begins IS NULL OR s.begins <= {today}) AND (s.ends IS NULL OR s.ends >= {today})
        UNION SELECT m."no", nullif(l.programme, '') FROM listed_out l JOIN members m USING (member_id)"""
    )


def _having(policy: Policy) -> str:
    """The facts that say somebody has a programme already, as rows."""
    found = [
        f"({text(fact)}, {text(programme)})"
        for programme in policy.programmes
        for fact in (f"{word}_{programme.removeprefix('cs.')}" for word in HAVING)
        if fact in policy.facts
    ]
    return f"SELECT * FROM (VALUES {', '.join(found) or '(NULL, NULL)'}) h(fact, programme)"


def read_left_out(path: Path | None, policy: Policy, on: date) -> pa.Table:
    """The rows of a list that hold on the day; refused where one cannot be understood."""
    rows = [] if path is None else [_kept(row, at, path, policy) for at, row in _rows(path, COLUMNS)]
    held = [{"member_id": member, "programme": programme} for member, programme, until in rows
            if until is None or until >= on]  # fmt: skip
    return pa.Table.from_pylist(held, KEPT)


def _kept(row: dict[str, str], at: int, path: Path, policy: Policy) -> tuple[str, str, date | None]:
    until = as_day(row["until"]) if row["until"] else None
    if row["until"] and until is None:
        raise _wrong(path, at, "until", row["until"], "the last day to leave them out", ("2026-12-31",))
    if row["reason"] not in REASONS:
        raise _wrong(path, at, "reason", row["reason"], "why they are left out", REASONS)
    if row["programme"] and row["programme"] not in policy.programmes:
        raise _wrong(path, at, "programme", row["programme"], "a programme, or empty for all", (*policy.programmes,))
    return row["member_id"], row["programme"], until


def read_places(told: str | None, policy: Policy) -> int | dict[str, int] | None:
    """A number of free places, or a file of them for each programme; None where nobody said."""
    if told is None or told.isdecimal():
        return None if told is None else int(told)
    path, places = Path(told), {}
    for at, row in _rows(path, PLACES):
        if row["programme"] not in policy.programmes:
            raise _wrong(path, at, "programme", row["programme"], "a programme", (*policy.programmes,))
        if not row["places"].isdecimal():
            raise _wrong(path, at, "places", row["places"], "how many are free", ("25",))
        places[row["programme"]] = int(row["places"])
    return places


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The rows with their line in the file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            read = csv.DictReader(opened)
            found = [(read.line_num, row) for row in read]
            heads = tuple(read.fieldnames or ())
    except (OSError, UnicodeDecodeError, csv.Error) as failed:
        problem, why = "this list cannot be read", "people would be called who should be left alone"
        raise Refused(
            Problem("no_list", problem, why, "name a CSV file in UTF-8", Where(str(path)), columns)
        ) from failed
    if set(columns) - set(heads) or any(None in row or None in row.values() for _, row in found):
        problem, why = f"its columns are {', '.join(heads) or 'none'}", "it cannot be told what they mean"
        raise Refused(Problem("columns", problem, why, "write these columns in every row", Where(str(path)), columns))
    return found


def _wrong(path: Path, line: int, column: str, value: Any, what: str, allowed: tuple[str, ...]) -> Refused:
    why, do = "the worklist would be cut for the wrong people", f"write {what} in {column}"
    return Refused(Problem("bad_list", f"{column} says {str(value)[:40]}", why, do, Where(str(path), line), allowed))
