"""The working folder beside the store: finished parts are kept and used again, unfinished ones are never read."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wholeperson.sweep.input.database import Connection, text
from wholeperson.sweep.input.progress import told

# Nobody looks for single values through the filters that the engine would add: they only take time and room.
UNFILTERED = "WRITE_BLOOM_FILTER false"
INTERMEDIATE = f"FORMAT parquet, COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 1000, {UNFILTERED}"


class Parts:
    """Parts of one import. ``key`` names input, policy and program; parts of another key are thrown away."""

    def __init__(self, folder: Path, key: str, tell: Callable[[str], None]) -> None:
        self.folder, self.tell = folder, tell
        kept = folder / "key"
        if kept.is_file() and kept.read_text("utf-8") == key:
            for path in folder.glob("*.new"):
                path.unlink()
            shutil.rmtree(folder / "spill", ignore_errors=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)
        (folder / "spill").mkdir(parents=True, exist_ok=True)
        write_whole(kept, key.encode())

    def query(self, connection: Connection, name: str, query: str, form: str = INTERMEDIATE) -> Path:
        """A part that is the rows of a query."""
        return self.make(name, lambda path: connection.execute(f"COPY ({query}) TO {text(str(path))} ({form})"))

    def make(self, name: str, write: Callable[[Path], object]) -> Path:
        """A part that is written by a function, unless an earlier start has finished it."""
        path = self.folder / name
        if not path.exists():
            beside = self.folder / f"{name}.new"
            beside.unlink(missing_ok=True)
            with told(name, self.tell):
                write(beside)
            beside.rename(path)
        return path


def write_whole(path: Path, data: bytes) -> None:
    """The file with these bytes, or as it was."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(data)
    keep(beside, path)


def write_json(path: Path, document: dict[str, Any]) -> None:
    """A document, keys as they come, whole or not at all."""
    write_whole(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def keep(beside: Path, path: Path) -> None:
    """What was written beside takes its name once it is on the disk."""
    with beside.open("rb+") as opened:
        os.fsync(opened.fileno())
    beside.rename(path)
