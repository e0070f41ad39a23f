"""Runs the sweep's commands over the packaged policy, and reads their files back."""

import csv
from pathlib import Path
from typing import Any

from tests.commands.door import Ran, run

ON = "2026-11-21"


def sweep(*arguments: str) -> Ran:
    """One of the commands of ``wholeperson sweep``, with the policy that is ours."""
    return run("sweep", *arguments, policy=None)


def swept(store: Path, out: Path, *more: str, on: str = ON) -> Path:
    """A run of the store."""
    done = sweep("run", str(store), "--on", on, "--out", str(out), "--json", *more)
    assert done.code == 0, done
    return out


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def parquet(path: Path) -> list[dict[str, Any]]:
    """The rows of a Parquet file."""
    import pyarrow.parquet as pq

    return list(pq.read_table(path).to_pylist())
