"""Every case of the table, counted by hand, comes out as written."""

from typing import Any

import pytest

from tests.rules.clocks.table import cases, clock, count, document
from wholeperson.rules.clocks import Due, spoken
from wholeperson.rules.clocks.holidays import PAUSED
from wholeperson.rules.problems import Refused

CASES = cases()
TOLD = {"clock", "programme", "received", "complete", "extended", "paused", "expedited", "cutoff_hour"}
KEYS = {"name", *TOLD, "due", "governs", "says", "skipped", "notes", "refused"}


def named(case: dict[str, Any]) -> str:
    return str(case["name"])


def at(moment: str) -> str:
    """A day alone is its end; the offset is the day's own."""
    return moment if "T" in moment else f"{moment}T23:59:59"


def told(due: Due) -> dict[str, str]:
    return {each.rule.id: spoken(each.due_at) for each in (*due.candidates, *due.beside)}


def test_the_table_is_a_table() -> None:
    names = [each["name"] for each in CASES]
    assert len(names) == len(set(names)) >= 60
    assert all(set(each) <= KEYS and ("refused" in each) != ("due" in each) for each in CASES)


@pytest.mark.parametrize("case", [each for each in CASES if "due" in each], ids=named)
def test_a_case(case: dict[str, Any]) -> None:
    found = count(case)
    says = told(found)
    assert spoken(found.due_at).startswith(at(case["due"]))
    assert found.governing.rule.id == case["governs"]
    for rule, moment in case.get("says", {}).items():
        assert says[rule].startswith(at(moment)), rule
    targets = {each.rule.id for each in found.beside if each.rule.when}
    assert targets == {rule for rule in case.get("says", {}) if rule.endswith("_target")}
    if "skipped" in case:
        assert [each.day.isoformat() for each in found.skipped] == case["skipped"]
    assert set(case.get("notes", ())) <= set(found.notes)


@pytest.mark.parametrize("case", [each for each in CASES if "refused" in each], ids=named)
def test_a_case_that_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(Refused) as caught:
        count(case)
    problem = caught.value.problems[0]
    assert problem.code == case["refused"]
    assert all((problem.problem, problem.why, problem.do, str(problem.where)))


def test_every_clock_and_every_rule_has_a_case() -> None:
    """A rule that no case touches could say anything."""
    written = {each["clock"] for each in CASES if "due" in each}
    assert written == set(document("clocks")["clocks"])
    mentioned = {each.get("governs") for each in CASES} | {rule for each in CASES for rule in each.get("says", {})}
    sets = [each for name in written for each in clock(name).sets]
    assert {rule.id for each in sets for rule in (*each.rules, *each.beside)} == mentioned - {None}


def test_every_note_has_a_case() -> None:
    """And nothing is noted that the words cannot say."""
    said = {note for each in CASES if "due" in each for note in count(each).notes}
    phrases = document("words/en")["phrases"]
    assert {note for note in said if f"due_{note}" not in phrases} == set()
    written = {note for each in CASES for note in each.get("notes", ())}
    assert said - written == {"limit_unconfirmed"}


def test_why_a_day_did_not_count() -> None:
    """By its weekend, its holiday, the day on which a holiday is observed, or the pause."""
    july = count({"clock": "decision_standard", "programme": "ecm", "received": "2026-06-29"})
    assert [(each.day.day, each.why, each.observed) for each in july.skipped] == [
        (3, "independence_day", True),
        (4, "saturday", False),
        (5, "sunday", False),
    ]
    paused = count({"clock": "decision_eaa", "received": "2026-01-10", "paused": ["2026-02-01/2026-02-02"]})
    assert [(each.day.day, each.why) for each in paused.skipped] == [(2, PAUSED)]
