"""`make test`, `make test-long`, `make check`: run the checks and the tests, and close with one line that counts them.

A linter counts as one check that passed or failed, so the closing line cannot say that all is well when one is not.
Everything runs even when something failed early: one run tells the whole story.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = [sys.executable, "-m"]

CHECKS = (
    ("lint", [*PYTHON, "ruff", "check", "--output-format=concise", "."]),
    ("format", [*PYTHON, "ruff", "format", "--check", "--output-format=concise", "."]),
    ("types", [*PYTHON, "mypy"]),
    ("imports", [str(BIN / "lint-imports"), "--no-logo"]),
    ("sizes", [*PYTHON, "tests.house.sizes"]),
)

NO_TESTS_COLLECTED = 5
LONGEST = 25  # files that are named with their minutes
ON_BOTH_CORES = ["-n", "2", "--dist", "worksteal"]  # whoever is done takes from the other, so that no core stands idle

# The rooms with a database run a second time on PostgreSQL, which is what an installation keeps its data in.
ON_POSTGRES = str(ROOT / "tests" / "on_postgres")
WITH_A_DATABASE = [
    "tests/record",
    *(f"tests/casework/members/test_{name}.py" for name in ("walls", "scoping", "two_at_once", "joining", "cost")),
    "tests/isolation",
    "tests/house/test_migrations.py",
]
NOT_INSTALLED = 77

# What decides nothing in the database itself runs there when there is time: every room that keeps rows, whole.
EVERYTHING_KEPT = ["tests/record", "tests/access", "tests/casework", "tests/exchange", "tests/handbook", "tests/site"]


@dataclass
class Count:
    """How many checks and tests went which way."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run_check(name: str, command: list[str]) -> Count:
    """One linter; quiet when it has nothing to say, but for the measures, which are worth a line each time."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}")
    if done.returncode or name == "sizes":
        print(done.stdout + done.stderr, end="")
    return Count(failed=1) if done.returncode else Count(passed=1)


def run_tests(long: bool) -> Count:
    chosen = ["-m", "long", "--hypothesis-profile=long"] if long else ["-m", "not long"]
    count, code = pytest(chosen)
    if code and not count.failed and not (long and code == NO_TESTS_COLLECTED):
        count.failed = 1  # pytest itself stopped: nothing collected, a usage error, an interruption
    return count


def run_tests_on_postgres(long: bool) -> Count:
    """Once more where the database is a real one; where none is installed that is one skip, and said."""
    print("on PostgreSQL:", flush=True)
    chosen = ["-m", "not long", *EVERYTHING_KEPT] if long else ["-m", "not long and not once", *WITH_A_DATABASE]
    count, code = pytest(chosen, before=[ON_POSTGRES])
    if code == NOT_INSTALLED:
        return Count(skipped=1)
    if code and not count.failed:
        count.failed = 1
    return count


def pytest(chosen: list[str], before: Sequence[str] = ()) -> tuple[Count, int]:
    """Run the chosen tests on both cores; what they counted, and how it ended."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        options = [*ON_BOTH_CORES, "-rsfE", f"--junitxml={report}"]
        command = [*before, *PYTHON, "pytest", "-q", *options, *chosen]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if not report.exists():
            return Count(), code
        print_minutes(report)
        return read_report(report), code


def print_minutes(report: Path) -> None:
    """How long each part took, added up over both cores, the longest first; and which files took the longest of all."""
    parts: dict[str, float] = defaultdict(float)
    files: dict[str, float] = defaultdict(float)
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        names, seconds = (case.get("classname") or "").split("."), float(case.get("time", 0))
        parts["/".join(names[:2])] += seconds
        files["/".join(names[1:])] += seconds
    print("minutes:", _longest(parts), flush=True)
    print("longest files:", _longest(files, LONGEST), flush=True)


def _longest(spent: Mapping[str, float], most: int | None = None) -> str:
    found = sorted(spent.items(), key=lambda part: -part[1])[:most]
    return ", ".join(f"{name} {seconds / 60:.1f}" for name, seconds in found)


def read_report(report: Path) -> Count:
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    tests, failed, skipped = 0, 0, 0
    for suite in suites:
        tests += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return Count(max(0, tests - failed - skipped), failed, skipped)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    which = options.add_mutually_exclusive_group()
    which.add_argument("--check", action="store_true", help="the linters and the sizes alone")
    which.add_argument("--long", action="store_true", help="the long tests alone")
    chosen = options.parse_args()

    count = Count()
    if not chosen.long:
        for name, command in CHECKS:
            count += run_check(name, command)
    if not chosen.check:
        count += run_tests(chosen.long)
        count += run_tests_on_postgres(chosen.long)
    sys.stdout.flush()
    print(count)
    return 1 if count.failed else 0


if __name__ == "__main__":
    sys.exit(main())
