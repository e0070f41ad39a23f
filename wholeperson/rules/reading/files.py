"""Which files a policy is made of, and their text as plain documents."""

import csv
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.yaml_lines import Lines, read_yaml_file

PACKAGED = Path(__file__).resolve().parents[2] / "policy"

# folder → how its documents are named; the rest are single files
FOLDERS = ("populations_of_focus", "community_supports", "justice_involved", "shared", "plans", "words")
PROGRAMME_FOLDERS = FOLDERS[:3]
SINGLES = ("facts", "events", "overlaps", "parameters", "sources", "counties")


@dataclass(slots=True)
class Documents:
    """Everything read from the files, keyed by name (``populations_of_focus/ecm``), and where each line stood."""

    by_name: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, Lines] = field(default_factory=dict)
    codes: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    root: str = ""

    def inside(self, folder: str) -> dict[str, Any]:
        """The documents of one folder by their short name."""
        start = folder + "/"
        return {name[len(start) :]: data for name, data in self.by_name.items() if name.startswith(start)}


def policy_folders(extra: Path | None) -> list[Path]:
    """The packaged policy, replaced by ``extra`` when that is a whole policy, else with its files laid over it."""
    if extra is None:
        return [PACKAGED]
    if not extra.is_dir():
        raise Refused(
            Problem(
                "no_policy_folder",
                "the policy folder is not there",
                "a policy is a folder of files",
                "name a folder, or leave --policy away to use the packaged one",
                Where(str(extra)),
            )
        )
    return [extra] if (extra / "facts.yaml").is_file() else [PACKAGED, extra]


def policy_paths(folders: list[Path]) -> dict[str, Path]:
    """Name → file, later folders laid over earlier ones."""
    found: dict[str, Path] = {}
    for root in folders:
        for name in SINGLES:
            if (root / f"{name}.yaml").is_file():
                found[name] = root / f"{name}.yaml"
        for folder in FOLDERS:
            found.update({f"{folder}/{path.stem}": path for path in sorted((root / folder).glob("*.yaml"))})
        found.update({f"codes/{path.stem}": path for path in sorted((root / "codes").glob("*.csv"))})
    return found


def stamp(paths: dict[str, Path]) -> str:
    """Changes when any file does: names, sizes and times."""
    parts = []
    for name, path in paths.items():
        state = os.stat(path)
        parts.append(f"{name} {state.st_size} {state.st_mtime_ns}")
    return "\n".join(parts)


def read_documents(paths: dict[str, Path]) -> Documents:
    """Read them all; the first file that does not even parse is refused."""
    read = Documents()
    for name, path in paths.items():
        shown = f"{name}{path.suffix}"
        if path.suffix == ".csv":
            read.codes[name.removeprefix("codes/")] = _rows(path, shown)
        else:
            read.by_name[name], read.lines[name] = read_yaml_file(path, shown)
    return read


def _rows(path: Path, shown: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened, strict=True))
    for at, row in enumerate(rows, start=2):
        if None in row or None in row.values() or not row.get("code"):
            raise Refused(
                Problem(
                    "code_row",
                    "this row of the code set has no code, or not as many cells as the head",
                    "a code that is not read is a member who is not found",
                    "fill the row, or remove it",
                    Where(shown, at),
                )
            )
    return rows
