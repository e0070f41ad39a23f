"""What a store says of itself, read before anything else is."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wholeperson.rules.calendar import as_day
from wholeperson.rules.person import Complete
from wholeperson.rules.problems import Problem, Refused, Where

SCHEMA = "wholeperson/store@1"


@dataclass(frozen=True, slots=True)
class Store:
    """An opened store: where it lies, its lists, and which sources are complete for which class of members."""

    folder: Path
    members: int
    words: tuple[str, ...]
    sources: tuple[str, ...]
    events: tuple[str, ...]
    sets: tuple[str, ...]
    complete: tuple[tuple[Complete, ...], ...]
    policy_codes: str
    fingerprint: str

    def table(self, name: str) -> Path:
        """The file of one table."""
        return self.folder / f"{name}.parquet"


def open_store(folder: Path) -> Store:
    """The store in a folder, or ``Refused`` when there is none that was finished."""
    try:
        written = (folder / "store.json").read_bytes()
        told = json.loads(written)
    except (OSError, ValueError) as failed:
        raise _no_store(folder, "there is no finished store here") from failed
    if told.get("schema") != SCHEMA:
        raise _no_store(folder, f"store.json says {str(told.get('schema'))[:40]}, not {SCHEMA}")
    classes = tuple(tuple(as_complete(each) for each in one) for one in told["complete_classes"])
    words, sources, events, sets = (tuple(told[name]) for name in ("words", "sources", "events", "sets"))
    fingerprint = hashlib.sha256(written).hexdigest()
    return Store(folder, told["members"], words, sources, events, sets, classes, told["policy_codes"], fingerprint)


def as_complete(told: dict[str, Any]) -> Complete:
    """One range of days, as store.json and run.json tell it."""
    begins, through = as_day(told["from"]), as_day(told["through"])
    if begins is None or through is None:
        raise ValueError(f"complete from {told['from']} through {told['through']}")
    return Complete(told["source"], told.get("event"), begins, through)


def _no_store(folder: Path, problem: str) -> Refused:
    why, do = "a sweep reads what an import left", "run `wholeperson sweep import IN --store S` first"
    return Refused(Problem("no_store", problem, why, do, Where(str(folder))))
