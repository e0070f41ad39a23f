"""Every member and programme with the reasons, as many rows as are asked for."""

from collections.abc import Sequence
from pathlib import Path

from wholeperson.sweep.report.files import text, whole_or_absent, write_rows
from wholeperson.sweep.run.result import Result

LISTS = ("because", "missing", "settled_by")
ENDINGS = (".parquet", ".csv")


def write_reasons(result: Result, path: Path, programmes: Sequence[str], answer: str | None) -> int:
    """One row a member and programme, programme by programme; returns how many."""
    as_csv = path.suffix == ".csv"
    listed = ", ".join(f'f."{each}"' for each in programmes)
    result.duck.connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE reasoned AS SELECT f.member_id, a.key, {listed}
        FROM found f JOIN standing_of a USING ("no") ORDER BY f."no\""""
    )
    rows = " UNION ALL ".join(f"({_of(result, each, answer, as_csv)})" for each in programmes)
    with whole_or_absent(path) as beside:
        return write_rows(result.duck, rows, beside)


def _of(result: Result, programme: str, answer: str | None, as_csv: bool) -> str:
    lists = ", ".join(f"array_to_string(p.{each}, ';') AS {each}" if as_csv else f"p.{each}" for each in LISTS)
    only = f"AND p.answer = {text(answer)}" if answer else ""
    return f"""SELECT d.member_id, {text(programme)} AS programme, p.answer, v.available, {lists},
            {text(result.told["versions"].get(programme, ""))} AS version
        FROM (SELECT member_id, key, "{programme}" AS pattern FROM reasoned) d
        JOIN (SELECT * FROM patterns WHERE programme = {text(programme)}) p USING (pattern)
        JOIN (SELECT * FROM availabilities WHERE programme = {text(programme)}) v
            ON v.key = d.key AND v.mandatory = p.mandatory
        WHERE TRUE {only}"""
