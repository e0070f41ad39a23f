"""The policy against people: every case of the sheets comes out as they say, and no line of the policy is unguarded."""

from functools import lru_cache
from pathlib import Path

import pytest

from wholeperson.rules.proving.cases import Example, disappointed, read_cases
from wholeperson.rules.proving.mutate import excused, survivors
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy

HERE = Path(__file__).parent
CASES = HERE / "cases"


@lru_cache
def policy() -> Policy:
    return load_policy(cache=False)


def examples() -> list[Example]:
    return list(read_cases(CASES, policy()))


@pytest.mark.parametrize("example", examples(), ids=lambda each: f"{each.file}: {each.name}")
def test_the_answer_is_what_the_sheet_says(example: Example) -> None:
    assert not disappointed(example, policy())


def test_case_names_stand_once() -> None:
    names = [(each.file, each.name) for each in examples()]
    assert len(names) == len(set(names))


def test_every_programme_has_people_on_both_sides() -> None:
    answers: dict[str, set[str]] = {}
    for example in examples():
        for name, wanted in example.expect.items():
            answers.setdefault(name, set()).add(str(wanted.get("answer")))
    one_sided = {name for name in policy().programmes if not {"yes", "no"} <= answers.get(name, set())}
    assert not one_sided, f"write a case on the other side of: {', '.join(sorted(one_sided))}"


def test_every_change_of_a_leaf_is_noticed_by_some_case() -> None:
    known = excused(HERE / "survivors.yaml")
    tried, left = survivors(load_policy(cache=False), CASES)
    assert tried > 350
    assert {str(each) for each in left} == set(known), "write the case that notices, or excuse the change with a reason"
