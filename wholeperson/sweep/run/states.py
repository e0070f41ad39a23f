"""Runs a plan's statements on an engine: every member's state comes out."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from wholeperson.sweep.leaves import smalls
from wholeperson.sweep.leaves.plan import Plan, birthday_columns, birthdays
from wholeperson.sweep.leaves.smalls import SMALL
from wholeperson.sweep.run.engines import Engine, arrow
from wholeperson.sweep.run.statements import Statements, statements

ARROW = {"int16": pa.int16(), "int32": pa.int32(), "int64": pa.int64(), "string": pa.string()}
Told = Callable[[str], None]


def fill_states(engine: Engine, desk: Engine, plan: Plan, told: Told = lambda _: None) -> None:
    """Leave the table ``state`` in the engine: no, w0, w1, … for every member. ``desk`` reads the store."""
    for name, columns, rows in _small_tables(desk, plan):
        engine.small(name, arrow([(each, ARROW[kind]) for each, kind in columns.items()], rows))
    made = statements(plan, engine.name)
    for at, (name, sql) in enumerate(made, 1):
        told(f"step {at} of {len(made)}: {name.replace('_', ' ')}")
        engine.stage(name, sql)
        for over in done_with(made, at):
            engine.forget(over)


def done_with(made: Statements, at: int) -> list[str]:
    """The tables of the first so many statements that the last of these was the last to read: they only take room."""
    (_, sql), later = made[at - 1], [sql for _, sql in made[at:]]
    read = [name for name, _ in made[: at - 1] if f'"{name}"' in sql]
    return [name for name in read if not any(f'"{name}"' in each for each in later)]


def _small_tables(desk: Engine, plan: Plan) -> list[tuple[str, dict[str, str], list[Any]]]:
    texts = _column(desk, 'SELECT DISTINCT race_ethnicity AS it FROM "members" WHERE race_ethnicity IS NOT NULL')
    births = _column(desk, 'SELECT DISTINCT birth AS it FROM "members" WHERE birth IS NOT NULL')
    made: list[tuple[str, dict[str, str], list[Any]]] = [
        ("races", SMALL["races"], list(smalls.races(plan, sorted(texts)))),
        ("value_codes", SMALL["value_codes"], list(smalls.value_codes(plan))),
        ("said_by", SMALL["said_by"], list(smalls.said_by(plan))),
        ("fact_codes", SMALL["fact_codes"], list(smalls.fact_codes(plan))),
        ("silences", smalls.silence_columns(plan), list(smalls.silences(plan))),
    ]
    columns = {"birth": "int32", **dict.fromkeys(birthday_columns(plan), "int32")}
    made.append(("births", columns, list(birthdays(plan, sorted(births)))))
    return made


def _column(engine: Engine, sql: str) -> list[Any]:
    return list(engine.rows(sql).column("it").to_pylist())
