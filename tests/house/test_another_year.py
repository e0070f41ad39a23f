"""The suite is green on a machine dated 2028: nothing but the doors reads a clock, and the tests pin the doors."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

import pytest

from tests import later
from tests.house.tree import ROOT

# where a clock is nearest: what sleeps and wakes, what runs out, what is sealed, what is due
NEAREST = ["tests/site/test_health.py", "tests/access/test_lock.py", "tests/access/test_invitations.py"]
NEAREST += ["tests/record/test_schedule.py", "tests/record/test_sealing.py", "tests/record/test_outbox.py"]
ROOMS = "rules record access casework desk site commands house"
ALL_BUT_THE_SLOW = [f"tests/{room}" for room in ROOMS.split()]
THE_SLOW = [f"tests/{room}" for room in ("exchange", "handbook", "running", "isolation", "formats", "policy")]


@pytest.mark.parametrize("day", ["2028-02-29 23:30:00"])
def test_what_is_nearest_to_a_clock_passes_in_2028(day: str) -> None:
    passes_on(day, NEAREST)


@pytest.mark.long
@pytest.mark.parametrize("day", ["2028-02-29 10:00:00", "2028-03-01 10:00:00"])
def test_all_but_the_slow_rooms_pass_in_2028(day: str) -> None:
    passes_on(day, ALL_BUT_THE_SLOW)


@pytest.mark.long
@pytest.mark.parametrize("day", ["2028-03-01 10:00:00"])
def test_the_slow_rooms_pass_in_2028(day: str) -> None:
    """What is left are the sweep, which is told its day, and the journeys, whose browser does not start then."""
    passes_on(day, THE_SLOW)


@pytest.mark.long
@pytest.mark.parametrize("day", ["2028-03-01 10:00:00"])
def test_the_journeys_pass_before_a_web_site_of_2028(day: str) -> None:
    """The browser is of today; the web site, the demo's database and the worker that does its jobs are of 2028."""
    passes([sys.executable], ["tests/journeys"], os.environ | {later.DAY: day})


def passes_on(day: str, chosen: Sequence[str]) -> None:
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("faketime is not installed (on Debian: apt-get install faketime)")
    passes([faketime, day, sys.executable], chosen, dict(os.environ))


def passes(python: Sequence[str], chosen: Sequence[str], environment: Mapping[str, str]) -> None:
    there = [*python, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    without_itself = ["--deselect", "tests/house/test_another_year.py"]
    done = subprocess.run(
        [*there, "-m", "not long", *without_itself, *chosen],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=3600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
