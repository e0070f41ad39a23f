"""Every row that cannot be used is reported: file, row, column, value, problem, what is allowed. None is lost."""

from pathlib import Path

import pytest

from tests.sweep.input.spoiling import WAYS, write_spoilt
from tests.sweep.input.tables import imported, rows


def every_spoilt_row_is_reported(folder: Path, number: int) -> None:
    spoilt = write_spoilt(folder / "in", number, 0.01)
    assert len(spoilt) > len(WAYS)
    ran = imported(folder / "in", folder / "store")
    assert ran.code == 0, ran
    counts = ran.json["tables"]["medical_claim"]
    assert counts["read"] == number
    assert counts["set_aside"] == len(spoilt)
    assert counts["kept"] == number - len(spoilt)
    found = rows(folder / "store", "set_aside", '"row", "column", value, "file", problem, allowed', '"row"')
    assert {row[3] for row in found} == {"medical_claim.csv"}
    assert all(row[4] and row[5] for row in found)
    assert [(row[0], row[1], row[2]) for row in found if row[2] is not None] == [
        tuple(each) for each in spoilt if each.value is not None
    ]
    assert [(row[0], row[1]) for row in found] == [(each.row, each.column) for each in spoilt]


def test_every_spoilt_row_is_reported(tmp_path: Path) -> None:
    every_spoilt_row_is_reported(tmp_path, 200_000)


@pytest.mark.long
def test_every_spoilt_row_of_ten_million_is_reported(tmp_path: Path) -> None:
    every_spoilt_row_is_reported(tmp_path, 10_000_000)
