"""The tiny world of the rules, made wide enough for every word of the policy language: each leaf, each derivation."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from wholeperson.rules.person import OPEN, Complete, Coverage, Happening, Person, Statement
from wholeperson.rules.reading.files import Documents
from wholeperson.rules.reading.library import Policy, build

TODAY = date(2026, 11, 21)
TRUTH = {"cites": ["SRC 1"], "mark": "source-verified"}
BOOLS = ("a", "b", "c")
RECORDS = ["enrolment", "claims"]


def fact(kind: str = "bool", **more: Any) -> dict[str, Any]:
    proof = ["enrolment", "hmis", "referrer", "member"]
    return {"type": kind, "ask": "?", "proof": proof, "absence": "not_known", "privacy": "open", **more}


def event(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "sources": ["claims", "adt"],
        "complete_from": ["claims"],
        "privacy": "open",
        "attributes": {"avoidable": "bool", "unplanned": "bool", "about": "about", "term": "term"},
        **more,
    }


FACTS: dict[str, Any] = {
    "a": fact(),
    "b": fact(absence={"no_when_complete": ["enrolment"]}, governed_by=["enrolment"]),
    "c": fact(
        evidence=[
            {"fact": "a", "mark": "source-verified"},
            {"codes": "set", "within": "1 month", "mark": "memory"},
            {"aid_codes": "group", "mark": "source-verified"},
        ]
    ),
    "d": fact(),
    "coded": fact(
        evidence=[
            {"codes": "set", "within": "1 month", "mark": "source-verified"},
            {"codes": "set", "within": "2 months", "mark": "memory"},
        ]
    ),
    "in_stay_said": fact(),
    "ended_said": fact(),
    "enrolled_said": fact(absence={"no_when_complete": ["enrolment"]}),
    "visits_said": fact("int"),
    "days_said": fact("int"),
    "how_many": fact("int"),
    "last_seen": fact("date"),
    "kind_of": fact("word", values=["x", "y", "z"]),
    "birth_date": fact("date"),
    "race_ethnicity": fact("list", values=["one", "two", "three"]),
}
EVENTS: dict[str, Any] = {
    "visit": event("event", absorb={"into": "stay"}),
    "stay": event("spell", merge={"gap": "0 days"}),
    "home": event("spell"),
    "away": event("derived", pool={"stay": {"avoidable": True, "unplanned": True}, "home": {"term": "short"}}),
    "anywhere": event("derived", pool={"stay": {}, "home": {"avoidable": True}}, merge={"gap": "1 days"}),
    "enrolled_in": {
        **event("spell"),
        "attributes": {"program": "program"},
        "complete_from": [],
        "complete_by": {"p1": ["enrolment"]},
    },
    "authorized_for": {**event("spell"), "attributes": {"program": "programme"}, "complete_from": ["authorizations"]},
    "diagnosis": {**event("event"), "attributes": {"code": "text"}, "complete_from": []},
}
LEAVES: tuple[dict[str, Any], ...] = (
    {"fact": "a"},
    {"fact": "b"},
    {"fact": "b", "records": RECORDS},
    {"fact": "c"},
    {"fact": "coded"},
    {"fact": "how_many", "at_least": 2},
    {"fact": "how_many", "at_most": 3},
    {"fact": "kind_of", "is": "x"},
    {"fact": "kind_of", "in": ["y", "z"]},
    {"fact": "race_ethnicity", "in": ["one", "two"]},
    {"fact": "last_seen", "at_least": "1 month ago"},
    {"age": {"at_least": 21}},
    {"age": {"under": 21}},
    {"count": "visit", "within": "1 month", "ending": "last_complete_month", "at_least": 2, "attested": "visits_said"},
    {
        "count": "visit",
        "where": {"avoidable": True},
        "distinct": "day",
        "within": "40 days",
        "ending": "on",
        "at_least": 1,
        "attested": "visits_said",
    },
    {
        "count": "visit",
        "where": {"about": ["mental_health", "substance_use"]},
        "within": "1 month",
        "ending": "on",
        "at_most": 1,
    },
    {
        "count": "away",
        "kinds": "apart",
        "distinct": "stay",
        "within": "1 month",
        "ending": "last_complete_month",
        "at_least": 2,
    },
    {"count": "away", "kinds": "together", "distinct": "stay", "within": "2 months", "ending": "on", "at_least": 2},
    {"days": "stay", "within": "1 month", "at_least": 5, "attested": "days_said"},
    {"days": "anywhere", "within": "20 days", "at_most": 4},
    {"days": "anywhere", "continuous": True, "at_least": 10},
    {"days": "home", "continuous": True, "at_least": 6, "attested": "days_said"},
    {"days": "home", "within": "30 days", "at_least": 7},
    {"during": "stay", "on": "today", "attested": "in_stay_said"},
    {"during": "home", "where": {"term": "short"}, "on": "today"},
    {"during": "home", "on": "since birthday 21"},
    {"during": "stay", "on": "birthday 21"},
    {"ended": "stay", "within": "1 month", "attested": "ended_said"},
    {"ended": "home", "where": {"unplanned": True}, "within": "20 days"},
    {"enrolled_in": ["p1"], "attested": "enrolled_said", "records": RECORDS},
    {"enrolled_in": ["p1", "p2"]},
    {"authorized_for": "p"},
)


def documents(criteria: dict[str, Any], **more: Any) -> Documents:
    """A policy of two programmes: these criteria, and one that meets them."""
    shared = {"kind": "benefit", "from": "2000-01-01", **TRUTH}
    first = {"id": "p", "name": "P", "describes": "P", "criteria": criteria, **shared, **more}
    outer = {
        "any_of": [{"id": "q_meets", "says": "x", "meets": "p"}, {"id": "q_a", "says": "x", "fact": "a"}],
        "id": "q_root",
    }
    second = {"id": "q", "name": "Q", "describes": "Q", "criteria": outer, **shared}
    types = {
        "bool": [True, False],
        "about": ["mental_health", "substance_use", "none"],
        "term": ["short", "long"],
        "program": ["p1", "p2"],
    }
    parameters = {
        "tolerated_coverage_gap": {"default": "2 days", "readings": ["2 days"]},
        "wider": {"default": True, "readings": [True, False]},
    }
    codes = {
        "set": [{"code": "Z59*", "from": "", "to": "2026-11-01"}, {"code": "F20", "from": "", "to": ""}],
        "aid_codes": [{"code": "4K", "group": "group", "from": "", "to": ""}],
    }
    return Documents(
        {
            "populations_of_focus/p": first,
            "populations_of_focus/q": second,
            "facts": {"facts": FACTS},
            "events": {"events": EVENTS, "attribute_types": types},
            "parameters": {"parameters": parameters},
            "sources": {"sources": {"SRC": {"grade": "A"}}},
            "overlaps": {"id": "overlaps", "rows": []},
            "counties": {"counties": {}},
        },
        {},
        codes,
    )


def policy(criteria: dict[str, Any], **more: Any) -> Policy:
    """The same, ready to decide."""
    return build(documents(criteria, **more))


def leaves() -> st.SearchStrategy[dict[str, Any]]:
    """One leaf, confirmed or not."""
    mark = st.sampled_from(["source-verified", "source-verified", "memory"])
    return st.tuples(st.sampled_from(LEAVES), mark).map(lambda pair: {**pair[0], "mark": pair[1], "says": "x"})


DAYS = st.integers(0, 70).map(lambda back: TODAY - timedelta(days=back))
MAYBE = st.sampled_from([None, True, False])


@st.composite
def happenings(draw: st.DrawFn) -> Happening:
    """Something that happened, or will."""
    name = draw(
        st.sampled_from(["visit", "visit", "stay", "stay", "home", "enrolled_in", "authorized_for", "diagnosis"])
    )
    begins = draw(DAYS) + timedelta(days=draw(st.sampled_from([0, 0, 0, 3])))
    source, key = draw(st.sampled_from(["claims", "adt", "enrolment", "member", None])), draw(st.integers(0, 10**9))
    if name in ("visit", "diagnosis"):
        ends: date | None = begins
    else:
        length = draw(st.sampled_from([0, 1, 4, 5, 12, 30, None, "still"]))
        ends = OPEN if length == "still" else None if length is None else begins + timedelta(days=length)
    return Happening(name, begins, ends, draw(_attributes(name)), source, f"e{key}")


def _attributes(name: str) -> st.SearchStrategy[dict[str, Any]]:
    if name == "diagnosis":
        return st.sampled_from([{"code": "Z59.0"}, {"code": "F20"}, {"code": "A00"}])
    if name == "enrolled_in":
        return st.sampled_from([{"program": "p1"}, {"program": "p2"}, {}])
    if name == "authorized_for":
        return st.sampled_from([{"program": "p"}, {"program": "q"}])
    about = st.sampled_from([None, "mental_health", "substance_use", "none"])
    told = st.fixed_dictionaries(
        {"avoidable": MAYBE, "unplanned": MAYBE, "about": about, "term": st.sampled_from([None, "short", "long"])}
    )
    return told.map(lambda each: {key: value for key, value in each.items() if value is not None})


VALUES: dict[str, list[Any]] = {
    **{name: [True, False] for name, each in FACTS.items() if each["type"] == "bool"},
    **{name: [0, 1, 2, 3, 4, 5, 6] for name in ("visits_said", "days_said", "how_many")},
    "last_seen": [None, date(2026, 10, 20), date(2026, 10, 21), date(2026, 10, 22)],
    "kind_of": ["x", "y", "z"],
    "race_ethnicity": [("one",), ("three",), ("two", "three")],
}


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Somebody's word."""
    name = draw(st.sampled_from(sorted(VALUES)))
    begins = draw(st.sampled_from([None, None, date(2026, 11, 1), date(2026, 11, 22)]))
    ends = draw(st.sampled_from([None, None, None, date(2026, 11, 20), date(2026, 11, 21)]))
    learnt = draw(st.sampled_from([None, date(2026, 11, 1), date(2026, 11, 2)]))
    source = draw(st.sampled_from(["enrolment", "hmis", "referrer", "member", None]))
    return Statement(name, draw(st.sampled_from(VALUES[name])), begins, ends, learnt, source, None)


