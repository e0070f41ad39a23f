"""What the screener promises: few questions, soon something that may fit, and none that is long or hard to read."""

import re
import statistics

import pytest
import textstat

from benchmarks.respondent import people, run
from wholeperson.handbook.screener.finding import all_asked
from wholeperson.handbook.screener.guide import Guide, guide_of
from wholeperson.rules.reading.cache import load_policy

GUIDE: Guide = guide_of(load_policy(), "en")
DANGER = re.compile(r"violen|suicid|overdose|\bdrug|alcohol|drunk|stalk|hurts|substance", re.IGNORECASE)
EVERY = 6  # of all people of the cases; `make bench NAME=screener` asks everybody


@pytest.fixture(scope="module")
def runs() -> list:
    return [run(*each) for each in people(GUIDE, every=EVERY)]


def test_most_are_done_after_twelve_questions(runs: list) -> None:
    assert len(runs) > 150
    assert statistics.median(len(each.asked) for each in runs) <= 12


def test_what_may_fit_shows_after_six(runs: list) -> None:
    firsts = [each.first for each in runs if each.first is not None]
    assert len(firsts) > 100
    assert statistics.median(firsts) <= 6
    assert sorted(firsts)[int(len(firsts) * 0.9)] <= 6


def test_the_count_of_what_is_left_is_not_too_low(runs: list) -> None:
    """About so many more: for nine steps of ten no more came than was said."""
    held = [len(one.asked) - at - 1 <= left for one in runs for at, left in enumerate(one.announced)]
    assert sum(held) / len(held) >= 0.88


def test_no_question_is_put_twice(runs: list) -> None:
    assert all(len(each.asked) == len(set(each.asked)) for each in runs)


def test_nobody_is_asked_what_only_records_say(runs: list) -> None:
    asked = {fact for each in runs for fact in each.asked}
    assert asked <= all_asked(GUIDE)
    assert not {"in_pace", "authorized_for_transitional_rent", "mcp_discretionary_high_use_authorization"} & asked


def easy(text: str) -> bool:
    return len(text.split()) <= 20 and round(textstat.flesch_kincaid_grade(text), 1) <= 6


@pytest.mark.parametrize("fact", sorted(all_asked(GUIDE)))
def test_a_question_is_short_and_plain(fact: str) -> None:
    assert easy(GUIDE.question(fact)), f"write a plainer one into policy/screener.yaml: {GUIDE.question(fact)}"
    assert "?" in GUIDE.question(fact)


@pytest.mark.parametrize("name", sorted(GUIDE.situations))
def test_a_situation_is_short_and_plain(name: str) -> None:
    assert easy(GUIDE.situations[name].says)


def test_help_in_danger_stands_where_danger_is_spoken_of() -> None:
    """A question that names violence, drugs or self-harm is marked, so that 911 and 988 stand beside it."""
    spoken = {fact for fact in all_asked(GUIDE) if DANGER.search(GUIDE.question(fact))}
    assert {fact for fact in spoken if not GUIDE.is_urgent(fact)} == set()
    assert {each.id for each in GUIDE.situations.values() if DANGER.search(each.says) and not each.urgent} == set()


def test_every_programme_is_reached_by_something_to_tick() -> None:
    reached = {name for each in GUIDE.situations.values() for name in each.looks_at}
    assert reached == GUIDE.policy.programmes.keys() - {"ecm"}


@pytest.mark.parametrize("language", ["es", "zh-Hant"])
def test_everything_is_said_in_the_other_languages(language: str) -> None:
    other = guide_of(load_policy(language=language), language)
    for fact in all_asked(GUIDE):
        assert other.question(fact) != GUIDE.question(fact), fact
    for name, each in GUIDE.situations.items():
        assert other.situations[name].says != each.says, name
