"""Asking must end where deciding ends: a file of answers, told question by question, gives no other answer."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from wholeperson.commands.ask import UNKNOWN, ask
from wholeperson.rules.answers import NOT_KNOWN
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court
from wholeperson.rules.proving.cases import Example, read_cases
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy

CASES = Path(__file__).parents[1] / "policy" / "cases"


@lru_cache
def policy() -> Policy:
    return load_policy(cache=False)


def some_cases() -> list[Example]:
    """One of each forty, and only what was told of them as facts."""
    found = list(read_cases(CASES, policy()))[::40]
    return [replace(each, person=replace(each.person, happenings=(), complete=())) for each in found]


def told_of(example: Example) -> Callable[[str], Any]:
    case = Case(policy(), example.person, on=example.on)
    spoken = {each.fact for each in example.person.statements}

    def answer(name: str) -> Any:
        known = case.known(name) if name in spoken else None
        return UNKNOWN if known is None else known.value

    return answer


@pytest.mark.parametrize("example", some_cases(), ids=lambda each: f"{each.file}: {each.name}")
def test_asking_ends_where_deciding_does(example: Example) -> None:
    programmes = list(policy().programmes)
    start = replace(example.person, statements=())
    knows = told_of(example)
    everything = Case(policy(), start, on=example.on)
    everything.tell((name, value) for name in policy().facts if (value := knows(name)) is not UNKNOWN)
    court = Court(everything)
    for decision in ask(Case(policy(), start, on=example.on), programmes, knows, knows)[1]:
        afresh = court.decide(decision.programme.id)
        if decision.answer not in (NOT_KNOWN, afresh.answer):
            # Answers that contradict each other (no to the whole, yes to a part) may go to a person, never turn round.
            assert afresh.answer == NOT_KNOWN, decision.programme.id
            assert afresh.reviews, decision.programme.id


def test_a_null_is_never_overwritten() -> None:
    """An adult's door is not opened by what would open a child's."""
    told = {"homeless_hhs_definition": True, "has_complex_social_factor": True, "high_risk_smh_sud": True}
    start = next(each for each in read_cases(CASES, policy()) if each.file == "pof_3a_adult_smh_sud").person
    person = replace(start, statements=(), happenings=(), complete=())

    def knows(name: str) -> Any:
        return told.get(name, UNKNOWN)

    asked, decisions = ask(Case(policy(), person, on=some_cases()[0].on), ["pof_3a_adult_smh_sud"], knows, knows)
    assert all(each.value is UNKNOWN for each in asked if each.fact not in told)
    assert decisions[0].answer == NOT_KNOWN


def test_an_answered_birth_date_decides_age() -> None:
    from datetime import date

    from wholeperson.commands.check import NOBODY

    asked, decisions = ask(
        Case(policy(), NOBODY, on=date(2026, 11, 21)),
        ["pof_7_child_ccs_plus"],
        lambda name: date(1980, 1, 1) if name == "birth_date" else UNKNOWN,
    )
    assert [each.fact for each in asked][-1] == "birth_date"
    assert decisions[0].answer == 0
