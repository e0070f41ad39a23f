"""What is in a backup: the database at one moment, the heads of the blocks it knows, every document, and what wrote it.

The keys of the environment are not in it: keep them elsewhere, or the backup opens nothing.
"""

import json
import re
import shutil
import tarfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from wholeperson import __version__
from wholeperson.commands.keeping import databases
from wholeperson.commands.keeping.databases import Database
from wholeperson.rules.problems import Problem, Refused, Where

MANIFEST, DATABASE, HEADS, DOCUMENTS = "manifest.json", "database", "heads.jsonl", "documents"
OURS = re.compile(rf"{re.escape(MANIFEST)}|{DATABASE}|{re.escape(HEADS)}|{DOCUMENTS}/[0-9a-f]{{2}}/[0-9a-f]{{64}}")


@dataclass(frozen=True)
class Place:
    """Where an installation keeps what it keeps."""

    database: Database
    heads: Path
    documents: Path


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    version: str
    engine: str
    made_at: str
    last_block: int
    documents: int


def pack(place: Place, into: Path, work: Path, *, at: datetime) -> Manifest:
    """Write everything to one plain archive; `work` is a folder for what is in between."""
    last_block = databases.copy(place.database, work / DATABASE)
    (work / HEADS).write_text("".join(_heads_up_to(place.heads / HEADS, last_block)), "utf-8")
    papers = sorted(place.documents.glob("??/[0-9a-f]*")) if place.documents.exists() else []
    manifest = Manifest(__version__, place.database["ENGINE"], at.isoformat(), last_block, len(papers))
    (work / MANIFEST).write_text(json.dumps(asdict(manifest)), "utf-8")
    with tarfile.open(into, "w") as whole:
        for name in (MANIFEST, DATABASE, HEADS):
            whole.add(work / name, name)
        for paper in papers:
            whole.add(paper, f"{DOCUMENTS}/{paper.parent.name}/{paper.name}")
    return manifest


def unpack(packed: Path, place: Place, work: Path) -> Manifest:
    """Make an installation of it, where there is none yet."""
    _extract(packed, work)
    manifest = Manifest(**json.loads((work / MANIFEST).read_text("utf-8")))
    if manifest.engine != place.database["ENGINE"]:
        kinds = [engine.rpartition(".")[2] for engine in (manifest.engine, place.database["ENGINE"])]
        raise Refused(
            Problem(
                "other_database",
                f"this backup is of {kinds[0]}, and DATABASE_URL names {kinds[1]}",
                "the one cannot be made from the other",
                f"name an empty {kinds[0]} database",
                Where("DATABASE_URL"),
            )
        )
    databases.make(place.database, work / DATABASE)
    place.heads.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(work / HEADS, place.heads / HEADS)
    if (work / DOCUMENTS).exists():
        shutil.copytree(work / DOCUMENTS, place.documents, copy_function=shutil.copyfile, dirs_exist_ok=True)
    return manifest


def _extract(packed: Path, work: Path) -> None:
    """Only files that belong into a backup, each at its place."""
    with tarfile.open(packed) as whole:
        for one in whole:
            content = whole.extractfile(one)
            if content is None or not OURS.fullmatch(one.name):
                raise Refused(
                    Problem(
                        "backup_unreadable", f"there is something in this backup that is not ours: {one.name[:60]}",
                        "nothing was restored", "take another, made by `wholeperson backup`", Where("the backup"),
                    )
                )  # fmt: skip
            target = work / one.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as made:
                shutil.copyfileobj(content, made)


def require_nothing_there(place: Place) -> None:
    """A restored installation stands on empty ground: nothing of another is mixed in or written over."""
    full = [str(folder) for folder in (place.heads, place.documents) if folder.exists() and any(folder.iterdir())]
    if not databases.is_empty(place.database):
        full.insert(0, "the database")
    if full:
        raise Refused(
            Problem(
                "not_empty",
                f"there is something already in {', '.join(full)}",
                "a backup is restored whole, into nothing; what is there might be the only copy",
                "name an empty database and empty folders, or move these away yourself",
                Where("DATABASE_URL, WHOLEPERSON_HEADS, WHOLEPERSON_DOCUMENTS"),
            )
        )


def _heads_up_to(file: Path, last_block: int) -> list[str]:
    """Lines of blocks that are in the copy. What was sealed since belongs to the next backup."""
    lines = file.read_text("utf-8").splitlines(keepends=True) if file.exists() else []
    return [line for line in lines if json.loads(line)["number"] <= last_block]
