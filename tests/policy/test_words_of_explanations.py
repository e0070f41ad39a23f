"""Explanations speak the policy's own words, plainly: no field names, and a grade of eight or less."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import textstat

from wholeperson.rules.case import Case
from wholeperson.rules.explain import check
from wholeperson.rules.proving.cases import read_cases
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words

CASES = Path(__file__).parent / "cases"
SNAKE = re.compile(r"[a-z]+_[a-z]")


@lru_cache
def policy() -> Policy:
    return load_policy()


def spoken() -> set[str]:
    """Every sentence the policy could say in English: criteria, questions, names."""
    made = policy()
    nodes = [node for each in made.programmes.values() for node in each.nodes]
    nodes += [node for each in made.programmes.values() for _, _, node in each.conditions]
    return {node.says for node in nodes if node.says} | {fact.ask for fact in made.facts.values()}


@pytest.mark.parametrize("sentence", sorted(spoken()))
def test_a_sentence_is_plain(sentence: str) -> None:
    assert not SNAKE.search(sentence)
    whole = sentence if sentence.endswith("?") else f"The person {sentence}."
    assert textstat.flesch_kincaid_grade(whole) <= 8, f"grade {textstat.flesch_kincaid_grade(whole)}: {sentence}"
    assert len(sentence.split()) <= 20


def test_every_sentence_of_an_explanation_comes_from_the_policy() -> None:
    made = policy()
    words = Words(made)
    allowed = spoken() | set(words.english.values())
    for example in list(read_cases(CASES, made))[::25]:
        report = check(Case(made, example.person, on=example.on), made.programmes, words)
        for programme in report["programmes"]:
            assert {node["says"] for node in walk(programme["tree"])} <= allowed


def walk(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(each for child in node["children"] for each in walk(child))]


def test_names_and_descriptions_are_plain() -> None:
    for programme in policy().programmes.values():
        assert not SNAKE.search(programme.name + programme.data["describes"])
        assert textstat.flesch_kincaid_grade(programme.data["describes"]) <= 10


@pytest.mark.parametrize("language", ["es", "zh-Hant"])
def test_other_languages_leave_no_english_in_a_tree(language: str) -> None:
    made = policy()
    english, other = Words(made), Words(made, language)
    example = next(iter(read_cases(CASES, made)))
    case = Case(made, example.person, on=example.on)
    spoken_there = {
        node["says"] for each in check(case, made.programmes, other)["programmes"] for node in walk(each["tree"])
    }
    spoken_here = {
        node["says"] for each in check(case, made.programmes, english)["programmes"] for node in walk(each["tree"])
    }
    assert not spoken_there & spoken_here
