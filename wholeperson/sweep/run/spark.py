"""Spark: the same statements on one machine or on a cluster, for a membership that one machine cannot hold."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.engines import quoted
from wholeperson.sweep.store.schema import TABLES


class Spark:
    """One session. The store must lie where every worker can read it."""

    name = "spark"

    def __init__(self, desk: Duck, master: str = "local[*]") -> None:
        self.desk = desk
        self.folder = Path(tempfile.mkdtemp(prefix=".wholeperson-spark-", dir=desk.store.folder.parent))
        self.session: Any = (
            SparkSession.builder.master(master)
            .appName("wholeperson sweep")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate()
        )
        self.session.sparkContext.setLogLevel("ERROR")
        for name in TABLES:
            self._view(name, desk.store.table(name))

    def _view(self, name: str, path: Path) -> None:
        self.session.read.parquet(str(path.resolve())).createOrReplaceTempView(name)

    def small(self, name: str, table: pa.Table) -> None:
        """Write down a small table of the run's own."""
        pq.write_table(table, self.folder / f"{name}.parquet")
        self._view(name, self.folder / f"{name}.parquet")

    def stage(self, name: str, sql: str) -> None:
        """Make one table from those before it; kept in memory, since later ones read it more than once."""
        made = self.session.sql(sql)
        if name == "state":
            made.write.parquet(str(self.folder / "state"))
            return
        made.cache().createOrReplaceTempView(name)

    def forget(self, name: str) -> None:
        """What is kept in memory was only promised so far, and is made when ``state`` asks for it: it stays."""

    def rows(self, sql: str) -> pa.Table:
        """Ask for rows."""
        found = self.session.sql(sql).collect()
        return pa.Table.from_pylist([row.asDict() for row in found])

    def hand_over(self) -> None:
        """Give every member's state to the desk, which writes the files."""
        self.desk.connection.execute(
            f"CREATE TEMP TABLE state AS SELECT * FROM read_parquet({quoted(self.folder / 'state' / '*.parquet')})"
        )

    def close(self) -> None:
        """End the session, and leave nothing behind."""
        self.session.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
