"""Every policy case goes through the sweep as well, and comes out as the rules decide it, reasons included."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.house.tree import ROOT
from tests.sweep.as_tables import write_tables
from wholeperson.rules.answers import WORDS
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court
from wholeperson.rules.proving.cases import Example, read_cases
from wholeperson.rules.questions import settled_by
from wholeperson.rules.reading.cache import load_policy
from wholeperson.sweep.input.whole import Setting as Import
from wholeperson.sweep.input.whole import import_tables
from wholeperson.sweep.run import deciding
from wholeperson.sweep.run.whole import Setting, run

POLICY = load_policy()
SPELLS = frozenset(name for name, event in POLICY.events.items() if event.kind == "spell")


def cases_by_day() -> dict[date, list[Example]]:
    """All cases but those that ask what was known earlier, or lay a plan of their own over the policy: a sweep does
    neither. A list told to be empty has no text in a table of texts; those are left to the rules' own tests.
    """
    found: dict[date, list[Example]] = defaultdict(list)
    for each in read_cases(ROOT / "tests" / "policy" / "cases", POLICY):
        if not (each.known_at or each.overlay or any(said.value == () for said in each.person.statements)):
            found[each.on].append(each)
    return found


CASES = cases_by_day()
FEW = 5  # days of so few cases are swept in the long run: a sweep of one person costs nearly that of a hundred
DAYS = [pytest.param(day, marks=[pytest.mark.long] * (len(CASES[day]) <= FEW), id=str(day)) for day in sorted(CASES)]


def swept(folder: Path, on: date, people: list[tuple[str, Any]]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Member and programme → answer, because, missing, settled_by."""
    tables = write_tables(folder / "in", people, SPELLS)
    done = import_tables(tables, folder / "store", POLICY, Import())
    assert not sum(each["set_aside"] for each in done.tables.values())
    run(POLICY, folder / "store", on, folder / "out", Setting())
    rows = duckdb.sql(
        f"""SELECT member_id, programme, answer, because, missing, settled_by
        FROM (UNPIVOT '{folder}/out/determinations.parquet' ON COLUMNS(* EXCLUDE member_id)
              INTO NAME programme VALUE pattern)
        JOIN '{folder}/out/patterns.parquet' USING (programme, pattern)"""
    ).fetchall()
    return {(row[0], row[1]): (row[2], *map(tuple, row[3:])) for row in rows}


@pytest.mark.parametrize("on", DAYS)
def test_a_sweep_says_what_the_rules_say(on: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "MANY", 0)  # criterion by criterion, as it would of a million members
    people = [(f"M{at:05}", each.person) for at, each in enumerate(CASES[on])]
    found = swept(tmp_path, on, people)
    for (member, person), example in zip(people, CASES[on], strict=True):
        court = Court(Case(POLICY, person, on=on))
        for programme in POLICY.programmes:
            decision = court.decide(programme)
            meant = (WORDS[decision.answer], decision.because, decision.missing, settled_by(decision, court))
            assert found[member, programme] == meant, f"{example.file}: {example.name}: {programme}"


def test_a_sweep_says_what_the_sheets_say(tmp_path: Path) -> None:
    """Not by way of our own evaluator: the answers of the cases stand in their files."""
    on = max(CASES, key=lambda day: len(CASES[day]))
    found = swept(tmp_path, on, [(f"M{at:05}", each.person) for at, each in enumerate(CASES[on])])
    for at, example in enumerate(CASES[on]):
        for programme, wanted in example.expect.items():
            if "answer" in wanted:
                assert found[f"M{at:05}", programme][0] == wanted["answer"], (
                    f"{example.file}: {example.name}: {programme}"
                )
