"""The search over fifty thousand entries, on both databases: one asker, and two hundred readers at once.

One asker: what was typed to the entries of the first page, their titles and excerpts marked; in the mix of questions of
`searching.drawn`. Two hundred readers: whole pages from two workers, beside an empty page from the same two.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.run import Measured, rounded

HERE = Path(__file__).parent
ENTRIES = int(os.environ.get("WHOLEPERSON_BENCH_ENTRIES", "50000"))
NO_POSTGRESQL = 77


def measure() -> Measured:
    """Both databases, one after the other, in processes of their own."""
    with tempfile.TemporaryDirectory() as folder:
        sqlite = asked([], {"TEST_DATABASE_URL": f"sqlite:///{folder}/search.sqlite3"})
    postgresql = asked([str(HERE.parent / "tests" / "on_postgres")], {})
    told: Measured = {"figures": {"entries": ENTRIES}, "ratios": {}, "bars": {}}
    for name, found in (("sqlite", sqlite), ("postgresql", postgresql)):
        for figure, value in found.items():
            told["figures"][f"{name}_{figure}"] = rounded(value)
        ratio = f"{name}_p95_of_200_readers_over_empty"
        told["ratios"][ratio] = rounded(found["readers_p95_ms"] / found["empty_p95_ms"])
        told["bars"] |= {f"{name}_p95_ms": 20.0, ratio: 3.0, f"{name}_errors": 0.0}
    if ENTRIES < 50_000:
        told["bars"]["entries_missing"], told["figures"]["entries_missing"] = 0.0, float(50_000 - ENTRIES)
    return told


def asked(before: list[str], environment: dict[str, str]) -> dict[str, float]:
    """What one database did."""
    done = subprocess.run(
        [*before, sys.executable, "-m", "benchmarks.searching.measured", str(ENTRIES)],
        cwd=HERE.parent, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode == NO_POSTGRESQL:
        raise SystemExit("the claim is about both databases: install PostgreSQL")
    if done.returncode:
        raise SystemExit(f"the measurement ended with {done.returncode}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
