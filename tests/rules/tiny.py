"""A tiny world: few facts, few events, few days, so that edges meet often. Policies and people are drawn from it."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision
from wholeperson.rules.person import OPEN, Complete, Coverage, Happening, Person, Statement
from wholeperson.rules.reading.files import Documents
from wholeperson.rules.reading.library import Policy, build

TODAY = date(2026, 11, 21)
BOOLS = ("a", "b", "c", "d")
TRUTH = {"cites": ["SRC 1"], "mark": "source-verified"}


def fact(kind: str = "bool", **more: Any) -> dict[str, Any]:
    """A fact's definition."""
    return {
        "type": kind,
        "ask": "?",
        "proof": ["hmis", "referrer", "member"],
        "absence": "not_known",
        "privacy": "open",
        **more,
    }


def event(kind: str, **more: Any) -> dict[str, Any]:
    """An event's definition."""
    return {
        "kind": kind,
        "sources": ["claims", "adt"],
        "complete_from": ["claims"],
        "privacy": "open",
        "attributes": {"flag": "bool"},
        **more,
    }


def documents(criteria: dict[str, Any], **more: Any) -> Documents:
    """A policy of one programme with these criteria."""
    programme = {
        "id": "p",
        "name": "P",
        "kind": "benefit",
        "from": "2000-01-01",
        "describes": "P",
        "criteria": criteria,
        **TRUTH,
        **more,
    }
    facts = {name: fact() for name in (*BOOLS, "in_stay_said", "ended_said", "always", "never")}
    facts |= {
        "visits_said": fact("int"),
        "days_said": fact("int"),
        "birth_date": fact("date"),
        "race_ethnicity": fact("list"),
    }
    parameters = {
        "tolerated_coverage_gap": {"default": "0 days", "readings": ["0 days"]},
        "wider": {"default": True, "readings": [True, False]},
    }
    return Documents(
        {
            "populations_of_focus/p": programme,
            "facts": {"facts": facts},
            "events": {
                "events": {"visit": event("event"), "stay": event("spell")},
                "attribute_types": {"bool": [True, False]},
            },
            "parameters": {"parameters": parameters},
            "sources": {"sources": {"SRC": {"grade": "A"}}},
            "overlaps": {"id": "overlaps", "rows": []},
            "counties": {"counties": {}},
        }
    )


def policy(criteria: dict[str, Any], **more: Any) -> Policy:
    """The same, ready to decide."""
    return build(documents(criteria, **more))


def leaves(
    *, events: bool = True, negative_events: bool = True, marks: bool = True
) -> st.SearchStrategy[dict[str, Any]]:
    """One leaf, confirmed or not."""
    plain = st.sampled_from(BOOLS).map(lambda name: {"fact": name})
    old = st.sampled_from([{"age": {"at_least": 21}}, {"age": {"under": 21}}])
    found = [plain, plain, old]
    if events:
        found += [st.sampled_from(EVENT_LEAVES)] if negative_events else [st.sampled_from(EVENT_LEAVES[:-1])]
    mark = st.sampled_from(["source-verified", "source-verified", "memory"]) if marks else st.just("source-verified")
    return st.tuples(st.one_of(found), mark).map(lambda pair: {**pair[0], "mark": pair[1], "says": "x"})


EVENT_LEAVES: tuple[dict[str, Any], ...] = (
    {"count": "visit", "within": "1 month", "ending": "last_complete_month", "at_least": 2, "attested": "visits_said"},
    {
        "count": "visit",
        "where": {"flag": True},
        "within": "40 days",
        "ending": "on",
        "at_least": 1,
        "attested": "visits_said",
    },
    {"during": "stay", "on": "today", "attested": "in_stay_said"},
    {"ended": "stay", "within": "1 month", "attested": "ended_said"},
    {"days": "stay", "within": "1 month", "at_least": 5, "attested": "days_said"},
    {"count": "visit", "within": "1 month", "ending": "last_complete_month", "at_most": 1, "attested": "visits_said"},
)


