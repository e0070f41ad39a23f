"""Anybody at all, by the packaged policy: every fact and event it knows, on every kind of day, is an answer."""

import json
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.door import run
from wholeperson.rules.language import SOURCES
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Event, Fact, Policy
from wholeperson.rules.reading.listed import FORTHCOMING

DAYS = [
    "0001-01-01", "1899-12-31", "1900-02-28", "1990-06-15", "2001-02-28", "2004-02-29", "2021-12-31", "2022-01-01",
    "2024-02-29", "2025-11-21", "2026-05-21", "2026-10-31", "2026-11-20", "2026-11-21", "2026-12-31", "2200-12-31",
    "9999-12-30", "9999-12-31",
]  # fmt: skip
ON = st.sampled_from([day for day in DAYS if "1900" <= day < "2201"])
DAY = st.sampled_from(DAYS)
UNTIL = st.none() | DAY


@cache
def packaged() -> Policy:
    return load_policy(None, cache=False)


def spans(draw: st.DrawFn) -> dict[str, Any]:
    """From and until in that order, or one of them, or neither."""
    first, last = sorted((draw(DAY), draw(DAY)))
    return draw(st.sampled_from([{}, {"from": first}, {"from": first, "until": last}, {"from": first, "until": None}]))


def value(draw: st.DrawFn, fact: Fact) -> Any:
    if fact.type == "bool":
        return draw(st.booleans())
    if fact.type == "int":
        return draw(st.integers(fact.least or 0, fact.most if fact.most is not None else 10**12 - 1))
    if fact.type == "date":
        return draw(st.none() | DAY)
    if fact.type == "word":
        return draw(st.sampled_from(fact.values))
    if fact.type == "list":
        return draw(st.lists(st.sampled_from(fact.values) if fact.values else st.text(max_size=3), max_size=3))
    return draw(st.text(max_size=5))


def attributes(draw: st.DrawFn, event: Event) -> dict[str, Any]:
    policy, found = packaged(), {}
    for name, kind in event.attributes.items():
        values = {
            "int": st.integers(-5, 10**12 - 1),
            "text": st.sampled_from(["Z59.01", "H0043", "", "F20"]),
            "words": st.lists(st.sampled_from(["U6", "U2"]), max_size=2),
            "date": DAY,
            "programme": st.sampled_from([*policy.programmes, *FORTHCOMING]),
        }
        listed = st.sampled_from([*policy.attribute_types.get(kind, ()), None])
        found[name] = draw(values.get(kind, listed))
    return found


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    policy = packaged()
    facts = draw(st.lists(st.sampled_from(list(policy.facts.values())), max_size=25))
    events = draw(st.lists(st.sampled_from([e for e in policy.events.values() if e.kind != "derived"]), max_size=8))
    source = st.sampled_from([*SOURCES, None])
    return {
        "birth_date": draw(st.sampled_from([None, "0001-01-01", "1900-01-01"])),
        "county": draw(st.sampled_from([*policy.counties, None])),
        "coverage": [
            {"plan": draw(st.sampled_from([*policy.plans, None])), **spans(draw)}
            for _ in range(draw(st.integers(0, 3)))
        ],
        "facts": [
            {"fact": each.name, "value": value(draw, each), "source": draw(source), **spans(draw)} for each in facts
        ],
        "events": [
            {
                "event": each.name,
                **({"from": "2026-01-01"} | spans(draw)),
                "source": draw(source),
                **attributes(draw, each),
            }
            for each in events
        ],
        "complete": [
            {"source": each, "from": "0001-01-01", "through": draw(DAY)}
            for each in draw(st.lists(st.sampled_from(SOURCES), max_size=4))
        ],
    }


@settings(max_examples=100)
@given(people(), ON, st.sampled_from(["en", "es", "zh-Hant"]), st.sampled_from(["care", "plan", "others"]))
def test_anybody_is_answered(person: dict[str, Any], on: str, language: str, audience: str) -> None:
    asked = ("check", "-", "--on", on, "--lang", language, "--audience", audience)
    ran = run(*asked, "--json", stdin=json.dumps(person), policy=None)
    assert ran.code == 0, ran
    assert {each["answer"] for each in ran.json["programmes"]} <= {"yes", "no", "not_known"}
    assert run(*asked, stdin=json.dumps(person), policy=None).code == 0
