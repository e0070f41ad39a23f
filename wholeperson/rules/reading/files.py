"""Which files a policy is made of, and their text as plain documents."""

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.mistakes import MISTAKES

if TYPE_CHECKING:
    from wholeperson.rules.reading.yaml_lines import Lines

PACKAGED = Path(__file__).resolve().parents[2] / "policy"

# folder → how its documents are named; the rest are single files
FOLDERS = ("populations_of_focus", "community_supports", "justice_involved", "shared", "plans", "words")
PROGRAMME_FOLDERS = FOLDERS[:3]
SINGLES = ("facts", "events", "overlaps", "parameters", "sources", "counties")
# Single files a policy may do without.
PERHAPS = ("follow_ons", "clocks", "holidays", "screener")
# What may lie beside the policy and decides nothing.
BESIDE = ("coverage.yaml", "layouts")
CODE_COLUMNS = ("code", "from", "to", "mark", "cite")


@dataclass(slots=True)
class Documents:
    """Everything read from the files, keyed by name (``populations_of_focus/ecm``), and where each line stood."""

    by_name: dict[str, Any] = field(default_factory=dict)
    lines: "dict[str, Lines]" = field(default_factory=dict)
    codes: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    root: str = ""

    def inside(self, folder: str) -> dict[str, Any]:
        """The documents of one folder by their short name."""
        start = folder + "/"
        return {name[len(start) :]: data for name, data in self.by_name.items() if name.startswith(start)}


NAMED_IN = "WHOLEPERSON_POLICY"


def folder_in_use() -> Path | None:
    """The folder that the environment names: a policy to use, or plans to lay over ours."""
    named = os.environ.get(NAMED_IN)
    return Path(named) if named else None


def policy_folders(extra: Path | None) -> list[Path]:
    """The packaged policy, replaced by ``extra`` when that is a whole policy, else with its own laid over."""
    if extra is None:
        return [PACKAGED]
    if not extra.is_dir():
        raise _refused("no_policy_folder", "the policy folder is not there", str(extra))
    if (extra / "facts.yaml").is_file():
        return [extra]
    if not any((*extra.glob("plans/*.yaml"), *extra.glob("layouts/*.yaml"))):
        raise _refused("no_policy_in_it", "this folder has neither facts.yaml nor plans", str(extra))
    return [PACKAGED, extra]


def policy_paths(folders: list[Path]) -> dict[str, Path]:
    """Name → file, later folders laid over earlier ones."""
    found: dict[str, Path] = {}
    for root in folders:
        own = dict(_named(root))
        for path in _strays(root, set(own.values())):
            raise _refused("stray_file", f"{path.relative_to(root)} is no file of a policy", str(path))
        for name, path in own.items() if found else ():
            if not name.startswith("plans/"):
                raise _refused("overlay_replaces", f"{name} is not a plan's file", str(path))
        found.update(own)
    return found


def _named(root: Path) -> Iterator[tuple[str, Path]]:
    yield from ((name, root / f"{name}.yaml") for name in (*SINGLES, *PERHAPS) if (root / f"{name}.yaml").is_file())
    for folder in FOLDERS:
        yield from ((f"{folder}/{path.stem}", path) for path in sorted((root / folder).glob("*.yaml")))
    yield from ((f"codes/{path.stem}", path) for path in sorted((root / "codes").glob("*.csv")))


def _strays(root: Path, known: set[Path]) -> Iterator[Path]:
    """Files that look like rules and would not be read: a folder or an ending misspelt."""
    for entry in sorted(os.scandir(root), key=lambda each: each.name):
        if entry.name.startswith(".") or entry.name in BESIDE:
            continue
        inside = os.scandir(entry) if entry.is_dir() and os.access(entry, os.R_OK) else [entry]
        for path in sorted(Path(each.path) for each in inside):
            rules = path.suffix.lower() in (".yaml", ".yml", ".csv") and not path.name.startswith(".")
            if rules and path not in known:
                yield path


def stamp(paths: dict[str, Path]) -> str:
    """Changes when any file does: names, sizes and times."""
    parts = []
    for name, path in paths.items():
        try:
            state = os.stat(path)
        except OSError as failed:
            raise _unreadable(name, path, failed) from None
        parts.append(f"{name} {state.st_size} {state.st_mtime_ns}")
    return "\n".join(parts)


def read_documents(paths: dict[str, Path]) -> Documents:
    """Read them all; the first file that does not even parse is refused."""
    # Only here: most commands find the documents kept, and need no YAML.
    from wholeperson.rules.reading.yaml_lines import read_text, read_yaml

    read = Documents()
    for name, path in paths.items():
        shown = f"{name}{path.suffix}"
        try:
            text = read_text(path, shown)
        except OSError as failed:
            raise _unreadable(name, path, failed) from None
        if path.suffix == ".csv":
            read.codes[name.removeprefix("codes/")], read.lines[name] = read_codes(text, shown)
        else:
            read.by_name[name], read.lines[name] = read_yaml(text, shown)
    return read


def read_codes(text: str, shown: str) -> "tuple[list[dict[str, str]], Lines]":
    """The rows of a code set, and the line each ended on."""
    rows: list[dict[str, str]] = []
    lines: Lines = {}
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    try:
        for column in CODE_COLUMNS:
            if column not in (reader.fieldnames or ()):
                raise _refused("code_row", f"the head of the code set has no column {column}", shown, 1)
        for at, row in enumerate(reader):
            if None in row or None in row.values() or not row["code"]:
                problem = "this row of the code set has no code, or not as many cells as the head"
                raise _refused("code_row", problem, shown, reader.line_num)
            rows.append(row)
            lines[(at,)] = (reader.line_num, 1)
    except csv.Error as broken:
        raise _refused("code_row", f"this is not CSV: {broken}", shown, reader.line_num + 1) from None
    return rows, lines


def _unreadable(name: str, path: Path, failed: OSError) -> Refused:
    return _refused("cannot_read", f"{name} cannot be read: {failed.strerror or 'no reason given'}", str(path))


def _refused(code: str, problem: str, file: str, line: int | None = None) -> Refused:
    return Refused(Problem(code, problem, *MISTAKES[code], Where(file, line)))
