"""Writing what people read: whole or absent, the same bytes for the same run."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wholeperson.sweep.run.duck import PARQUET, Duck

CSV = "FORMAT csv, HEADER true"


def write_rows(desk: Duck, sql: str, path: Path) -> int:
    """Rows as CSV or Parquet, by the ending, in the order of the table each question begins with; returns how many.

    Joins keep that order only while the engine does not turn them round, so it is told not to: the table joined from
    comes first in the question, the small one after it. Nothing has to be sorted then.
    """
    desk.connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    try:
        return desk.write(sql, path, CSV if ".csv" in path.suffixes else PARQUET)
    finally:
        desk.connection.execute("SET disabled_optimizers = ''")


@contextmanager
def whole_or_absent(path: Path) -> Iterator[Path]:
    """A place beside the file to write to; it becomes the file when all went well."""
    beside = path.with_name(f".{path.stem}.writing{path.suffix}")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"
