"""The planted members: every programme has its edges, and the answers written by hand are those the rules give."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tests.sweep.synth.as_person import as_person
from wholeperson.rules.answers import word
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.person_json import read_person
from wholeperson.sweep.synth.planting import day_of, read_planted

ON = date(2026, 11, 21)
POLICY = load_policy()
PLANTED = list(read_planted(ON))


@pytest.mark.parametrize("planted", PLANTED, ids=lambda each: f"{each.programme}: {each.edge}")
def test_the_answer_written_by_hand_is_that_of_the_rules(planted) -> None:
    person = read_person(as_person(planted, ON), POLICY, on=ON)
    decision = Court(Case(POLICY, person, on=ON)).decide(planted.programme)
    assert word(decision.answer) == planted.answer, (decision.because, decision.missing, decision.reviews)


def test_every_programme_has_members_on_both_sides_of_its_lines() -> None:
    answers = {name: {each.answer for each in PLANTED if each.programme == name} for name in POLICY.programmes}
    assert answers == {name: {"yes", "no", "not_known"} for name in POLICY.programmes}


def test_an_edge_is_named_once() -> None:
    named = Counter((each.programme, each.edge) for each in PLANTED)
    assert [name for name, times in named.items() if times > 1] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("D", "2026-11-21"),
        ("C - 6 months", "2026-02-28"),
        ("C - 6 months - 1 day", "2026-02-27"),
        ("D - 21 years + 1 day", "2005-11-22"),
        ("2026-01-31", "2026-01-31"),
        ("contra_costa", None),
    ],
)
def test_a_day_is_counted_from_another(text, day) -> None:
    anchors = {"D": ON, "C": date(2026, 8, 31)}
    assert day_of(text, anchors) == (date.fromisoformat(day) if day else None)


def test_the_answers_hold_all_year() -> None:
    """The calendar bends at the end of months."""
    ends = [date(2026, month, 1) - timedelta(days=1) for month in (3, 6, 9)]
    days = [date(2026, 1, 1), *ends, date(2026, 12, 31)]
    wrong = []
    for on in days:
        for planted in read_planted(on):
            person = read_person(as_person(planted, on), POLICY, on=on)
            answer = word(Court(Case(POLICY, person, on=on)).decide(planted.programme).answer)
            if answer != planted.answer:
                wrong.append((on.isoformat(), planted.programme, planted.edge, answer))
    assert wrong == []
