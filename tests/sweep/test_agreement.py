"""The sweep and the rules agree about everybody, on any policy: answers, reasons, what is missing, what settles it."""

import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rules.tiny import trees
from tests.sweep.tiny import TODAY, leaves, people, policy
from tests.sweep.tiny_store import write_store
from wholeperson.rules.person import Happening, Person
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.versions import stamp_versions
from wholeperson.sweep.leaves.plan import make_plan
from wholeperson.sweep.run import deciding, duck
from wholeperson.sweep.run.deciding import Decided
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.finding import find
from wholeperson.sweep.run.whole import stored_values
from wholeperson.sweep.store.opening import open_store

TREES = trees(leaves())
CROWDS = st.lists(people(), min_size=20, max_size=40)


def few(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


def found(made: Policy, crowd: list[Person], engine: str, memory: str | None = None) -> dict[str, list[Any]]:
    """Programme → what is said of every member, in order."""
    stamp_versions(made)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(write_store(Path(folder) / "store", made, crowd))
        desk = Duck(store, memory=memory)
        try:
            plan = make_plan(made, store, TODAY, stored_values(desk))
            states, decided = find(engine, desk, plan, lambda _: None)
            words = [f"w{at}" for at in range(states.shape[1])]
            rows = desk.rows(f"SELECT {', '.join(words)} FROM state ORDER BY no").to_pylist()
            place = {tuple(map(int, state)): at for at, state in enumerate(states)}
            return {each.programme: [said(each, place[tuple(row.values())]) for row in rows] for each in decided}
        finally:
            desk.close()


def said(decided: Decided, state: int) -> Any:
    return decided.patterns[decided.of_state[state]][0]


def agree(engine: str, tree: dict[str, Any], crowd: list[Person], memory: str | None = None) -> None:
    made = policy(tree)
    swept, judged = found(made, crowd, engine, memory), found(made, crowd, "reference")
    for programme, answers in judged.items():
        for at, answer in enumerate(answers):
            assert swept[programme][at] == answer, f"{engine}: {programme}: {crowd[at]}"


@few(20)
@given(tree=TREES, crowd=CROWDS, many=st.sampled_from([0, deciding.MANY]), memory=st.sampled_from([None, "500MB"]))
def test_duckdb_says_what_the_rules_say(
    tree: dict[str, Any], crowd: list[Person], many: int, memory: str | None
) -> None:
    """Whether states are put together criterion by criterion, as of many members, or each is decided by itself; whether
    everybody is looked at in one go, or where memory is short some at a time.
    """
    with mock.patch.object(deciding, "MANY", many), mock.patch.object(duck, "AT_ONCE", 7):
        agree("duckdb", tree, crowd, memory)


def test_where_nobody_said_anything_the_records_speak() -> None:
    code = Happening("diagnosis", TODAY, TODAY, {"code": "F20"}, "claims", "e1")
    crowd = [Person("x", None, None, (), ("one",), (), (), happened, ()) for happened in ((code,), ())]
    leaves_ = [{"fact": name, "mark": "source-verified", "says": "x", "id": name} for name in ("a", "coded")]
    tree = {"any_of": leaves_, "id": "root"}
    assert [each.answer for each in found(policy(tree), crowd, "duckdb")["p"]] == ["yes", "not_known"]
    agree("duckdb", tree, crowd)


@few(8)
@given(tree=TREES, crowd=CROWDS)
def test_postgres_says_what_the_rules_say(tree: dict[str, Any], crowd: list[Person], own_postgres: str) -> None:
    agree("postgres", tree, crowd)


@pytest.mark.long
@few(40)
@given(tree=TREES, crowd=CROWDS)
def test_spark_says_what_the_rules_say(tree: dict[str, Any], crowd: list[Person]) -> None:
    pytest.importorskip("pyspark")
    agree("spark", tree, crowd)


@few(15)
@given(tree=TREES, crowd=CROWDS, chance=st.randoms(use_true_random=False))
def test_what_is_hidden_from_a_source_never_turns_an_answer_round(
    tree: dict[str, Any], crowd: list[Person], chance: random.Random
) -> None:
    """Events of claims are hidden at random inside what was complete, and claims are then marked incomplete.

    Stays that absorb and merge are left alone: two halves of one stay are two stays to whoever did not see its middle,
    and a visit whose stay nobody saw is a visit. Both can only raise what is counted.
    """
    made = policy(tree)
    before, after = found(made, crowd, "duckdb"), found(made, [hidden(each, chance) for each in crowd], "duckdb")
    for programme, answers in before.items():
        turned = [
            (was.answer, now.answer)
            for was, now in zip(answers, after[programme], strict=True)
            if {was.answer, now.answer} == {"yes", "no"}
        ]
        assert not turned


def hidden(person: Person, chance: random.Random) -> Person:
    """Without some of what claims told, and without the word that claims are complete."""
    kept = tuple(
        each for each in person.happenings if each.source != "claims" or each.event == "stay" or chance.random() < 0.5
    )
    return replace(person, happenings=kept, complete=tuple(each for each in person.complete if each.source != "claims"))
