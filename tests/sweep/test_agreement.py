"""The sweep and the rules agree about everybody, on any policy: answers, reasons, what is missing, what settles it."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rules.tiny import trees
from tests.sweep.tiny import TODAY, leaves, people, policy
from tests.sweep.tiny_store import write_store
from wholeperson.rules.person import Person
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.versions import stamp_versions
from wholeperson.sweep.leaves.plan import make_plan
from wholeperson.sweep.run.deciding import Decided
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.finding import find
from wholeperson.sweep.run.whole import stored_values
from wholeperson.sweep.store.opening import open_store

TREES = trees(leaves())
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def found(made: Policy, crowd: list[Person], engine: str) -> dict[str, list[Any]]:
    """Programme → what is said of every member, in order."""
    stamp_versions(made)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(write_store(Path(folder) / "store", made, crowd))
        desk = Duck(store)
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


@FEW
@given(TREES, st.lists(people(), min_size=12, max_size=30))
def test_duckdb_says_what_the_rules_say(tree: dict[str, Any], crowd: list[Person]) -> None:
    made = policy(tree)
    swept, judged = found(made, crowd, "duckdb"), found(made, crowd, "reference")
    for programme, answers in judged.items():
        for at, answer in enumerate(answers):
            assert swept[programme][at] == answer, f"{programme}: {crowd[at]}"