def trees(leaf: st.SearchStrategy[dict[str, Any]], *, negations: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """Groups of groups of leaves, three deep."""

    def groups(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        members = st.lists(inner, min_size=1, max_size=3)
        words = ["all_of", "any_of", "none_of"] if negations else ["all_of", "any_of"]
        joined = st.tuples(st.sampled_from(words), members).map(lambda pair: {pair[0]: pair[1]})
        counted = members.flatmap(lambda each: st.integers(1, len(each)).map(lambda n: {"at_least": n, "of": each}))
        asked = st.tuples(joined, st.sampled_from(BOOLS)).map(lambda pair: {**pair[0], "attested": pair[1]})
        return st.one_of(joined, joined, counted, asked)

    return groups(st.recursive(leaf, groups, max_leaves=6)).map(named)


def named(tree: dict[str, Any]) -> dict[str, Any]:
    """Give every node an id of its own."""
    counter = iter(range(1000))

    def walk(node: dict[str, Any]) -> dict[str, Any]:
        made = {**node, "id": f"n{next(counter)}"}
        for key in ("all_of", "any_of", "none_of", "of"):
            if key in made:
                made[key] = [walk(child) for child in made[key]]
        return made

    return walk(tree)


DAYS = st.integers(0, 70).map(lambda back: TODAY - timedelta(days=back))
FLAGS = st.sampled_from([{}, {"flag": True}, {"flag": False}])
SOURCES = st.sampled_from(["hmis", "referrer", "member"])
VISITS = st.builds(
    lambda day, flag, source, n: Happening("visit", day, day, flag, source, f"v{n}"),
    DAYS,
    FLAGS,
    st.sampled_from(["claims", "adt"]),
    st.integers(0, 10**6),
)
STAYS = st.builds(
    lambda day, length, flag, n: Happening("stay", day, _end(day, length), flag, "claims", f"s{n}"),
    DAYS,
    st.sampled_from([0, 1, 4, 5, 30, None, "still"]),
    FLAGS,
    st.integers(0, 10**6),
)
SAID = st.one_of(
    st.builds(
        lambda name, value, source: Statement(name, value, None, None, None, source, None),
        st.sampled_from((*BOOLS, "in_stay_said", "ended_said")),
        st.booleans(),
        SOURCES,
    ),
    st.builds(
        lambda name, value, source: Statement(name, value, None, None, None, source, None),
        st.sampled_from(("visits_said", "days_said")),
        st.integers(0, 6),
        SOURCES,
    ),
)
THROUGH = st.sampled_from([date(2026, 11, 21), date(2026, 10, 31), date(2026, 10, 15), date(2026, 9, 30)])
COMPLETE = st.lists(st.builds(lambda through: Complete("claims", None, date(2026, 1, 1), through), THROUGH), max_size=1)


def _end(day: date, length: Any) -> date | None:
    if length == "still":
        return OPEN
    return None if length is None else day + timedelta(days=length)


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Somebody of the tiny world."""
    born = draw(st.sampled_from([None, date(2005, 11, 21), date(2005, 11, 22), date(1980, 5, 4)]))
    covered = draw(st.sampled_from([(), (Coverage("plan", None, None, date(2015, 1, 1), OPEN, None),)]))
    return Person(
        "x",
        born,
        None,
        (),
        None,
        covered,
        tuple(draw(st.lists(SAID, max_size=4))),
        tuple(draw(st.lists(st.one_of(VISITS, STAYS), max_size=4))),
        tuple(draw(COMPLETE)),
    )


def decided(made: Policy, person: Person, told: dict[str, Any] | None = None) -> Decision:
    """The programme's decision for the person."""
    case = Case(made, person, on=TODAY)
    case.tell((told or {}).items())
    return Court(case).decide("p")
