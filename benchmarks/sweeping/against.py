"""Other ways to the same answers, on the same rows, each as somebody who wants it to win would write it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.sweeping.compared import our_answers
from benchmarks.sweeping.job import Failed, best, in_own_process
from benchmarks.sweeping.ours import FIFTEEN


class Found(NamedTuple):
    """How many members a peer ran on, how many a second, and how many of its answers are not ours."""

    members: int
    speed: float
    differences: int


class Rows(NamedTuple):
    """What peers are given: the run's folder with ``store`` and ``decided`` in it, its members, and the day."""

    folder: Path
    members: int
    on: str


def plain_python(rows: Rows) -> Found:
    """Plain Python on two processes, from the store's rows; at most 200,000 members."""
    members = min(rows.members, 200_000)
    given = {"store": str(rows.folder / "store"), "on": rows.on, "members": members, "out": str(rows.folder / "plain")}
    ran = best([in_own_process("plain.answers", **given) for _ in range(2)])
    theirs = np.concatenate([np.load(each) for each in ran.told["files"]])
    return _found(rows, members, ran.wall, theirs)


def _found(rows: Rows, members: int, seconds: float, theirs: np.ndarray) -> Found:
    ours = our_answers(rows.folder / "decided", FIFTEEN, members)
    return Found(members, members / seconds, int((theirs != ours).sum()))


PEERS: dict[str, Callable[[Rows], Found]] = {"python": plain_python}


def peers(rows: Rows) -> dict[str, Found]:
    """Every peer that is there; one that is not is said."""
    found: dict[str, Found] = {}
    for name, ask in PEERS.items():
        try:
            found[name] = ask(rows)
            sys.stderr.write(f"{name}: {found[name]}\n")
        except Failed as failed:
            sys.stderr.write(f"{name}: not measured: {str(failed)[-400:]}\n")
    return found
