"""One fact away: the lines come in the order of programmes, members and facts, however many there are."""

import csv
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from wholeperson.sweep.report.one_fact import write_one_fact_away
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.result import Result
from wholeperson.sweep.store.opening import open_store

SETTLED = "('p', 0, 'yes', []), ('p', 1, 'not_known', ['a', 'b']), ('q', 1, 'not_known', ['c'])"
MEMBERS = 60_000  # several processors each read a part of so many


def test_the_lines_come_in_order(store: Path, tmp_path: Path) -> None:
    desk = Duck(open_store(store))
    desk.connection.execute("SET preserve_insertion_order = true")
    patterns = "CAST(i % 3 AS INTEGER) AS p, CAST(i % 2 AS INTEGER) AS q"
    desk.write(
        f"SELECT 'M' || i AS member_id, {patterns} FROM range({MEMBERS}) t(i)", tmp_path / "determinations.parquet"
    )
    rows = f"read_parquet('{tmp_path / 'determinations.parquet'}', file_row_number = true)"
    for name, sql in (
        ("determinations", f"SELECT * EXCLUDE file_row_number FROM {rows}"),
        ("found", f'SELECT file_row_number AS "no", * EXCLUDE file_row_number FROM {rows}'),
        ("patterns", f"FROM (VALUES {SETTLED}) AS t(programme, pattern, answer, settled_by)"),
    ):  # fmt: skip
        desk.connection.execute(f'CREATE VIEW "{name}" AS {sql}')
    run = cast(Result, SimpleNamespace(duck=desk, programmes=("p", "q")))  # no more of it is asked
    write_one_fact_away(run, tmp_path / "one_fact_away.csv")
    desk.close()
    with (tmp_path / "one_fact_away.csv").open() as opened:
        found = [tuple(row) for row in csv.reader(opened)][1:]
    wanted = [(f"M{i}", "p", fact) for i in range(1, MEMBERS, 3) for fact in ("a", "b")]
    assert found == wanted + [(f"M{i}", "q", "c") for i in range(1, MEMBERS, 2)]
