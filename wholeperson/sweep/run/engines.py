"""The engine that runs a sweep's statements: opens the store, makes one table after the other, gives rows back."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from wholeperson.rules.problems import Problem, Refused, Where


class Engine(Protocol):
    """What a run needs of an engine."""

    name: str

    def small(self, name: str, table: pa.Table) -> None:
        """Write down a small table of the run's own."""

    def stage(self, name: str, sql: str) -> None:
        """Make one table from those before it."""

    def forget(self, name: str) -> None:
        """Give back the room of a table that was made: nothing reads it any more."""

    def rows(self, sql: str) -> pa.Table:
        """Ask for rows."""

    def hand_over(self) -> None:
        """Give every member's state to the desk that writes the files."""

    def close(self) -> None:
        """Leave nothing behind."""


# and, or, not over yes, no, not known: what every engine must answer before it decides about anybody.
TRUTH = (("TRUE AND NULL", None), ("FALSE AND NULL", False), ("TRUE OR NULL", True), ("FALSE OR NULL", None),
         ("NOT CAST(NULL AS BOOLEAN)", None), ("NULL AND NULL", None), ("NULL OR NULL", None),
         ("TRUE AND FALSE", False), ("TRUE OR FALSE", True))  # fmt: skip


def refuse_unless_kleene(engine: Engine) -> None:
    """Refuse an engine that takes *not known* for *no*."""
    columns = ", ".join(f"({said}) AS c{at}" for at, (said, _) in enumerate(TRUTH))
    answers = list(engine.rows(f"SELECT {columns}").to_pylist()[0].values())
    wrong = [said for (said, meant), got in zip(TRUTH, answers, strict=True) if got is not meant]
    if wrong:
        problem = f"{engine.name} does not keep *not known* apart from *no*: {', '.join(wrong)}"
        why, do = "people would be told no because nobody knows", "use --engine duckdb"
        raise Refused(Problem("not_three_valued", problem, why, do, Where("--engine"), ("duckdb", "postgres", "spark")))


def arrow(columns: Sequence[tuple[str, pa.DataType]], rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Rows as a table."""
    listed = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table({name: pa.array(values, kind) for (name, kind), values in zip(columns, listed, strict=True)})


def quoted(path: Path) -> str:
    """A path as a SQL text."""
    return "'" + str(path).replace("'", "''") + "'"
