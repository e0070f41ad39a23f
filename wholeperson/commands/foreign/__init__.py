"""Other people's exports of whole populations, turned into the tables of an import: Synthea's CSV and FHIR in NDJSON.

What has no place in our tables is named and counted, never guessed. Nothing they tell is ever complete, so nothing that
is missing in them says no.
"""

import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from wholeperson.commands.foreign import fhir_lines, synthea
from wholeperson.commands.foreign.tables import Tables
from wholeperson.rules.problems import Refused
from wholeperson.rules.reading.library import Policy


class Foreign(NamedTuple):
    """The tables that an export became, which kind it was, and what of it has no place in them."""

    folder: Path
    kind: str
    not_mapped: list[dict[str, Any]]


def translate(folder: Path, beside: Path, policy: Policy) -> Foreign | None:
    """Write the tables of a known kind of export beside the store; None where the folder holds our own tables."""
    kinds = {"synthea": (synthea.is_export, synthea.read), "fhir": (fhir_lines.is_export, fhir_lines.read)}
    kind = next((name for name, (fits, _) in kinds.items() if fits(folder)), None)
    if kind is None:
        return None
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    left: Counter[tuple[str, str]] = Counter()
    try:
        with Tables(beside) as tables:
            kinds[kind][1](folder, tables, policy, left)
    except Refused:
        shutil.rmtree(beside)
        raise
    _same_time(folder, beside)
    not_mapped = [{"path": path, "reason": why, "count": left[path, why]} for path, why in sorted(left)]
    return Foreign(beside, kind, not_mapped)


def _same_time(folder: Path, beside: Path) -> None:
    """As old as the newest of the export, so that an import that was stopped knows them again."""
    newest = max(path.stat().st_mtime_ns for path in folder.iterdir() if path.is_file())
    for path in beside.iterdir():
        os.utime(path, ns=(newest, newest))
