"""One run from a store to a folder of results, whole or absent."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np

from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.fingerprints import policy_codes
from wholeperson.sweep.leaves.plan import Plan, make_plan
from wholeperson.sweep.placing import put_back, put_in_place
from wholeperson.sweep.report.outputs import refuse_unreadable, write_outputs
from wholeperson.sweep.report.worklist import Wish
from wholeperson.sweep.run.deciding import Decided
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.engines import Engine
from wholeperson.sweep.run.finding import find
from wholeperson.sweep.run.legend import LEGEND_FILE, write_legend
from wholeperson.sweep.run.writing import RUN_FILE, write_members, write_patterns, write_run
from wholeperson.sweep.store.opening import Store, open_store

Told = Callable[[str], None]
NOBODY = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class Setting:
    """Which engine, how much of the machine, who is told how it goes, for whom the worklist is, and which run was
    before this one.
    """

    engine: str = "duckdb"
    memory: str | None = None
    threads: int | None = None
    tell: Told = lambda _: None
    wish: Wish = field(default_factory=Wish)
    since: Path | None = None


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run found: each programme's patterns with how many members have them, no longer which."""

    plan: Plan
    decided: tuple[Decided, ...]
    states: int


def run(policy: Policy, folder: Path, on: date, out: Path, setting: Setting) -> Ran:
    """Decide about every member of the store; refused with nothing written where that is not possible."""
    store = open_store(folder)
    _same_codes(policy, store)
    _somebody(store)
    put_back(out)
    _may_be_written(out)
    refuse_unreadable(setting.wish, setting.since, policy, on)
    working = out.with_name(f".{out.name}.running")
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir(parents=True)
    try:
        ran = _run(policy, store, on, working, setting)
        write_outputs(working, policy, setting.wish, since=setting.since, memory=setting.memory,
                      threads=setting.threads, tell=setting.tell)  # fmt: skip
        put_in_place(working, out)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return ran


def _run(policy: Policy, store: Store, on: date, working: Path, setting: Setting) -> Ran:
    desk = Duck(store, memory=setting.memory, threads=setting.threads)
    try:
        plan = make_plan(policy, store, on, stored_values(desk))
        states, decided = find(setting.engine, desk, plan, setting.tell, setting.since)
        setting.tell("writing")
        write_members(desk, working, states, decided)
        write_patterns(working / "patterns.parquet", decided)
        if setting.engine != "reference":  # it decides each member anew, and packs no states
            write_legend(working / LEGEND_FILE, plan)
        write_run(working / RUN_FILE, plan, setting.engine, decided)
    finally:
        desk.close()
    counted = tuple(replace(each, of_state=NOBODY) for each in decided)  # who has which is written; it grows with them
    return Ran(plan, counted, len(states))


def stored_values(engine: Engine) -> list[tuple[int, str, str]]:
    """The rows of the store's table of values."""
    rows = engine.rows('SELECT "value", fact, json FROM "values" ORDER BY "value"').to_pylist()
    return [(row["value"], row["fact"], row["json"]) for row in rows]


def _same_codes(policy: Policy, store: Store) -> None:
    """Refuse a store whose codes were resolved by other lists than the policy has now."""
    if store.policy_codes != policy_codes(policy):
        problem = "the code lists, or how claims are read, have changed since this store was imported"
        why, do = "diagnoses would be judged by the old lists", "run `wholeperson sweep import` again"
        raise Refused(Problem("other_codes", problem, why, do, Where(str(store.folder))))


def _somebody(store: Store) -> None:
    """Refuse a store without a member: its summaries would be parts of nothing."""
    if not store.members:
        problem, why = "this store holds no member", "there is nobody to decide about"
        do = "see its set_aside.parquet, and run `wholeperson sweep import` again"
        raise Refused(Problem("no_member", problem, why, do, Where(str(store.folder))))


def _may_be_written(out: Path) -> None:
    """Refuse to replace what is not a run."""
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / RUN_FILE).exists())):
        problem = "something that is not a run stands here"
        why, do = "it would be lost", "name another folder, or remove this one"
        raise Refused(Problem("not_a_run", problem, why, do, Where(str(out))))
