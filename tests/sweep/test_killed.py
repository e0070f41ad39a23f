"""A run killed at any moment leaves the earlier run or none, and the same command then gives the same bytes."""

import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sweep.tiny_store import write_store
from wholeperson.rules.person import Person
from wholeperson.rules.proving.cases import read_cases
from wholeperson.rules.reading.cache import load_policy
from wholeperson.sweep.run.result import read_run

ROOT = Path(__file__).parents[2]
ON = "2026-11-21"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    policy = load_policy()
    cases = (each for each in read_cases(ROOT / "tests" / "policy" / "cases", policy) if str(each.on) == ON)
    people: list[Person] = [each.person for each in cases][:200]
    return write_store(tmp_path_factory.mktemp("killed") / "store", policy, people)


def command(store: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "wholeperson", "sweep", "run", str(store), "--on", ON, "--out", str(out), "--json"]


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def test_a_run_killed_at_any_moment_is_whole_or_absent(store: Path, tmp_path: Path) -> None:
    start = time.monotonic()
    subprocess.run(command(store, tmp_path / "whole"), check=True, stdout=subprocess.DEVNULL)
    whole, takes = contents(tmp_path / "whole"), time.monotonic() - start
    out, chance = tmp_path / "out", random.Random(4)
    for _ in range(10):
        running = subprocess.Popen(command(store, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, 1) * takes)
        running.send_signal(signal.SIGKILL)
        running.wait()
        if out.exists():
            read_run(out)
            assert contents(out) == whole
    subprocess.run(command(store, out), check=True, stdout=subprocess.DEVNULL)
    assert contents(out) == whole
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_run_says_what_it_is_doing_once_it_takes_two_seconds(store: Path, tmp_path: Path) -> None:
    done = subprocess.run(command(store, tmp_path / "out"), check=True, capture_output=True, text=True)
    assert all(re.fullmatch(r".+ … \d+ s", line) for line in done.stderr.splitlines())
