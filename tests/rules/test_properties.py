"""What must hold for every policy and every person: the evaluator is the reference, so it is held to laws."""

import itertools
from dataclasses import replace
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.rules.tiny import BOOLS, DAYS, TODAY, VISITS, decided, leaves, people, policy, trees
from wholeperson.rules.answers import NO, NOT_KNOWN, YES
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision
from wholeperson.rules.outcomes import DISAGREEMENT
from wholeperson.rules.person import Person
from wholeperson.rules.questions import possible_values, settled_by
from wholeperson.rules.reading.library import Policy

TREES = trees(leaves())
PLAIN = trees(leaves(events=False, marks=False))


@given(TREES, people())
def test_a_not_known_names_a_missing_fact_or_a_rule_under_review(tree: dict[str, Any], person: Person) -> None:
    decision = decided(policy(tree), person)
    if decision.answer == NOT_KNOWN:
        assert decision.missing or decision.reviews


@given(TREES, people(), st.data())
def test_answering_every_missing_fact_leaves_only_what_is_under_review(
    tree: dict[str, Any], person: Person, data: st.DataObject
) -> None:
    made = policy(tree)
    decision = decided(made, person)
    told: dict[str, Any] = {}
    while decision.answer == NOT_KNOWN and decision.missing:
        assert not set(decision.missing) & set(told), "an answer given is asked for again"
        told |= {name: data.draw(values(name, made)) for name in decision.missing}
        decision = decided(made, person, told)
    assert decision.answer != NOT_KNOWN or decision.reviews


def values(name: str, made: Policy) -> st.SearchStrategy[Any]:
    """Any value the fact could have."""
    if made.facts[name].type == "date":
        return DAYS
    return st.booleans() if made.facts[name].type == "bool" else st.integers(0, 6)


@given(TREES, people(), st.data())
def test_a_new_word_never_turns_the_answer_round_unless_it_disagrees(
    tree: dict[str, Any], person: Person, data: st.DataObject
) -> None:
    made = policy(tree)
    before = decided(made, person)
    unknown = [
        name
        for name in made.facts
        if name != "race_ethnicity" and not any(each.fact == name for each in person.statements)
    ]
    name = data.draw(st.sampled_from(sorted(unknown)))
    assume(not (name == "birth_date" and person.birth_date))
    after = decided(made, person, {name: data.draw(values(name, made))})
    if {before.answer, after.answer} == {YES, NO}:
        assert DISAGREEMENT in after.reviews


@given(PLAIN, people(), st.data())
def test_with_plain_facts_nothing_turns_round_at_all(tree: dict[str, Any], person: Person, data: st.DataObject) -> None:
    made = policy(without_umbrellas(tree))
    before = decided(made, person)
    after = decided(made, person, {data.draw(st.sampled_from(unsaid(person))): data.draw(st.booleans())})
    assert before.answer in (NOT_KNOWN, after.answer)


def unsaid(person: Person) -> list[str]:
    """Facts nobody spoke of, and one nobody uses."""
    return [name for name in (*BOOLS, "in_stay_said") if not any(each.fact == name for each in person.statements)]


def without_umbrellas(tree: dict[str, Any]) -> dict[str, Any]:
    """The same tree without facts asked for whole groups."""
    made = {key: value for key, value in tree.items() if key != "attested"}
    for key in ("all_of", "any_of", "none_of", "of"):
        if key in made:
            made[key] = [without_umbrellas(child) for child in made[key]]
    return made


@given(PLAIN, people())
def test_yes_and_no_hold_for_every_way_the_unknown_could_be(tree: dict[str, Any], person: Person) -> None:
    """Soundness against a two-valued reading of the written tree that shares no code with the evaluator."""
    assume(person.birth_date is not None)
    plain = without_umbrellas(tree)
    heard = {}
    for each in person.statements:
        heard.setdefault(each.fact, each.value)
    assume(all(heard[each.fact] == each.value for each in person.statements))
    decision = decided(policy(plain), person)
    free = [name for name in BOOLS if name not in heard]
    worlds = [two_valued(plain, {**heard, **dict(zip(free, bits, strict=True))}, person)
              for bits in itertools.product([True, False], repeat=len(free))]  # fmt: skip
    if decision.answer != NOT_KNOWN:
        assert set(worlds) == {decision.answer == YES}


