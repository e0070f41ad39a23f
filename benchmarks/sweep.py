"""A whole membership, side by side in one run: yardsticks, import, sweep, peers. ``make bench NAME=sweep``.

A million members unless WHOLEPERSON_BENCH_MEMBERS says otherwise; with fewer it tries itself out, and nothing is kept.
WHOLEPERSON_BENCH_LARGE=1 adds three times as many, for growth. WHOLEPERSON_BENCH_FOLDER: where its files go meanwhile.
"""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.run import Measured, rounded
from benchmarks.sweeping import against, table
from benchmarks.sweeping.job import Failed, Ran, best, in_own_process
from benchmarks.sweeping.ours import FIFTEEN
from benchmarks.sweeping.yardsticks import all_columns, stored

ON, BEFORE, SEED, MILLION = "2026-11-21", "2026-11-20", 7, 1_000_000
Figures = dict[str, float]


def measure() -> Measured:
    """All figures and ratios; bars are the first bars of what we promise, for a million members."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # its files go with it
    members = int(os.environ.get("WHOLEPERSON_BENCH_MEMBERS", MILLION))
    with tempfile.TemporaryDirectory(dir=os.environ.get("WHOLEPERSON_BENCH_FOLDER")) as folder:
        bench = Bench(Path(folder), members)
        steps = [bench.bring_in, bench.decide, bench.whole_command, bench.one_in_a_hundred, bench.one_member]
        steps += [bench.peers, *([bench.growth] if os.environ.get("WHOLEPERSON_BENCH_LARGE") == "1" else [])]
        failed = [step.__name__ for step in steps if not done(step)]
    bars = {key: bar for key, bar in table.bars().items() if key in bench.ratios}
    print(table.told(bench.figures, bench.ratios))
    tried = members < MILLION
    return {
        "figures": _rounded(bench.figures),
        "ratios": _rounded(bench.ratios),
        "bars": {} if tried else bars,
        "tried": tried,
        "failed": failed,
    }


def done(step: Callable[[], None]) -> bool:
    """Do one step and say how long it took; where it fails, or rests on one that failed, that is said, and the others
    are still done.
    """
    begun, name = time.monotonic(), step.__name__.replace("_", " ")
    try:
        step()
    except (Failed, LookupError) as failed:
        why = f"needs {failed}, and there is none" if isinstance(failed, KeyError) else failed
        sys.stderr.write(f"{name}: FAILED after {time.monotonic() - begun:.0f} s: {why}\n")
        return False
    sys.stderr.write(f"{name}: {time.monotonic() - begun:.0f} s\n")
    return True


class Bench:
    """One run: its folder, and what was measured so far."""

    def __init__(self, folder: Path, members: int) -> None:
        self.folder, self.members = folder, members
        self.figures: Figures = {"members": members}
        self.ratios: Figures = {"members_short_of_a_million": max(MILLION - members, 0)}
        self.runs: dict[str, list[Ran]] = {}
        self.rounds = 3 if members >= MILLION // 10 else 1  # a small one is only to see that it works

    def path(self, name: str) -> str:
        """A place in the run's folder."""
        return str(self.folder / name)

    def run(self, name: str, job: str, **given: object) -> Ran:
        """Measure once more under that name, and say so; returns the best so far."""
        ran = in_own_process(job, **given)
        self.runs.setdefault(name, []).append(ran)
        sys.stderr.write(f"{name:<28}{ran.wall:>9.2f} s{ran.cpu:>9.2f} s cpu{ran.peak_mb:>8.0f} MB\n")
        found = best(self.runs[name])
        self.figures |= {f"{name}_s": found.wall, f"{name}_cpu_s": found.cpu}
        return found

    def peak(self, name: str) -> float:
        """The highest memory that any run of that name had."""
        return max(ran.peak_mb for ran in self.runs[name])

    def over(self, ratio: str, name: str, other: str) -> None:
        """One ÷ the other, by the wall; by processor seconds as well, which a busy machine does not change."""
        one, two = best(self.runs[name]), best(self.runs[other])
        self.ratios[ratio] = one.wall / two.wall
        self.figures[f"{ratio}_by_cpu"] = one.cpu / two.cpu

    def bring_in(self) -> None:
        """Make the members; read what came, import it."""
        self.run("synth", "ours.synth", members=self.members, seed=SEED, on=ON, out=self.path("in"))
        columns = all_columns(self.folder / "in")
        for _ in range(min(self.rounds, 2)):
            self.run("y", "yardsticks.group_integers")
            self.run("read_raw", "yardsticks.read_columns", folder=self.path("in"), columns=columns)
            done = self.run("import", "ours.bring_in", folder=self.path("in"), store=self.path("store"))
        self.figures["lines"] = done.told["tables"]["medical_claim"]["read"]
        self.over("import_over_read_raw", "import", "read_raw")
        for name in ("in", "store"):
            size, packed = stored(self.folder / name)
            self.figures[f"{name}_mb"] = size / 1e6
            sys.stderr.write(f"{name}: {size / 1e6:.1f} MB of Parquet, {', '.join(packed)}\n")
        self.figures["import_peak_mb"] = self.peak("import")

    def decide(self) -> None:
        """Answers with reasons: the whole policy, and the fixed fifteen."""
        columns = in_own_process("ours.needed", store=self.path("store"), on=ON).told["columns"]
        listed = [f"{name} ({', '.join(each)})" for name, each in columns.items()]
        sys.stderr.write(f"F reads {'; '.join(listed)}\n")
        for _ in range(self.rounds):
            self.run("y", "yardsticks.group_integers")
            self.run("f", "yardsticks.read_columns", folder=self.path("store"), columns=columns)
            given = {"store": self.path("store"), "on": ON, "out": self.path("decided")}
            whole = self.run("policy", "ours.decide", **given)
            self.run("fifteen", "ours.decide", **given, programmes=FIFTEEN)
        self.programmes = int(whole.told["programmes"])
        refuse_fewer(self.programmes)
        self.figures |= {"programmes": self.programmes, "states": whole.told["states"],
                         "patterns": whole.told["patterns"], "policy_peak_mb": self.peak("policy")}  # fmt: skip
        self.over("fifteen_over_y", "fifteen", "y")
        self.over("policy_over_y", "policy", "y")
        self.over("policy_over_f", "policy", "f")
        further = self.ratios["policy_over_y"] - self.ratios["fifteen_over_y"]
        self.ratios["each_further_programme_over_y"] = further / (self.programmes - len(FIFTEEN))

    def whole_command(self) -> None:
        """The command with everything it writes; then under a limit of memory."""
        given = {"store": self.path("store"), "on": ON}
        for _ in range(min(self.rounds, 2)):
            self.run("command", "ours.sweep", **given, out=self.path("out"))
        self.run("command_500mb", "ours.sweep", **given, out=self.path("limited"), memory="500MB")
        self.over("command_over_y", "command", "y")
        self.ratios["limited_peak_mb"] = self.peak("command_500mb")
        self.figures["command_peak_mb"] = self.peak("command")
        self.over("limited_over_unlimited", "command_500mb", "command")

    def one_in_a_hundred(self) -> None:
        """A day later, with one member in a hundred changed: against all of them anew."""
        made = in_own_process("changed.one_in_a_hundred", folder=self.path("in"), out=self.path("in2"), on=ON)
        self.figures["changed"] = made.told["changed"]
        in_own_process("ours.sweep", store=self.path("store"), on=BEFORE, out=self.path("before"))
        in_own_process("ours.bring_in", folder=self.path("in2"), store=self.path("store2"))
        given = {"store": self.path("store2"), "on": ON}
        for _ in range(min(self.rounds, 2)):
            self.run("anew", "ours.decide", **given, out=self.path("anew"))
            self.run("changed", "ours.decide", **given, out=self.path("since"), since=self.path("before"))
            self.run("command_changed", "ours.sweep", **given, out=self.path("told"), since=self.path("before"))
        self.over("changed_over_full", "changed", "anew")
        self.over("command_changed_over_full", "command_changed", "command")
        told = in_own_process("compared.differences", one=self.path("anew"), other=self.path("since")).told
        self.ratios["changed_differences"] = told["differences"]

    def one_member(self) -> None:
        """One person's explanation, and that of one member of the run."""
        one = in_own_process("ours.one_person").told
        self.ratios["one_person_over_json_dumps"] = one["told_ms"] / one["written_ms"]
        told = in_own_process(
            "ours.explain", result=self.path("out"), times=min(max(self.members // 100, 10), 500)
        ).told
        self.ratios["explain_p99_ms"] = told["p99_ms"]
        self.figures |= {"explain_p50_ms": told["p50_ms"], "explain_fetch_p50_ms": told["fetch_p50_ms"],
                         "explain_fetch_p99_ms": told["fetch_p99_ms"]}  # fmt: skip

    def peers(self) -> None:
        """Others at the same fifteen programmes, by members a second; a peer that is not there is said."""
        speed = self.members / best(self.runs["fifteen"]).wall
        self.figures["fifteen_members_per_s"] = speed
        for name, found in against.peers(against.Rows(self.folder, self.members, ON, speed)):
            self.figures |= {f"{name}_members": found.members, f"{name}_members_per_s": found.speed}
            self.figures[f"{name}_times"] = found.ours / found.speed
            self.ratios[f"sweep_over_{name}"] = found.speed / found.ours
            self.ratios[f"{name}_differences"] = found.differences
        missing = [row.says for row in table.ROWS if row.key.startswith("sweep_over") and row.key not in self.ratios]
        self.figures["peers_not_measured"] = len(missing)

    def growth(self) -> None:
        """Three times as many members: processor seconds for each, and the same under a limit of memory."""
        large = {"members": 3 * self.members, "seed": SEED, "on": ON, "out": self.path("in3")}
        self.run("synth_large", "ours.synth", **large)
        self.run("import_large", "ours.bring_in", folder=self.path("in3"), store=self.path("store3"))
        given = {"store": self.path("store3"), "on": ON, "out": self.path("out3")}
        for _ in range(2):
            self.run("command_large", "ours.sweep", **given)
        self.run("command_large_500mb", "ours.sweep", **given, memory="500MB")
        for ratio, name, small in (("growth", "command_large", "command"), ("growth_import", "import_large", "import")):
            self.ratios[ratio] = best(self.runs[name]).cpu / 3 / best(self.runs[small]).cpu
        self.ratios["limited_large_peak_mb"] = self.peak("command_large_500mb")
        self.over("limited_large_over_unlimited", "command_large_500mb", "command_large")


def refuse_fewer(programmes: int) -> None:
    """A sweep of a part of the policy is no measurement of it."""
    listed = in_own_process("ours.command_told", words=["policy", "list"]).told["programmes"]
    if programmes < len(listed):
        raise SystemExit(f"swept {programmes} programmes, and `policy list` prints {len(listed)}: nothing is measured")


def _rounded(values: Figures) -> Figures:
    return {key: rounded(value) for key, value in values.items()}
