"""Codes that several rows carry: each once for its member, day and claim, wherever the rows are cut apart."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.sweep.input.tables import day, imported, rows, write
from wholeperson.sweep.input.once import Sets, each_once, groups

LINES = [
    {"no": 1, "begins": 10, "id": "A", "one": 1, "two": 0},
    {"no": 1, "begins": 10, "id": "A", "one": 2, "two": 1},
    {"no": 1, "begins": 10, "id": "A", "one": 1, "two": 0},
    {"no": 1, "begins": 10, "id": "B", "one": 2, "two": 2},
    {"no": 1, "begins": 11, "id": "B", "one": 2, "two": 0},
    {"no": 2, "begins": 11, "id": "B", "one": 2, "two": 0},
    {"no": 2, "begins": 11, "id": None, "one": 0, "two": 2},
    {"no": 2, "begins": 11, "id": None, "one": 2, "two": 0},
]
EACH = [(1, 10, "A", 1), (1, 10, "A", 2), (1, 10, "B", 2), (1, 11, "B", 2), (2, 11, "B", 2), (2, 11, None, 2)]
# Code 1 is in set 1 through day 9 and in sets 1 and 2 from then on; code 2 is in set 4 from day 11 through day 20.
DAYS = {"number": [1, 1, 2], "first": [0, 10, 11], "last": [9, 99, 20], "mask": [1, 3, 4]}
SETS = Sets({key: np.array(value) for key, value in DAYS.items()})
SCHEMA = pa.schema({"no": pa.int32(), "begins": pa.int32(), "id": pa.string(), "one": pa.int32(), "two": pa.int32()})


@pytest.mark.parametrize("cuts", [[], [1], [2, 3], [1, 2, 3, 4, 5, 6, 7], [3, 3, 8], [0, 7]])
def test_each_code_comes_once_wherever_the_rows_are_cut(cuts: list[int]) -> None:
    pairs = zip([0, *cuts], [*cuts, len(LINES)], strict=True)
    batches = [pa.RecordBatch.from_pylist(LINES[first:last], SCHEMA) for first, last in pairs]
    found: list[tuple[Any, ...]] = []
    for table in groups(batches, ("no", "begins", "id")):
        told = each_once(table, ("one", "two"), SETS)
        where = table.take(told.row).select(["no", "begins", "id"]).to_pylist()
        found += [(*row.values(), int(number)) for row, number in zip(where, told.number, strict=True)]
    assert found == EACH


@pytest.mark.parametrize(
    ("code", "on", "sets"),
    [(1, 0, 1), (1, 9, 1), (1, 10, 3), (1, 100, 0), (2, 10, 0), (2, 11, 4), (2, 20, 4), (2, 21, 0)],
)
def test_a_code_is_in_the_sets_of_its_day(code: int, on: int, sets: int) -> None:
    assert SETS.of(np.array([code]), np.array([on])).tolist() == [sets]


CLAIMS = """
    claim_id,claim_line_number,claim_type,person_id,claim_start_date,diagnosis_code_1,diagnosis_code_2,diagnosis_code_3
    A,1,professional,m1,2026-06-01,Z59.01,F20.9,J00
    A,2,professional,m1,2026-06-01,F20.9,,Z59.01
    A,3,professional,m1,2026-06-02,F20.9,,
    B,1,professional,m1,2026-06-01,f209,,
    C,1,professional,m2,2026-06-01,J00,,
"""
SPELLS = """
    member_id,event,from,id,source,code
    m1,diagnosis,2026-06-01,,assessment,z5901
    m1,diagnosis,2026-06-01,,assessment,z5901
    m1,diagnosis,2026-06-01,A,assessment,Z59.01
    m2,diagnosis,2026-06-01,D,claims,F20.9
    m2,diagnosis,2026-06-01,E,claims,J00
"""


def test_lines_and_spells_tell_each_diagnosis_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", members="member_id\nm1\nm2\n", medical_claim=CLAIMS, spells=SPELLS)
    assert imported(folder, tmp_path / "store").code == 0
    columns = f"no, {day('begins')}, begins = ends, code, source, id"
    claims, assessment = 1, 9  # places in the list of sources
    assert rows(tmp_path / "store", "diagnoses", columns, "no, begins, source, id NULLS FIRST, code") == [
        (0, "2026-06-01", True, "F20.9", claims, "A"),
        (0, "2026-06-01", True, "Z59.01", claims, "A"),
        (0, "2026-06-01", True, "f209", claims, "B"),
        (0, "2026-06-01", True, "z5901", assessment, None),
        (0, "2026-06-01", True, "Z59.01", assessment, "A"),
        (0, "2026-06-02", True, "F20.9", claims, "A"),
        (1, "2026-06-01", True, "F20.9", claims, "D"),
    ]
