"""Whatever stands in a policy: it is told what is wrong, or everybody can be decided by it. Never an error of Python's.

One or two places of the good policy are changed: a value of another kind, another value of the same policy, a key that
is gone or misspelt, a member twice. What the checks let through must then carry a whole decision and its explanation.
"""

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.anywhere import Place, places
from tests.rules.reading.ladder import GOOD as FOLDER
from tests.rules.reading.ladder import good
from wholeperson.rules.case import Case
from wholeperson.rules.explain import check as explained
from wholeperson.rules.problems import Refused
from wholeperson.rules.reading.check_documents import check
from wholeperson.rules.reading.files import Documents, policy_paths
from wholeperson.rules.reading.library import Policy, build
from wholeperson.rules.reading.person_json import fact_value, read_person
from wholeperson.rules.reading.versions import stamp_versions
from wholeperson.rules.reading.yaml_lines import read_yaml
from wholeperson.rules.words import Words

GOOD = good()
ODD: list[Any] = [
    None, True, False, 0, 5, -1, 10**30, 1.5, "", "x", "no", "2026-01-01", "6 months", "0 days", "not_known", [], {},
    ["x"], [None], [[]], {"x": 1}, {"parameter": "young_until"}, {"parameter": "x"}, {"parameter": []},
    {"use": "no_home"}, {"codes": "groups"}, {"id": "x", "says": "x", "fact": "no_home"}, "outdoors", "stay", "no_home",
]  # fmt: skip
SOMEBODY = {
    "birth_date": "2003-02-28",
    "county": "sunny",
    "race_ethnicity": ["blue"],
    "coverage": [{"plan": "sunny_plan", "county": "sunny", "aid_code": "42", "from": "2020-01-01", "until": None}],
    "facts": [
        {"fact": "score", "value": 5},
        {"fact": "setting", "value": "street"},
        {"fact": "last_checkup", "value": "2020-01-01", "source": "claims"},
        {"fact": "visits_said", "value": 2},
    ],
    "events": [
        {"event": "visit", "on": "2026-09-01", "avoidable": True, "source": "claims"},
        {"event": "stay", "from": "2026-09-01", "until": "2026-10-20", "term": "long"},
        {"event": "stay", "from": "2026-11-01"},
        {"event": "custody", "from": "2021-01-01", "until": "2026-05-01"},
        {"event": "diagnosis", "on": "2026-05-01", "code": "Z59.01"},
        {"event": "enrolled_in", "from": "2026-01-01", "until": None, "program": "pace"},
    ],
    "complete": [{"source": "claims", "from": "2020-01-01", "through": "2026-11-10"}],
}
NOBODY: dict[str, Any] = {}


TEXTS = {name: path.read_text("utf-8") for name, path in policy_paths([FOLDER]).items() if path.suffix == ".yaml"}
PLACES = [(name, *path) for name, data in GOOD.by_name.items() for path in places(data)]
CHANGES = ("odd", "gone", "misspelt", "twice", "other")


def changed(documents: Documents, place: Place, change: str, value: Any) -> None:
    """Do one thing to one place; nothing when an earlier change took it away."""
    holder: Any = documents.by_name
    for key in place[:-1]:
        if not (isinstance(holder, dict) and key in holder) and not (
            isinstance(holder, list) and key in range(len(holder))
        ):
            return
        holder = holder[key]
    last = place[-1]
    if isinstance(holder, dict) and last in holder:
        if change in ("gone", "misspelt"):
            taken = holder.pop(last)
            holder.update({f"{last}s": taken} if change == "misspelt" else {})
        elif change == "twice":
            holder[last] = [holder[last], holder[last]]
        else:
            holder[last] = value
    elif isinstance(holder, list) and last in range(len(holder)):
        if change == "gone":
            del holder[last]
        elif change == "twice":
            holder.append(copy.deepcopy(holder[last]))
        else:
            holder[last] = value


def told_or_decided(documents: Documents) -> None:
    problems = check(documents)
    if problems:
        assert all(each.problem and each.why and each.do and each.where.file for each in problems)
        assert all(isinstance(word, str) for each in problems for word in each.allowed)
        return
    policy = build(documents)
    stamp_versions(policy)
    for data in (SOMEBODY, NOBODY):
        decided(policy, data)


def decided(policy: Policy, data: dict[str, Any]) -> None:
    on = date(2026, 11, 21)
    person = read_person(only_known(policy, data), policy, on=on)
    report = explained(Case(policy, person, on=on), policy.programmes, Words(policy, "es"))
    assert {each["id"] for each in report["programmes"]} == set(policy.programmes)


def only_known(policy: Policy, data: dict[str, Any]) -> dict[str, Any]:
    """The person as far as this policy has words for them."""
    groups = policy.facts["race_ethnicity"]
    facts = [each for each in data.get("facts", ()) if each["fact"] in policy.facts]
    events = [only_known_event(policy, each) for each in data.get("events", ())]
    return {
        **{key: value for key, value in data.items() if key != "county" or value in policy.counties},
        "coverage": [{**each, "plan": None, "county": None} for each in data.get("coverage", ())],
        "race_ethnicity": [each for each in data.get("race_ethnicity", ()) if fact_value(groups, [each])[0]],
        "facts": [each for each in facts if fact_value(policy.facts[each["fact"]], each["value"])[0]],
        "events": [each for each in events if each],
    }


def only_known_event(policy: Policy, said: dict[str, Any]) -> dict[str, Any] | None:
    event = policy.events.get(said["event"])
    if event is None or event.kind == "derived":
        return None
    plain = {"event", "on", "from", "until", "source", "id", "learnt"}
    return {
        key: value
        for key, value in said.items()
        if key in plain or value in policy.attribute_types.get(event.attributes.get(key, ""), ())
    }


def test_the_good_policy_decides() -> None:
    documents = copy.deepcopy(GOOD)
    assert check(documents) == []
    told_or_decided(documents)


@settings(max_examples=600)
@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from(CHANGES), st.sampled_from(ODD), st.sampled_from(PLACES)),
        min_size=1,
        max_size=2,
    )
)
def test_a_policy_with_anything_anywhere(changes: list[tuple[Place, str, Any, Place]]) -> None:
    documents = copy.deepcopy(GOOD)
    for place, change, odd, other in changes:
        changed(documents, place, change, value_at(other) if change == "other" else copy.deepcopy(odd))
    told_or_decided(documents)


def value_at(place: Place) -> Any:
    value: Any = GOOD.by_name
    for key in place:
        value = value[key]
    return copy.deepcopy(value)


@settings(max_examples=300)
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_a_file_with_any_slip_of_the_hand(name: str, data: st.DataObject) -> None:
    """A line too far left, a bracket gone, a quote too many: refused where the file no longer reads."""
    documents, text = copy.deepcopy(GOOD), TEXTS[name]
    at = data.draw(st.integers(0, len(text)))
    gone = data.draw(st.integers(0, 4))
    put = data.draw(st.text(alphabet="{}[]:,-\"'#&*!|> \n\tax0", max_size=3))
    try:
        documents.by_name[name], documents.lines[name] = read_yaml(text[:at] + put + text[at + gone :], f"{name}.yaml")
    except Refused:
        return
    told_or_decided(documents)


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(GOOD.by_name))
def test_every_place_with_every_odd_value(name: str) -> None:
    for place in (each for each in PLACES if each[0] == name):
        for change, value in [("gone", None), ("misspelt", None), ("twice", None), *(("odd", odd) for odd in ODD)]:
            documents = copy.deepcopy(GOOD)
            changed(documents, place, change, copy.deepcopy(value))
            told_or_decided(documents)
