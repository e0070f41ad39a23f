"""The engine that runs a sweep's statements: opens the store, makes one table after the other, gives rows back."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

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


# One, other, both, either, not one: what every engine must answer of a column before it decides about anybody.
TRUTH: Final = frozenset({
    (True, True, True, True, False), (True, False, False, True, False), (True, None, None, True, False),
    (False, True, False, True, True), (False, False, False, False, True), (False, None, False, None, True),
    (None, True, None, True, None), (None, False, False, None, None), (None, None, None, None, None),
})  # fmt: skip
VALUES: Final = "(SELECT TRUE AS v UNION ALL SELECT FALSE AS v UNION ALL SELECT CAST(NULL AS BOOLEAN) AS v)"
ASKED: Final = f"""SELECT one.v AS one, other.v AS other, one.v AND other.v AS joined, one.v OR other.v AS either,
NOT one.v AS turned FROM {VALUES} AS one CROSS JOIN {VALUES} AS other"""


def refuse_unless_kleene(engine: Engine) -> None:
    """Refuse an engine that takes *not known* for *no*."""
    answers = {_said(row.values()) for row in engine.rows(ASKED).to_pylist()}
    if answers != set(map(_said, TRUTH)):
        wrong = "; ".join(sorted(answers - set(map(_said, TRUTH)))) or "less than was asked"
        problem = f"{engine.name} does not keep *not known* apart from *no*; it says {wrong}"
        why, do = "people would be told no because nobody knows", "use --engine duckdb"
        raise Refused(Problem("not_three_valued", problem, why, do, Where("--engine"), ("duckdb", "postgres", "spark")))


def _said(row: Iterable[Any]) -> str:
    """In words; a number is no truth value, though Python takes 1 for True."""
    one, other, joined, either, turned = row
    return f"{one} and {other} is {joined}, {one} or {other} is {either}, not {one} is {turned}"


def arrow(columns: Sequence[tuple[str, pa.DataType]], rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Rows as a table."""
    listed = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table({name: pa.array(values, kind) for (name, kind), values in zip(columns, listed, strict=True)})


def quoted(path: Path) -> str:
    """A path as a SQL text."""
    return "'" + str(path).replace("'", "''") + "'"
