"""The day is passed in. Only one function, at a door, looks at the clock, and a pinned day overrules it."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import BELOW_THE_DOORS, PACKAGE, names_used, parse, python_files, shown

CLOCKS = {
    *(f"datetime.datetime.{name}" for name in ("now", "today", "utcnow")),
    "datetime.date.today",
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime")),
    *(f"django.utils.timezone.{name}" for name in ("now", "localdate", "localtime")),
}
PIN = "WHOLEPERSON_NOW"


def readings(tree: ast.Module) -> list[tuple[str, str, int]]:
    return [found for found in names_used(tree) if found[0] in CLOCKS]


def in_folder(folder: Path) -> list[tuple[Path, str, str, int]]:
    return [(path, *found) for path in python_files(folder) for found in readings(parse(path))]


@pytest.mark.parametrize("room", BELOW_THE_DOORS)
def test_no_clock_below_the_doors(room: str) -> None:
    """A decision that reads the clock cannot be re-run, and answers differently at midnight than in its test."""
    offenders = [f"{shown(path)}:{line} {name}" for path, name, _, line in in_folder(PACKAGE / room)]
    assert not offenders, "\n".join(["Take the day as an argument, on= or at=, and let the door pass it:", *offenders])


def test_one_function_reads_the_clock() -> None:
    """Two places that read the clock are two days in one answer; and one that ignores the pin fails in 2028."""
    found = in_folder(PACKAGE)
    where = sorted({f"{shown(path)} {function}" for path, _, function, _ in found})
    assert len(where) <= 1, "\n".join(["One function at a door reads the clock; let these call it:", *where])
    unpinned = [shown(path) for path, *_ in found if PIN not in path.read_text(encoding="utf-8")]
    assert not unpinned, f"The function that reads the clock must obey {PIN} first: {unpinned}"


@pytest.mark.parametrize(
    "code",
    [
        "import datetime\ndatetime.datetime.now()",
        "from datetime import date as d\nd.today()",
        "import datetime as dt\nx = [dt.datetime.utcnow]",
        "from time import time\ndef f():\n    return time()",
    ],
)
def test_every_spelling_of_the_clock_is_found(code: str) -> None:
    """The check undoes aliases: a clock under another name is a clock."""
    assert readings(ast.parse(code))


def test_a_date_is_no_clock() -> None:
    """Dates that are given, and stopwatches, are allowed."""
    assert not readings(ast.parse("import datetime, time\ndatetime.date(2026, 1, 1)\ntime.perf_counter()"))
