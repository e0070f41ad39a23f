"""A run that begins from an earlier one says the same, byte by byte, as one that looks at everybody."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from tests.sweep.test_agreement import TREES, few
from tests.sweep.tiny import TODAY, people, policy
from tests.sweep.tiny_store import write_store
from wholeperson.rules.person import Person
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.versions import stamp_versions
from wholeperson.sweep.leaves.plan import make_plan
from wholeperson.sweep.run import duck
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.earlier import earlier_run
from wholeperson.sweep.run.finding import find
from wholeperson.sweep.run.whole import stored_values
from wholeperson.sweep.run.writing import write_members, write_patterns, write_run
from wholeperson.sweep.store.opening import open_store

FILES = ("determinations.parquet", "patterns.parquet", "states.parquet", "kinds.parquet")
CROWDS = st.lists(people(), min_size=15, max_size=30)
LATER = st.sampled_from([0, 1, 3, 9, 10, 30, 31, -1])


def swept(
    made: Policy, crowd: list[Person], on: date, folder: Path, since: Path | None = None, memory: str | None = None
) -> Path:
    """The run's files in ``folder/out``."""
    store = open_store(write_store(folder / "store", made, crowd))
    out = folder / "out"
    out.mkdir()
    desk = Duck(store, memory=memory)
    try:
        plan = make_plan(made, store, on, stored_values(desk))
        states, decided = find("duckdb", desk, plan, lambda _: None, since)
        write_patterns(out / "patterns.parquet", decided)
        write_members(desk, out, states, decided)
        write_run(out / "run.json", plan, "duckdb", decided)
    finally:
        desk.close()
    return out


@few(12)
@given(tree=TREES, crowd=CROWDS, others=st.lists(people(), min_size=1, max_size=4), later=LATER)
def test_beginning_from_an_earlier_run_changes_nothing(
    tree: dict[str, Any], crowd: list[Person], others: list[Person], later: int
) -> None:
    made = policy(tree)
    stamp_versions(made)
    changed = [*others, *crowd[len(others) :]]
    with tempfile.TemporaryDirectory() as name:
        first, again, anew = (Path(name) / each for each in ("first", "again", "anew"))
        before = swept(made, crowd, TODAY, first)
        on = TODAY + timedelta(days=later)
        after, whole = swept(made, changed, on, again, before), swept(made, changed, on, anew)
        for each in FILES:
            assert (after / each).read_bytes() == (whole / each).read_bytes(), each


@few(6)
@given(tree=TREES, crowd=CROWDS)
def test_written_some_members_at_a_time_the_files_are_the_same(tree: dict[str, Any], crowd: list[Person]) -> None:
    made = policy(tree)
    stamp_versions(made)
    with tempfile.TemporaryDirectory() as name, mock.patch.object(duck, "AT_ONCE", 7):
        whole = swept(made, crowd, TODAY, Path(name) / "whole")
        short = swept(made, crowd, TODAY, Path(name) / "short", memory="500MB")
        for each in FILES:
            assert (short / each).read_bytes() == (whole / each).read_bytes(), each


def test_states_that_mean_something_else_are_not_begun_from(tmp_path: Path) -> None:
    """Another policy looks at other things: everybody is looked at again."""
    one, other = policy({"fact": "a", "says": "x", "id": "n"}), policy({"fact": "d", "says": "x", "id": "n"})
    crowd = [Person("x", None, None, (), None, (), (), (), ())]
    stamp_versions(one)
    stamp_versions(other)
    before = swept(one, crowd, TODAY, tmp_path / "one")
    store = open_store(write_store(tmp_path / "other", other, crowd))
    assert earlier_run(before, make_plan(other, store, TODAY, [])) is None
