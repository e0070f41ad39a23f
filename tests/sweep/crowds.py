"""Random policies and crowds of the tiny world, and what an engine says of everybody in one."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.rules.tiny import trees
from tests.sweep.tiny import TODAY, leaves, people
from tests.sweep.tiny_store import write_store
from wholeperson.rules.person import Person
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.versions import stamp_versions
from wholeperson.sweep.leaves.plan import make_plan
from wholeperson.sweep.run.deciding import Decided, Pattern
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.finding import find
from wholeperson.sweep.run.whole import stored_values
from wholeperson.sweep.store.opening import open_store

TREES = trees(leaves())
CROWDS = st.lists(people(), min_size=20, max_size=40)


def few(examples: int) -> settings:
    """So many examples, however long each takes."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


def found(made: Policy, crowd: list[Person], engine: str, memory: str | None = None) -> dict[str, list[Pattern]]:
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


def said(decided: Decided, state: int) -> Pattern:
    return decided.patterns[decided.of_state[state]][0]
