"""Every member's state and what the rules say of it, by whichever engine was asked for."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from wholeperson.rules.problems import PART_IS_MISSING, Problem, Refused, Where
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.run.deciding import Decided, decide_all
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.earlier import Earlier, decide_anew, earlier_run, narrow, widen
from wholeperson.sweep.run.engines import Engine, refuse_unless_kleene
from wholeperson.sweep.run.kinds import distinct
from wholeperson.sweep.run.states import fill_states

Told = Callable[[str], None]


class Found(NamedTuple):
    """The distinct states, and each programme's patterns."""

    states: np.ndarray
    decided: list[Decided]


def find(engine: str, desk: Duck, plan: Plan, told: Told, since: Path | None = None) -> Found:
    """Decide about everybody; the desk has the table ``state`` afterwards, and knows which of the states every member
    has. ``since``: an earlier run to begin from.
    """
    earlier = earlier_run(since, plan) if since and engine == "duckdb" else None
    if earlier:
        return _find_since(earlier, desk, plan, told)
    if engine == "reference":
        # Only here: the others need none of it.
        from wholeperson.sweep.run.reference import judged

        return Found(*judged(desk, plan, told))
    other = _opened(engine, desk)
    try:
        refuse_unless_kleene(other or desk)
        fill_states(other or desk, desk, plan, told)
        if other:
            other.hand_over()
    finally:
        if other:
            other.close()
    states, members = distinct(desk, plan)
    return Found(states, decide_all(plan, states, members, told, alone=desk.spares_nothing))


def _find_since(earlier: Earlier, desk: Duck, plan: Plan, told: Told) -> Found:
    """Look at those again of whom something is new, or for whom an edge has moved."""
    refuse_unless_kleene(desk)
    told(f"{earlier.to_look_at(desk, plan):,} of {plan.store.members:,} members to look at")
    narrow(desk)
    fill_states(desk, desk, plan, told)
    widen(desk, earlier)
    states, members = distinct(desk, plan)
    return Found(states, decide_anew(plan, desk, earlier, states, members, told))


def _opened(name: str, desk: Duck) -> Engine | None:
    """Another engine than the desk itself."""
    try:
        if name == "postgres":
            from wholeperson.sweep.run.postgres import Postgres

            return Postgres(desk, _database())
        if name == "spark":
            from wholeperson.sweep.run.spark import Spark

            return Spark(desk, os.environ.get("WHOLEPERSON_SPARK_MASTER", "local[*]"))
    except ModuleNotFoundError as missing:
        problem, why = f"{missing.name} is not installed", f"--engine {name} runs on it"
        raise Refused(Problem(PART_IS_MISSING, problem, why, f"pip install 'wholeperson[{name}]'")) from None
    return None


def _database() -> str:
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith(("postgres://", "postgresql://")):
        problem, why = "DATABASE_URL names no PostgreSQL", "--engine postgres has no server to run on"
        raise Refused(Problem("no_database", problem, why, "set DATABASE_URL", Where("DATABASE_URL")))
    return url
