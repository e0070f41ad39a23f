"""The heads of sealed blocks, one line each in a file outside the database: who changes one has to change the other."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

FILE = "heads.jsonl"


@dataclass(frozen=True)
class Head:
    """One line. `at` is when the block was sealed."""

    number: int
    head: str
    rows: int
    at: str


def file() -> Path:
    return Path(settings.WHOLEPERSON_HEADS, FILE)


def kept() -> list[Head | None]:
    """Every line as it stands there; None for one that cannot be read."""
    if not file().exists():
        return []
    return [_read(line) for line in file().read_text("utf-8", errors="replace").splitlines()]


def keep(head: Head) -> None:
    """Append it; on the disk when this returns."""
    file().parent.mkdir(parents=True, exist_ok=True)
    is_new = not file().exists()
    with file().open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(head)) + "\n")
        lines.flush()
        os.fsync(lines.fileno())
    if is_new:
        _sync_folder(file().parent)


def set_aside() -> None:
    """For a demo that begins anew: the heads of the one before are kept under another name."""
    if file().exists():
        number = sum(1 for _ in file().parent.glob(f"{FILE}.*")) + 1
        file().rename(file().with_name(f"{FILE}.{number}"))


def _read(line: str) -> Head | None:
    try:
        said = json.loads(line)
        return Head(int(said["number"]), str(said["head"]), int(said["rows"]), str(said["at"]))
    except (ValueError, KeyError, TypeError):
        return None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
