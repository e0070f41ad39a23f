"""What is complete: for everybody, and for single members instead. Members told the same share one class."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.cells import Check
from wholeperson.sweep.input.database import Connection, parquet, text
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import Parts
from wholeperson.sweep.input.staging import Query, backwards, shown_as, source, stage

Row = tuple[str, str | None, str, str]  # source, event, first and last day
Class = tuple[Row, ...]
MOST = 2**15 - 1
OLDEST = -25567  # 1900-01-01: what ended before says nothing of any day we answer for


def stage_complete(found: Found, lists: Lists, parts: Parts, connection: Connection) -> Path:
    """The checked rows."""
    unknown = Check(
        shown_as(found, "member_id"),
        "t_member_id IS NOT NULL AND no IS NULL",
        "t_member_id",
        "no such member",
        text("a member of the members table, or empty for everybody"),
    )
    half = [
        Check(
            shown_as(found, each),
            f"{mine} IS NULL AND (t_member_id IS NULL OR {other} IS NOT NULL)",
            mine,
            "it is missing",
            text("YYYY-MM-DD; for one member both days may be empty: nothing is complete"),
        )
        for each, mine, other in (("from", "t_from", "t_through"), ("through", "t_through", "t_from"))
    ]
    checks = (unknown, *half, backwards(found, "from", "through"))
    rows = source(found, parts, connection).rows
    joined = "LEFT JOIN known_members ON known_id = t_member_id"
    query = Query((("no", "no"),), joined, checks)
    return parts.query(connection, "complete-staged.parquet", stage(found, lists, rows, query))


def classes(staged: Path | None, connection: Connection) -> tuple[list[Class], str]:
    """Every class, 0 for everybody, and SQL of the members that have another: (no, class)."""
    nobody = "SELECT CAST(NULL AS INTEGER) AS no, CAST(NULL AS SMALLINT) AS complete_class WHERE false"
    if staged is None:
        return [()], nobody
    day = "CAST(DATE '1970-01-01' + {} AS VARCHAR)"
    days = f"f := {day.format('v_from')}, t := {day.format('v_through')}"
    known = f"v_from IS NOT NULL AND v_through >= {OLDEST}"
    row = f"struct_pack(s := v_source, e := v_event, {days}, known := {known})"
    told = f"SELECT DISTINCT no, {row} AS told FROM {parquet(staged)} WHERE spoilt IS NULL"
    everybody = [_row(each) for (each,) in connection.execute(f"SELECT told FROM ({told}) WHERE no IS NULL").fetchall()]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE own_classes AS SELECT dense_rank() OVER (ORDER BY own) AS class, no, own FROM "
        f"(SELECT no, list_sort(list(told)) AS own FROM ({told}) WHERE no IS NOT NULL GROUP BY no)"
    )
    distinct = connection.execute(
        "SELECT class, any_value(own) FROM own_classes GROUP BY class ORDER BY class"
    ).fetchall()
    _few_enough(len(distinct))
    made = [_sorted(each for _, each in filter(_known, everybody))]
    made += [_one(own, everybody) for _, own in distinct]
    return made, "SELECT no, CAST(class AS SMALLINT) AS complete_class FROM own_classes"


def _row(told: dict[str, Any]) -> tuple[bool, Row]:
    return told["known"], (told["s"], told["e"], told["f"], told["t"])


def _known(row: tuple[bool, Row]) -> bool:
    return row[0]


def _one(own: list[dict[str, Any]], everybody: list[tuple[bool, Row]]) -> Class:
    """A member's own rows stand in place of everybody's rows of the same sources."""
    rows = [_row(each) for each in own]
    sources = {row[0] for _, row in rows}
    kept = [*rows, *(each for each in everybody if each[1][0] not in sources)]
    return _sorted(row for _, row in filter(_known, kept))


def _sorted(rows: Iterable[Row]) -> Class:
    return tuple(sorted(rows, key=lambda row: (row[0], row[1] or "", row[2], row[3])))


def _few_enough(number: int) -> None:
    if number > MOST:
        raise Refused(
            Problem(
                "too_many_classes",
                f"members are told complete in {number} different ways, and at most {MOST} are kept",
                "each way is kept once, and members share it",
                "give the days by month, or leave rows of single members away",
                Where("complete"),
            )
        )