COMPLETE = st.builds(
    Complete,
    st.sampled_from(["claims", "claims", "enrolment", "authorizations"]),
    st.sampled_from([None, None, None, "stay"]),
    st.sampled_from([date(2020, 1, 1), date(2026, 10, 1)]),
    st.sampled_from([date(2026, 11, 21), date(2026, 10, 31), date(2026, 10, 15), date(2026, 11, 30)]),
)
COVERAGE = st.builds(
    Coverage,
    st.just("plan"),
    st.none(),
    st.sampled_from([None, "4K"]),
    st.sampled_from([None, date(2015, 1, 1), date(2026, 10, 3), date(2026, 10, 30)]),
    st.sampled_from([OPEN, OPEN, None, date(2026, 10, 28), date(2026, 11, 20), date(2026, 11, 21)]),
    st.none(),
)


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Somebody of the tiny world."""
    born = draw(st.sampled_from([None, date(2005, 11, 21), date(2005, 11, 22), date(2005, 10, 30), date(1980, 5, 4)]))
    race = draw(st.sampled_from([None, ("one",), ("three",)]))
    lists = (
        draw(st.lists(each, max_size=most))
        for each, most in ((COVERAGE, 2), (statements(), 5), (happenings(), 6), (COMPLETE, 2))
    )
    return Person("x", born, None, (), race, *(tuple(each) for each in lists))
