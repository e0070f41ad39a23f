"""The suite is green on a machine dated 2028: nothing but the doors reads a clock, and the tests pin the doors."""

import shutil
import subprocess
import sys

import pytest

from tests.house.tree import ROOT

FAST = "tests/rules tests/record tests/access tests/casework tests/site".split()
DAY = "2028-02-29 10:00:00"


@pytest.mark.long
def test_the_fast_part_passes_on_a_leap_day_of_2028() -> None:
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("faketime is not installed (on Debian: apt-get install faketime)")
    pytest_there = [faketime, DAY, sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*pytest_there, "-m", "not long", *FAST],
        cwd=ROOT, capture_output=True, text=True, timeout=1800, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
