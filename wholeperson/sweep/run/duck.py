"""DuckDB, embedded: the engine a run uses unless told otherwise. It spills to disk under a memory limit."""

import shutil
import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa

from wholeperson.sweep.run.engines import quoted
from wholeperson.sweep.store.opening import Store
from wholeperson.sweep.store.schema import ROW_GROUP, TABLES

PARQUET = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}"


class Duck:
    """One in-memory database over the store's files."""

    name = "duckdb"

    def __init__(self, store: Store, *, memory: str | None = None, threads: int | None = None) -> None:
        self.store = store
        self.spares_nothing = memory is not None or threads == 1  # no room for a second process
        self.spill = Path(tempfile.mkdtemp(prefix="wholeperson-sweep-"))
        self.connection = duckdb.connect(":memory:")
        self._set("autoinstall_known_extensions", "false")
        self._set("autoload_known_extensions", "false")
        self._set("temp_directory", quoted(self.spill))
        self._set("preserve_insertion_order", "false")
        if memory:
            self._set("memory_limit", f"'{memory}'")
        if threads:
            self._set("threads", str(threads))
        for name in TABLES:
            self.connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet({quoted(store.table(name))})')

    def _set(self, name: str, value: str) -> None:
        self.connection.execute(f"SET {name} = {value}")

    def small(self, name: str, table: pa.Table) -> None:
        """Write down a small table of the run's own."""
        self.connection.register("given", table)
        self.connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT * FROM given')
        self.connection.unregister("given")

    def stage(self, name: str, sql: str) -> None:
        """Make one table from those before it."""
        self.connection.execute(f'CREATE TEMP TABLE "{name}" AS {sql}')

    def rows(self, sql: str) -> pa.Table:
        """Ask for rows."""
        return self.connection.sql(sql).to_arrow_table()

    def write(self, sql: str, path: Path, how: str = PARQUET) -> int:
        """Write rows to a file, in the order they are asked for; returns how many."""
        return int(self.connection.execute(f"COPY ({sql}) TO {quoted(path)} ({how})").fetchall()[0][0])

    def write_csv(self, sql: str, path: Path, null: str) -> None:
        """Write rows as text for another engine."""
        self.connection.execute(f"COPY ({sql}) TO {quoted(path)} (FORMAT csv, HEADER false, NULLSTR '{null}')")

    def hand_over(self) -> None:
        """The desk has what it made."""

    def close(self) -> None:
        """Leave nothing behind."""
        self.connection.close()
        shutil.rmtree(self.spill, ignore_errors=True)
