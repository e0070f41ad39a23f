"""The clocks of the packaged policy, read by themselves, and cases as they are written in a table."""

from functools import cache
from pathlib import Path
from typing import Any

from wholeperson.rules.clocks import (
    Clock,
    Due,
    Given,
    Holidays,
    Pause,
    due,
    read_clock,
    read_holidays,
    read_moment,
    set_for,
)
from wholeperson.rules.reading.files import PACKAGED
from wholeperson.rules.reading.yaml_lines import read_yaml_file

CASES = Path(__file__).parent / "cases.yaml"


@cache
def document(name: str) -> dict[str, Any]:
    """One of the policy's files alone, so that these tests stand whatever else is being written."""
    found: dict[str, Any] = read_yaml_file(PACKAGED / f"{name}.yaml", name)[0]
    return found


@cache
def holidays() -> Holidays:
    return read_holidays(document("holidays"))


@cache
def clock(name: str) -> Clock:
    grades = {key: each["grade"] for key, each in document("sources")["sources"].items()}
    return read_clock(name, document("clocks"), document("parameters")["parameters"], grades)


def cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_yaml_file(CASES, "cases.yaml")[0]
    return found


def count(case: dict[str, Any]) -> Due:
    """The answer to a case of the table."""
    asked = clock(case["clock"])
    moments = {key: read_moment(str(case[key]), key) for key in ("received", "complete", "extended") if key in case}
    pauses = tuple(Pause(*(read_moment(end, "paused") for end in each.split("/"))) for each in case.get("paused", ()))
    given = Given(**moments, pauses=pauses, expedited=case.get("expedited", False))
    rules = set_for(asked, case.get("programme"))
    return due(asked, rules, given, holidays=holidays(), cutoff_hour=case.get("cutoff_hour"))
