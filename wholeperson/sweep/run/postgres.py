"""PostgreSQL: the same statements on a server somebody already runs; the tables are copied in for the session."""

import tempfile
from pathlib import Path
from typing import Any, Final

import psycopg
import pyarrow as pa

from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.store.schema import TABLES

TYPES: Final = {"int16": "smallint", "int32": "integer", "int64": "bigint", "boolean": "boolean", "bool": "boolean",
                "string": "text"}  # fmt: skip
NULL: Final = "\\N"


class Postgres:
    """One session; all its tables are temporary and go with it."""

    name = "postgres"

    def __init__(self, desk: Duck, url: str) -> None:
        self.desk = desk
        self.connection = psycopg.connect(url, autocommit=True)
        for name, columns in TABLES.items():
            self._create(name, columns)
            self._copy(name, f'SELECT * FROM "{name}"')
            self._run(f'ANALYZE "{name}"')

    def _run(self, sql: str) -> psycopg.Cursor[Any]:
        return self.connection.execute(sql)

    def _create(self, name: str, columns: dict[str, str]) -> None:
        listed = ", ".join(f'"{column}" {TYPES[kind]}' for column, kind in columns.items())
        self._run(f'CREATE TEMP TABLE "{name}" ({listed})')

    def _copy(self, name: str, sql: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows.csv"
            self.desk.write_csv(sql, path, NULL)
            statement = f"COPY \"{name}\" FROM STDIN (FORMAT csv, NULL '{NULL}')"
            with path.open("rb") as rows, self.connection.cursor().copy(statement) as copy:
                while block := rows.read(1 << 20):
                    copy.write(block)

    def small(self, name: str, table: pa.Table) -> None:
        """Write down a small table of the run's own."""
        self._create(name, {field.name: str(field.type) for field in table.schema})
        self.desk.small(f"copied_{name}", table)
        self._copy(name, f'SELECT * FROM "copied_{name}"')

    def stage(self, name: str, sql: str) -> None:
        """Make one table from those before it."""
        self._run(f'CREATE TEMP TABLE "{name}" AS {sql}')
        self._run(f'ANALYZE "{name}"')

    def forget(self, name: str) -> None:
        """Give back the room of a table that was made."""
        self._run(f'DROP TABLE "{name}"')

    def rows(self, sql: str) -> pa.Table:
        """Ask for rows."""
        found = self._run(sql)
        names = [column.name for column in found.description or ()]
        return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in found])

    def hand_over(self) -> None:
        """Give every member's state to the desk, which writes the files."""
        found = self._run("SELECT * FROM state")
        names = [column.name for column in found.description or ()]
        columns = list(zip(*found.fetchall(), strict=True)) or [()] * len(names)
        kinds = [pa.int32() if name == "no" else pa.int64() for name in names]
        arrays = [pa.array(values, kind) for values, kind in zip(columns, kinds, strict=True)]
        self.desk.small("state", pa.table(dict(zip(names, arrays, strict=True))))

    def close(self) -> None:
        """End the session."""
        self.connection.close()
