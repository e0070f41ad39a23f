"""Whatever is sent to `check`: an answer, or the contract's refusal. Never an error of Python's."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.anywhere import places, put
from tests.commands.door import run

WORDS = [
    *"score no_home setting street nickname last_checkup visit stay custody enrolled_in pace claims enrolment".split(),
    *"sunny sunny_plan 2026-05-02 2026-02-30 0001-01-01 9999-12-31 0000-00-00 Patient Bundle".split(),
    "\ud800",
    "",
]
KEYS = [
    *"schema id birth_date county languages race_ethnicity coverage facts events complete fact value from".split(),
    *"until learnt source event on through plan resourceType entry".split(),
]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**13), 10**13)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
    | st.sampled_from(WORDS)
)
ANY_JSON = st.recursive(
    LEAVES,
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inside, max_size=4)
    ),
    max_leaves=15,
)
GOOD_PERSON: dict[str, Any] = {
    "schema": "wholeperson/person@1",
    "id": "sol",
    "birth_date": "2003-02-28",
    "county": "sunny",
    "languages": ["es"],
    "race_ethnicity": ["blue"],
    "coverage": [
        {
            "plan": "sunny_plan",
            "county": "sunny",
            "aid_code": "42",
            "from": "2020-01-01",
            "until": None,
            "share_of_cost": "none",
        }
    ],
    "facts": [
        {
            "fact": "score",
            "value": 5,
            "from": "2026-01-01",
            "until": "2026-12-31",
            "learnt": "2026-02-01",
            "source": "screening",
            "attested_by": "R",
        },
        {"fact": "last_checkup", "value": None, "source": "claims"},
        {"fact": "houseless", "value": True},
    ],
    "events": [
        {"event": "visit", "on": "2026-09-01", "avoidable": True, "source": "claims", "id": "v1"},
        {"event": "stay", "from": "2026-09-01", "until": "2026-10-20", "term": "long", "learnt": "2026-11-01"},
        {"event": "enrolled_in", "from": "2026-01-01", "until": None, "program": "pace"},
        {"event": "diagnosis", "on": "2026-05-01", "code": "Z59.01"},
    ],
    "complete": [{"source": "claims", "event": "visit", "from": "2020-01-01", "through": "2026-11-10"}],
}


PLACES = list(places(GOOD_PERSON))


def answered_or_refused(sent: bytes | str) -> None:
    ran = run("check", "-", "--json", stdin=sent)
    assert ran.code in (0, 2)
    assert ran.err == ""
    if ran.code:
        assert ran.error
    else:
        assert ran.json["schema"] == "wholeperson/check@1"
    plain = run("check", "-", stdin=sent)
    assert plain.code == ran.code
    assert bool(plain.out) is (ran.code == 0)


def test_the_good_person_is_answered() -> None:
    assert run("check", "-", stdin=json.dumps(GOOD_PERSON)).code == 0


@settings(max_examples=150)
@given(st.binary(max_size=60))
def test_any_bytes(raw: bytes) -> None:
    answered_or_refused(raw)


@settings(max_examples=150)
@given(st.text(alphabet='{}[]":,-?&*!|>%@`#\n\t 0159eE.+yésnulltrfa<~', max_size=40))
def test_any_text_that_looks_like_yaml_or_json(text: str) -> None:
    answered_or_refused(text)


@settings(max_examples=150)
@given(ANY_JSON)
def test_any_json(tree: Any) -> None:
    answered_or_refused(json.dumps(tree))


@settings(max_examples=250)
@given(st.lists(st.tuples(st.sampled_from(PLACES), ANY_JSON), min_size=1, max_size=3))
def test_a_person_with_anything_anywhere(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    tree = copy.deepcopy(GOOD_PERSON)
    for place, value in changes:
        put(tree, place, value)
    answered_or_refused(json.dumps(tree))


def test_each_key_may_be_missing() -> None:
    for place in PLACES:
        tree: Any = copy.deepcopy(GOOD_PERSON)
        holder = tree
        for key in place[:-1]:
            holder = holder[key]
        del holder[place[-1]]
        answered_or_refused(json.dumps(tree))


@pytest.mark.long
def test_every_place_with_every_odd_value() -> None:
    odd = [None, True, False, 0, -1, 10**30, 1.5, "", [], {}, [[]], [{}], {"x": 1}, [None], *WORDS]
    for place in PLACES:
        for value in odd:
            tree = copy.deepcopy(GOOD_PERSON)
            put(tree, place, value)
            answered_or_refused(json.dumps(tree))
