"""One job in a process of its own: prepared first, then timed, and told as JSON on stdout.

A job is a function ``room.name`` in this package that takes what it is given, prepares, and returns what is to be
timed; that in turn returns what there is to say of it.
"""

import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
Prepared = Callable[[], dict[str, Any]]


class Ran(NamedTuple):
    """Seconds by the wall, processor seconds (children too), the highest memory, and what the job says."""

    wall: float
    cpu: float
    peak_mb: float
    told: dict[str, Any]


class Failed(RuntimeError):
    """A job ended without an answer."""


def in_own_process(job: str, **given: Any) -> Ran:
    """Run the job and hear of it."""
    command = [sys.executable, "-m", "benchmarks.sweeping.job", job, json.dumps(given)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise Failed(f"{job}: {done.stderr.strip()[-600:]}")
    return Ran(**json.loads(done.stdout.splitlines()[-1]))


def best(runs: list[Ran]) -> Ran:
    """The quickest; its own processor seconds and memory with it."""
    return min(runs, key=lambda ran: ran.wall)


def main(job: str, given: str) -> None:
    """Prepare, time, tell."""
    room, _, name = job.rpartition(".")
    work: Prepared = getattr(importlib.import_module(f"benchmarks.sweeping.{room}"), name)(**json.loads(given))
    before, begun = _cpu(), time.perf_counter()
    told = work()
    wall = time.perf_counter() - begun
    cpu = _cpu() - before
    print(json.dumps({"wall": wall, "cpu": cpu, "peak_mb": _peak_mb(), "told": told}))


def _cpu() -> float:
    return sum(os.times()[:4])


def _peak_mb() -> float:
    """The highest memory since this program was started; what its parent had before it is not counted."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise Failed("this system does not tell a process its highest memory")


if __name__ == "__main__":
    main(*sys.argv[1:])
