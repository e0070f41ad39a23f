"""A finished run, opened to be read: its files and its store's as views of one embedded database."""

import json
from pathlib import Path
from typing import Any, Self

from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.engines import quoted
from wholeperson.sweep.run.whole import RUN_FILE
from wholeperson.sweep.run.writing import SCHEMA
from wholeperson.sweep.store.opening import Store, open_store

FILES = ("determinations", "patterns", "states")


class Result:
    """One run. Views: those of the store, ``determinations``, ``patterns``, ``states``, and ``answers`` (no,
    member_id, programme, pattern, answer), one row a member and programme.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.told = folder, read_run(folder)
        self.store: Store = open_store(Path(self.told["store"]))
        self.duck = Duck(self.store)
        for name in FILES:
            self._view(name, f"SELECT * FROM read_parquet({quoted(folder / f'{name}.parquet')})")
        self._view("answers", self._answers())

    @property
    def programmes(self) -> tuple[str, ...]:
        """Those the run decided, in its order."""
        return tuple(self.told["programmes"])

    def _answers(self) -> str:
        spread = "UNPIVOT determinations ON COLUMNS(* EXCLUDE member_id) INTO NAME programme VALUE pattern"
        return (
            "SELECT m.no, m.member_id, d.programme, d.pattern, p.answer "
            f"FROM ({spread}) d JOIN members m USING (member_id) JOIN patterns p USING (programme, pattern)"
        )

    def _view(self, name: str, sql: str) -> None:
        self.duck.connection.execute(f'CREATE VIEW "{name}" AS {sql}')

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.duck.close()


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
