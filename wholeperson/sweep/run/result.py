"""A finished run, opened to be read: its files and its store's as views of one embedded database."""

import json
from pathlib import Path
from typing import Any, Self

import pyarrow.parquet as pq

from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.engines import quoted
from wholeperson.sweep.run.writing import RUN_FILE, SCHEMA
from wholeperson.sweep.store.opening import Store, open_store

FILES = ("determinations", "patterns", "kinds", "availability", "availabilities", "traces")


class Result:
    """One run. Views: those of the store, ``determinations``, ``patterns``, ``states``, ``found`` (the determinations
    with the member's number), ``answers`` (no, member_id, programme, pattern, answer; one row a member and programme),
    and once they are written ``availability`` (``standing_of`` with the member's number) and ``availabilities``.
    """

    def __init__(self, folder: Path, *, memory: str | None = None, threads: int | None = None) -> None:
        self.folder, self.told = folder, read_run(folder)
        self.store: Store = open_store(Path(self.told["store"]))
        self.duck = Duck(self.store, memory=memory, threads=threads)
        # Rows come out as they lie in the files, so that nothing has to be sorted to be the same twice.
        self.duck.connection.execute("SET preserve_insertion_order = true")
        self.duck.connection.execute("SET enable_progress_bar = false")
        self.open_tables()

    def open_tables(self) -> None:
        """Views of the run's own tables, as many as are written by now."""
        for name in FILES:
            if self.file(name).exists():
                self.view(name, f"SELECT * FROM read_parquet({quoted(self.file(name))})")
        self.numbered("found", "determinations")
        if has_kinds(self.folder):
            self.view("states", with_words(self.folder))
        if self.file("availability").exists():
            self.numbered("standing_of", "availability")
        if self.file("traces").exists():
            self.numbered("numbered_traces", "traces")
        self.view("answers", self._answers())

    @property
    def programmes(self) -> tuple[str, ...]:
        """Those the run decided, in its order."""
        return tuple(self.told["programmes"])

    def file(self, name: str) -> Path:
        """One of the run's own tables."""
        return self.folder / f"{name}.parquet"

    def view(self, name: str, sql: str) -> None:
        """Give a question a name."""
        self.duck.connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS {sql}')

    def numbered(self, name: str, table: str) -> None:
        """A table of one row a member, with the member's number: the place of its row."""
        rows = f"read_parquet({quoted(self.file(table))}, file_row_number = true)"
        self.view(name, f'SELECT CAST(file_row_number AS INTEGER) AS "no", * EXCLUDE file_row_number FROM {rows}')

    def _answers(self) -> str:
        spread = 'UNPIVOT found ON COLUMNS(* EXCLUDE ("no", member_id)) INTO NAME programme VALUE pattern'
        return (
            'SELECT d."no", d.member_id, d.programme, d.pattern, p.answer '
            f"FROM ({spread}) d JOIN patterns p USING (programme, pattern)"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.duck.close()


def has_kinds(folder: Path) -> bool:
    """Whether the run tells every member's kind of state; earlier ones wrote the words out for everybody."""
    states = folder / "states.parquet"
    return states.exists() and "kind" in pq.read_schema(states).names


def with_words(folder: Path) -> str:
    """A run's states: the place of each member's row, its number then, and the words of its state."""
    states, kinds = (f"read_parquet({quoted(folder / f'{name}.parquet')}" for name in ("states", "kinds"))
    return (f'SELECT CAST(s.file_row_number AS INTEGER) AS place, s."no", k.* '
            f"FROM {states}, file_row_number = true) s JOIN {kinds}) k USING (kind)")  # fmt: skip


def read_run(folder: Path) -> dict[str, Any]:
    """What a run says of itself, or ``Refused`` where there is none that was finished."""
    try:
        told: dict[str, Any] = json.loads((folder / RUN_FILE).read_bytes())
    except (OSError, ValueError):
        told = {}
    if told.get("schema") != SCHEMA:
        why, do = "only a finished run can be read", "run `wholeperson sweep run S --on D --out O` first"
        raise Refused(Problem("no_run", "there is no finished run here", why, do, Where(str(folder))))
    return told