def two_valued(node: dict[str, Any], facts: dict[str, bool], person: Person) -> bool:
    """Plain logic, for a world in which everything is known."""
    if "fact" in node:
        return facts[node["fact"]]
    if "age" in node:
        born = person.birth_date
        assert born is not None
        years = TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))
        return years >= node["age"]["at_least"] if "at_least" in node["age"] else years < node["age"]["under"]
    if "of" in node:
        return sum(two_valued(each, facts, person) for each in node["of"]) >= node["at_least"]
    word = next(key for key in ("all_of", "any_of", "none_of") if key in node)
    found = [two_valued(each, facts, person) for each in node[word]]
    return all(found) if word == "all_of" else any(found) if word == "any_of" else not any(found)


@given(trees(leaves(negative_events=False), negations=False), people(), VISITS)
def test_an_added_event_never_turns_yes_into_no(tree: dict[str, Any], person: Person, visit: Any) -> None:
    """Inside what is complete nothing can be added; after it, a further event may only help."""
    assume(all(visit.begins > each.through for each in person.complete))
    made = policy(tree)
    before, after = decided(made, person), decided(made, replace(person, happenings=(*person.happenings, visit)))
    assert not (before.answer == YES and after.answer == NO)
    if before.answer == NO and after.answer == YES:
        assert person.complete


@given(TREES, people(), st.randoms(use_true_random=False))
def test_the_order_of_what_was_told_does_not_matter(tree: dict[str, Any], person: Person, random: Any) -> None:
    made = policy(tree)
    statements, happenings = list(person.statements), list(person.happenings)
    random.shuffle(statements)
    random.shuffle(happenings)
    first = decided(made, person)
    second = decided(made, replace(person, statements=tuple(statements), happenings=tuple(happenings)))
    assert summary(first) == summary(second)


def summary(decision: Decision) -> tuple[Any, ...]:
    return decision.answer, decision.reviews, decision.missing, decision.because


@given(TREES, people())
def test_an_unconfirmed_leaf_never_makes_a_no(tree: dict[str, Any], person: Person) -> None:
    """Were every unconfirmed leaf to say what helps most, a no would still be a no."""
    if decided(policy(tree), person).answer == NO:
        kindest = policy(kindly(tree, helps=True))
        assert decided(kindest, person, {"always": True, "never": False}).answer == NO


def kindly(node: dict[str, Any], *, helps: bool) -> dict[str, Any]:
    """The tree with every unconfirmed leaf saying yes, or no where a yes would hurt."""
    if node.get("mark") == "memory":
        return {"id": node["id"], "says": "x", "fact": "always" if helps else "never"}
    made = dict(node)
    for key in ("all_of", "any_of", "of", "none_of"):
        if key in made:
            made[key] = [kindly(child, helps=helps != (key == "none_of")) for child in made[key]]
    return made


@given(TREES, people())
def test_settled_by_settles_whatever_the_value(tree: dict[str, Any], person: Person) -> None:
    made = policy(tree)
    court = Court(Case(made, person, on=TODAY))
    for name in settled_by(court.decide("p"), court):
        for value in possible_values(name, made, court.case):
            assert decided(made, person, {name: value}).answer != NOT_KNOWN


@given(TREES, people(), st.data())
def test_trying_an_answer_out_is_the_same_as_being_told(
    tree: dict[str, Any], person: Person, data: st.DataObject
) -> None:
    """The quick second look, which decides again only what an answer touches, agrees with deciding afresh."""
    made = policy(tree)
    court = Court(Case(made, person, on=TODAY))
    court.decide("p")
    name = data.draw(st.sampled_from([*BOOLS, "visits_said", "ended_said"]))
    value = data.draw(values(name, made))
    assert court.what_if(name, value).decide("p").answer == decided(made, person, {name: value}).answer
