"""Tables as files, whole or absent: written beside, then moved; Parquet, or CSV for who asks for it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from wholeperson.sweep.placing import put_back, put_in_place

ROW_GROUP = 250_000
PLAIN = ("claim_id", "id")  # columns in which hardly anything stands twice


class Writer(Protocol):
    """What takes tables one after the other and puts them into one file."""

    def write_table(self, table: pa.Table) -> None:
        """The next rows."""

    def close(self) -> None:
        """No more."""


class Parquet:
    """One Parquet file."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        repeated = [name for name in schema.names if name not in PLAIN]
        self._writer = pa.parquet.ParquetWriter(
            path.with_suffix(".parquet"), schema, compression="zstd", compression_level=1, use_dictionary=repeated
        )

    def write_table(self, table: pa.Table) -> None:
        """The next rows."""
        self._writer.write_table(table, row_group_size=ROW_GROUP)

    def close(self) -> None:
        """No more."""
        self._writer.close()


class Csv:
    """One CSV file: words as words, days as ISO days, nothing for what is not told."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._plain = pa.schema([(each.name, _plain(each.type)) for each in schema])
        options = pa.csv.WriteOptions(quoting_style="needed")
        self._writer = pa.csv.CSVWriter(path.with_suffix(".csv"), self._plain, write_options=options)

    def write_table(self, table: pa.Table) -> None:
        """The next rows."""
        self._writer.write_table(table.cast(self._plain))

    def close(self) -> None:
        """No more."""
        self._writer.close()


@contextmanager
def whole_or_absent(folder: Path) -> Iterator[Path]:
    """A folder to write into, which takes the place of ``folder`` when all is done, and is gone when anything fails."""
    put_back(folder)
    beside = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        yield beside
        put_in_place(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _plain(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_dictionary(kind) else kind
