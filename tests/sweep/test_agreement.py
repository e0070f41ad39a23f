"""The sweep and the rules agree about everybody, on any policy: answers, reasons, what is missing, what settles it."""

from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sweep.crowds import CROWDS, TREES, few, found
from tests.sweep.tiny import TODAY, policy
from wholeperson.rules.person import Happening, Person
from wholeperson.sweep.run import deciding, duck


def agree(engine: str, tree: dict[str, Any], crowd: list[Person], memory: str | None = None) -> None:
    made = policy(tree)
    swept, judged = found(made, crowd, engine, memory), found(made, crowd, "reference")
    for programme, answers in judged.items():
        for at, answer in enumerate(answers):
            assert swept[programme][at] == answer, f"{engine}: {programme}: {crowd[at]}"


WAYS = {"many": st.sampled_from([0, deciding.MANY]), "memory": st.sampled_from([None, "500MB"])}


@few(20)
@given(tree=TREES, crowd=CROWDS, **WAYS)
def test_duckdb_says_what_the_rules_say(
    tree: dict[str, Any], crowd: list[Person], many: int, memory: str | None
) -> None:
    """Whether states are put together criterion by criterion, as of many members, or each is decided by itself; whether
    everybody is looked at in one go, or where memory is short some at a time.
    """
    with mock.patch.object(deciding, "MANY", many), mock.patch.object(duck, "AT_ONCE", 7):
        agree("duckdb", tree, crowd, memory)


@pytest.mark.long
@few(200)
@given(tree=TREES, crowd=CROWDS, **WAYS)
def test_duckdb_says_so_however_long_one_looks(
    tree: dict[str, Any], crowd: list[Person], many: int, memory: str | None
) -> None:
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
