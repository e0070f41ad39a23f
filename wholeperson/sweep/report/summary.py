"""Counts by programme, answer and group, with nobody to be found in them."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from wholeperson.rules.answers import WORDS
from wholeperson.sweep.report.bands import BANDS
from wholeperson.sweep.report.files import text
from wholeperson.sweep.report.groups import DIMENSIONS, NOT_TOLD, SEVERAL, group_columns
from wholeperson.sweep.report.suppress import LEAST, hidden_cells, hidden_totals, together
from wholeperson.sweep.run.result import Result

COLUMNS: Final = ("programme", "answer", "by", "group", "members", "of")
ALL: Final = "all"
TOGETHER: Final = "small_groups_together"


@dataclass(frozen=True, slots=True)
class Count:
    """One number: the members of a group with one answer, of how many; None where it is hidden."""

    programme: str
    answer: str
    by: str
    group: str
    members: int | None
    of: int


def answer_lines(result: Result, patterns: str = "patterns") -> dict[str, tuple[int, int]]:
    """Programme → the first pattern that is not a no, and the first that is a yes; they are numbered in that order."""
    rows = result.duck.rows(
        f"""SELECT programme, count(*) FILTER (WHERE answer = 'no') AS no,
            count(*) FILTER (WHERE answer != 'yes') AS less FROM {patterns} GROUP BY programme"""
    ).to_pylist()
    return {row["programme"]: (int(row["no"]), int(row["less"])) for row in rows}


def count_groups(result: Result, on: date) -> list[Count]:
    """Every number that may be shown or must be hidden; a group without members of that answer has no row, but where
    the members are few in all: then every answer is hidden.
    """
    lines = answer_lines(result)
    columns = group_columns(on)
    parts = [f"CAST(count(*) FILTER (WHERE f.\"{each}\" >= {lines.get(each, (0, 0))[rank]}) AS BIGINT) AS c{at}_{rank}"
             for at, each in enumerate(result.programmes) for rank in (0, 1)]  # fmt: skip
    listed = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    result.duck.connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE tally AS SELECT {listed}, CAST(count(*) AS BIGINT) AS members,
            {", ".join(parts)} FROM found f JOIN members m USING ("no") GROUP BY {", ".join(DIMENSIONS)}"""
    )
    totals = _tables(result, text(ALL))
    counts: list[Count] = []
    broken_down = []
    for at, programme in enumerate(result.programmes):
        row = totals[ALL][at] if totals else np.zeros(3, np.int64)
        counts += _told(programme, ALL, {ALL: row}, np.array([_hidden(row)]))
        if sum(row) >= LEAST and not any(_hidden(row)):
            broken_down.append((at, programme))
    for by in DIMENSIONS:
        tables = _tables(result, by)
        small = together({name: int(table[0].sum()) for name, table in tables.items()} if broken_down else {})
        for at, programme in broken_down:
            counts += _of_table(programme, by, _joined(tables, small, at))
    return counts


def _hidden(row: np.ndarray) -> tuple[bool, ...]:
    return (True,) * 3 if sum(row) < LEAST else hidden_totals([int(each) for each in row])


def _tables(result: Result, by: str) -> dict[str, np.ndarray]:
    """Group → (programmes, answers) in the order of no, not known, yes."""
    sums = ", ".join(f"CAST(sum(c{at}_{rank}) AS BIGINT) AS c{at}_{rank}"
                     for at in range(len(result.programmes)) for rank in (0, 1))  # fmt: skip
    rows = result.duck.rows(
        f"SELECT {by} AS grp, CAST(sum(members) AS BIGINT) AS members, {sums} FROM tally GROUP BY 1"
    )
    return {row["grp"]: _answers(row, len(result.programmes)) for row in rows.to_pylist()}


def _answers(row: dict[str, Any], programmes: int) -> np.ndarray:
    at_least = [(row[f"c{at}_0"], row[f"c{at}_1"]) for at in range(programmes)]
    return np.array([(row["members"] - some, some - yes, yes) for some, yes in at_least], np.int64)


def _joined(tables: dict[str, np.ndarray], small: frozenset[str], at: int) -> dict[str, np.ndarray]:
    """Group → its answers for one programme, with the small groups as one."""
    found = {name: table[at] for name, table in tables.items() if name not in small}
    if small:
        found[TOGETHER] = np.sum([tables[name][at] for name in sorted(small)], axis=0)
    return found


def _of_table(programme: str, by: str, groups: dict[str, np.ndarray]) -> list[Count]:
    ordered = dict(sorted(groups.items(), key=lambda it: _place(it[0])))
    hidden = hidden_cells(np.array(list(ordered.values())))
    return [] if hidden is None else _told(programme, by, ordered, hidden)


def _place(group: str) -> tuple[int, str]:
    """Ages by age, other groups by name, what is no group of its own last."""
    bands = [band for _, band in BANDS]
    if group in bands:
        return (bands.index(group) - len(bands), group)
    return ([SEVERAL, TOGETHER, NOT_TOLD].index(group) + 1 if group in (SEVERAL, TOGETHER, NOT_TOLD) else 0, group)


def _told(programme: str, by: str, groups: dict[str, np.ndarray], hidden: np.ndarray) -> list[Count]:
    return [
        Count(programme, WORDS[answer], by, name, None if hidden[at][answer] else int(row[answer]), int(row.sum()))
        for at, (name, row) in enumerate(groups.items())
        for answer in (2, 0, 1)
        if row[answer] or hidden[at][answer]  # of a few people, that nobody has an answer says who has the other
    ]


def write_summary(counts: list[Count], path: Path) -> None:
    """summary(programme, answer, by, group, members, of); a hidden number is left empty."""
    with path.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened, lineterminator="\n")
        rows.writerow(COLUMNS)
        for each in counts:
            of = each.of if each.of >= LEAST else ""
            shown = "" if each.members is None else each.members
            rows.writerow((each.programme, each.answer, each.by, each.group, shown, of))
