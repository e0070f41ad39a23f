"""What we do, as jobs: making a membership, importing it, deciding, the whole command, explaining."""

import contextlib
import io
import json
import random
import shutil
import statistics
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.sweeping.job import Prepared
from wholeperson.commands import main as command_line
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.run.result import read_run

# The fixed set: populations and supports of every kind of criterion, so that later policies compare with this one's.
FIFTEEN = (
    "pof_1a_homeless_adult", "pof_1b_homeless_family_or_youth", "pof_2a_adult_avoidable_use",
    "pof_2b_child_avoidable_use", "pof_3a_adult_smh_sud", "pof_4a_adult_ji", "pof_5_adult_ltc_risk",
    "pof_6_adult_nf_transition", "pof_7_child_ccs_plus", "pof_8_child_welfare", "pof_9_birth_equity",
    "cs.asthma_remediation", "cs.htns", "cs.mtm_msf", "cs.recuperative_care",
)  # fmt: skip


def reduced(policy: Policy, programmes: Iterable[str]) -> Policy:
    """The policy with only those programmes."""
    return replace(policy, programmes={name: policy.programmes[name] for name in programmes})


def synth(members: int, seed: int, on: str, out: str) -> Prepared:
    """A membership."""
    return command("synth", "--members", str(members), "--seed", str(seed), "--on", on, "--out", out)


def bring_in(folder: str, store: str, memory: str | None = None) -> Prepared:
    """The import, into a place where nothing stands."""
    shutil.rmtree(store, ignore_errors=True)
    limit = ["--memory", memory] if memory else []
    return command("sweep", "import", folder, "--store", store, *limit)


def sweep(store: str, on: str, out: str, since: str | None = None, memory: str | None = None) -> Prepared:
    """The whole command: the answers with their reasons, and everything that people read of them."""
    shutil.rmtree(out, ignore_errors=True)
    more = [*(["--since", since] if since else []), *(["--memory", memory] if memory else [])]
    return command("sweep", "run", store, "--on", on, "--out", out, *more)


def command(*words: str) -> Prepared:
    """One of our commands."""

    def work() -> dict[str, Any]:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            status = command_line.main([*words, "--json"])
        if status:
            raise RuntimeError(f"wholeperson {' '.join(words)} ended with {status}: {said.getvalue()[:400]}")
        told: dict[str, Any] = json.loads(said.getvalue())
        return told

    return work


def decide(
    store: str,
    on: str,
    out: str,
    programmes: Iterable[str] | None = None,
    engine: str = "duckdb",
    since: str | None = None,
) -> Prepared:
    """From the store to every member's answers with their reasons, written: determinations, patterns, run.json."""
    from wholeperson.sweep.leaves.plan import make_plan
    from wholeperson.sweep.run.duck import Duck
    from wholeperson.sweep.run.finding import find
    from wholeperson.sweep.run.whole import stored_values
    from wholeperson.sweep.run.writing import write_members, write_patterns, write_run
    from wholeperson.sweep.store.opening import open_store

    def work() -> dict[str, Any]:
        policy = reduced(load_policy(), programmes) if programmes else load_policy()
        opened, folder = open_store(Path(store)), Path(out)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        desk = Duck(opened)
        plan = make_plan(policy, opened, date.fromisoformat(on), stored_values(desk))
        states, decided = find(engine, desk, plan, lambda _: None, Path(since) if since else None)
        write_patterns(folder / "patterns.parquet", decided)
        write_members(desk, folder, states, decided)
        write_run(folder / "run.json", plan, engine, decided)
        desk.close()
        return {"programmes": len(decided), "states": len(states), "members": opened.members,
                "patterns": sum(len(each.patterns) for each in decided)}  # fmt: skip

    return work


def needed(store: str, on: str) -> Prepared:
    """Which of the store's columns a run reads."""
    from benchmarks.sweeping.yardsticks import columns_needed
    from wholeperson.sweep.leaves.plan import make_plan
    from wholeperson.sweep.run.duck import Duck
    from wholeperson.sweep.run.statements import statements
    from wholeperson.sweep.run.whole import stored_values
    from wholeperson.sweep.store.opening import open_store

    opened = open_store(Path(store))
    desk = Duck(opened)
    plan = make_plan(load_policy(), opened, date.fromisoformat(on), stored_values(desk))
    desk.close()
    return lambda: {"columns": columns_needed(statements(plan, "duckdb"))}


def explain(result: str, times: int) -> Prepared:
    """Members of a run explained one after the other, as the command does: the hundredth slowest, and its parts."""
    from wholeperson.commands import sweep_explain
    from wholeperson.commands.main import Parser
    from wholeperson.rules.words import Words
    from wholeperson.sweep.report.one_member import Members
    from wholeperson.sweep.store.opening import open_store

    policy, folder = load_policy(), Path(result)
    words = Words(policy, "en")
    parser = Parser()
    sweep_explain.add_arguments(parser)
    members = Members(folder, open_store(Path(read_run(folder)["store"])), policy)
    listed = pq.read_table(folder / "determinations.parquet", columns=["member_id"]).column("member_id").to_pylist()
    # In no order of their own, so that nobody's neighbour was just read.
    chosen = random.Random(7).sample(listed, min(times, len(listed)))

    def work() -> dict[str, Any]:
        took, fetched = [], []
        for member in (*chosen[-20:], *chosen):  # the first ones warm it up
            options = parser.parse_args([result, member])
            begun = time.perf_counter()
            members.find(member)
            middle = time.perf_counter()
            json.dumps(sweep_explain.explained(members, words, options))
            took.append(time.perf_counter() - middle)
            fetched.append(middle - begun)
        return {"p50_ms": 1000 * statistics.median(took[20:]), "p99_ms": _p99(took[20:]),
                "fetch_p50_ms": 1000 * statistics.median(fetched[20:]), "fetch_p99_ms": _p99(fetched[20:])}  # fmt: skip

    return work


def _p99(seconds: list[float]) -> float:
    return 1000 * statistics.quantiles(seconds, n=100)[98]


def one_person() -> Prepared:
    """One person, every programme, the full tree; and the same explanation as JSON."""
    from benchmarks.check import ROOT, deciding
    from wholeperson.rules.proving.cases import read_cases

    policy = load_policy()
    cases = list(read_cases(ROOT / "tests" / "policy" / "cases", policy))[::10]  # every tenth; NAME=check asks all

    def work() -> dict[str, Any]:
        told, written = deciding(policy, cases)
        return {"told_ms": told, "written_ms": written}

    return work


def command_told(words: list[str]) -> Prepared:
    """What one of our commands prints as JSON."""
    return command(*words)
