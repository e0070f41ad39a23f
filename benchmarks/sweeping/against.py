"""Other ways to the same answers, on the same rows, each as somebody who wants it to win would write it."""

import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.sweeping import clinical, fiscal
from benchmarks.sweeping.compared import our_answers
from benchmarks.sweeping.job import Failed, best, in_own_process
from benchmarks.sweeping.ours import FIFTEEN


class Found(NamedTuple):
    """How many members a peer ran on, how many a second, how many we do of the same rules, and how many of its answers
    are not ours.
    """

    members: int
    speed: float
    ours: float
    differences: int


class Rows(NamedTuple):
    """What peers are given: the run's folder with ``store`` and ``decided`` in it, its members, the day, and how many
    members a second we decide for the fixed fifteen.
    """

    folder: Path
    members: int
    on: str
    ours: float


def plain_python(rows: Rows) -> Found:
    """Plain Python on two processes, from the store's rows; at most 200,000 members."""
    members = min(rows.members, 200_000)
    given = {"store": str(rows.folder / "store"), "on": rows.on, "members": members, "out": str(rows.folder / "plain")}
    ran = best([in_own_process("plain.answers", **given) for _ in range(2)])
    theirs = np.concatenate([np.load(each) for each in ran.told["files"]])
    return _found(rows, members, ran.wall, theirs)


def _found(rows: Rows, members: int, seconds: float, theirs: np.ndarray) -> Found:
    ours = our_answers(rows.folder / "decided", FIFTEEN, members)
    return Found(members, members / seconds, rows.ours, int((theirs != ours).sum()))


def clinical_quality(rows: Rows) -> Found:
    """cql-execution on two processes; at most 5,000 members, with more given of each than its own rules would have."""
    members = min(rows.members, 5_000)
    seconds, theirs = clinical.answers(str(rows.folder / "store"), rows.on, members, rows.folder / "clinical")
    return _found(rows, members, seconds, theirs)


def openfisca(rows: Rows) -> Found:
    """OpenFisca on two processes by four of the programmes, and ours by the same four; at most 200,000 members."""
    members, decided = min(rows.members, 200_000), rows.folder / "four"
    given = {"store": str(rows.folder / "store"), "on": rows.on, "out": str(decided), "programmes": fiscal.FOUR}
    own = best([in_own_process("ours.decide", **given) for _ in range(2)])
    seconds, theirs = fiscal.answers(str(rows.folder / "store"), rows.on, members, rows.folder / "fiscal")
    ours = our_answers(decided, fiscal.FOUR, members)
    return Found(members, members / seconds, rows.members / own.wall, int((theirs != ours).sum()))


def spark(rows: Rows) -> Found:
    """Our own generated SQL on Spark local, on all processors; once, its start included."""
    if not find_spec("pyspark"):
        raise Failed("pyspark is not installed: pip install 'wholeperson[spark]'")
    given = {"store": str(rows.folder / "store"), "on": rows.on, "out": str(rows.folder / "spark")}
    ran = in_own_process("ours.decide", **given, programmes=FIFTEEN, engine="spark")
    theirs = our_answers(rows.folder / "spark", FIFTEEN, rows.members)
    return _found(rows, rows.members, ran.wall, theirs)


PEERS: dict[str, Callable[[Rows], Found]] = {
    "python": plain_python, "cql": clinical_quality, "openfisca": openfisca, "spark": spark,
}  # fmt: skip


def peers(rows: Rows) -> Iterator[tuple[str, Found]]:
    """Every peer that is there; one that is not is said. One that does not know a rule is our mistake, and an error."""
    for name, ask in PEERS.items():
        begun = time.monotonic()
        try:
            found = ask(rows)
        except Failed as failed:
            sys.stderr.write(f"{name}: not measured: {str(failed)[-400:]}\n")
            continue
        sys.stderr.write(f"{name}: {found} in {time.monotonic() - begun:.0f} s\n")
        yield name, found
