"""DuckDB, embedded: the engine a run uses unless told otherwise. It spills to disk under a memory limit."""

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from wholeperson.sweep.run.engines import quoted
from wholeperson.sweep.store.opening import Store
from wholeperson.sweep.store.schema import ROW_GROUP, TABLES

PARQUET = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}"

# The stages that join many others, member by member, and the one that they begin with: a row for everybody.
WIDEST, EVERYBODY = ("loud", "state"), "standing"
AT_ONCE = 30 * ROW_GROUP  # members; of whole groups, so that what is put together is the same as in one go


OUR_OWN = 160.0  # megabytes that this process takes beside the engine: the policy, the patterns, rows on their way
MEGABYTES = {"KB": 0.001, "MB": 1.0, "GB": 1000.0, "TB": 1_000_000.0}


def share(memory: str) -> str:
    """What the engine may take where the whole command may take so much: at least half of it."""
    size = float(memory[:-2]) * MEGABYTES[memory[-2:]]
    return f"{int(1000 * max(size - OUR_OWN, size / 2))}KB"


class Duck:
    """One in-memory database over the store's files."""

    name = "duckdb"

    def __init__(self, store: Store, *, memory: str | None = None, threads: int | None = None) -> None:
        self.store = store
        self.spares_nothing = memory is not None or threads == 1  # no room for a second process
        self.sparing = memory is not None
        self.kind_of = np.zeros(0, np.int32)  # every member's kind of state, once they are told apart (`run.kinds`)
        self.spill = Path(tempfile.mkdtemp(prefix="wholeperson-sweep-"))
        self.connection = duckdb.connect(":memory:")
        self._set("autoinstall_known_extensions", "false")
        self._set("autoload_known_extensions", "false")
        self._set("temp_directory", quoted(self.spill))
        self._set("preserve_insertion_order", "false")
        if memory:
            self._set("memory_limit", f"'{share(memory)}'")
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
        if name in WIDEST and self.sparing:
            self._in_slices(name, sql)
        else:
            self.connection.execute(f'CREATE TEMP TABLE "{name}" AS {sql}')

    def _in_slices(self, name: str, sql: str) -> None:
        """The same, some members at a time: joined in one go, all that it is made of would have to be in memory."""
        self.connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT * FROM ({sql}) LIMIT 0')
        self.connection.execute(f'ALTER TABLE temp."{EVERYBODY}" RENAME TO "all_of_them"')
        for first in range(0, self.store.members, AT_ONCE):
            some = f'SELECT * FROM "all_of_them" WHERE "no" BETWEEN {first} AND {first + AT_ONCE - 1}'
            self.connection.execute(f'CREATE TEMP TABLE "{EVERYBODY}" AS {some}')
            self.connection.execute(f'INSERT INTO "{name}" {sql}')
            self.forget(EVERYBODY)
        self.connection.execute(f'ALTER TABLE temp."all_of_them" RENAME TO "{EVERYBODY}"')

    def forget(self, name: str) -> None:
        """Give back the room of a table that was made."""
        self.connection.execute(f'DROP TABLE temp."{name}"')

    def rows(self, sql: str) -> pa.Table:
        """Ask for rows."""
        return self.connection.sql(sql).to_arrow_table()

    def write(self, sql: str, path: Path, how: str = PARQUET) -> int:
        """Write rows to a file, in the order they are asked for; returns how many."""
        return int(self.connection.execute(f"COPY ({sql}) TO {quoted(path)} ({how})").fetchall()[0][0])

    def write_in_order(self, *written: tuple[pa.RecordBatchReader, Path]) -> None:
        """Write rows to files as they come, in that order; two files at once where the machine can, since each takes
        one processor.
        """
        self._set("preserve_insertion_order", "true")
        with ThreadPoolExecutor(1 if self.spares_nothing else 2) as several:
            for done in [several.submit(self._write_rows, *each) for each in written]:
                done.result()
        self._set("preserve_insertion_order", "false")

    def _write_rows(self, rows: pa.RecordBatchReader, path: Path) -> None:
        with self.connection.cursor() as own:
            own.register("given", rows)
            own.execute(f"COPY (SELECT * FROM given) TO {quoted(path)} ({PARQUET})")

    def write_csv(self, sql: str, path: Path, null: str) -> None:
        """Write rows as text for another engine."""
        self.connection.execute(f"COPY ({sql}) TO {quoted(path)} (FORMAT csv, HEADER false, NULLSTR '{null}')")

    def hand_over(self) -> None:
        """The desk has what it made."""

    def close(self) -> None:
        """Leave nothing behind."""
        self.connection.close()
        pa.default_memory_pool().release_unused()
        shutil.rmtree(self.spill, ignore_errors=True)
