"""Taking a copy of a whole database at one moment, and making a database from it: PostgreSQL or SQLite."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from wholeperson.rules.problems import PART_IS_MISSING, Problem, Refused, Where

FILE = "database"
Database = dict[str, Any]  # as Django's settings name it


def copy(database: Database, into: Path) -> int:
    """Write the copy to `into`; returns the number of the last sealed block that is in it."""
    return _copy_postgres(database, into) if _is_postgres(database) else _copy_sqlite(database, into)


def is_empty(database: Database) -> bool:
    """Whether nothing is there yet."""
    if not _is_postgres(database):
        return not Path(database["NAME"]).exists()
    with _connected(database) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return not (found and found[0])


def make(database: Database, copied: Path) -> None:
    """Make the database from the copy, all of it or nothing."""
    if _is_postgres(database):
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        _run(database, "pg_restore", *options, "--dbname", database["NAME"], str(copied))
    else:
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copied, database["NAME"])


def _copy_postgres(database: Database, into: Path) -> int:
    """Dump what one snapshot sees, so that the last block is known for certain."""
    with _connected(database) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        last = connection.execute("SELECT coalesce(max(number), 0) FROM record_block").fetchone()
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot[0]}"]
        _run(database, "pg_dump", *options, "--file", str(into), database["NAME"])
    return int(last[0])


def _copy_sqlite(database: Database, into: Path) -> int:
    if not Path(database["NAME"]).exists():
        raise Refused(_missing(f"there is no database {database['NAME']}", "say in DATABASE_URL where it is"))
    with closing(sqlite3.connect(database["NAME"])) as source, closing(sqlite3.connect(into)) as made:
        source.backup(made)
        return int(made.execute("SELECT coalesce(max(number), 0) FROM record_block").fetchone()[0])


def _is_postgres(database: Database) -> bool:
    return str(database["ENGINE"]).endswith("postgresql")


def _connected(database: Database) -> Any:
    import psycopg

    try:
        return psycopg.connect(
            dbname=database["NAME"], user=database["USER"] or None, password=database["PASSWORD"] or None,
            host=database["HOST"] or None, port=database["PORT"] or None, autocommit=True, connect_timeout=10,
        )  # fmt: skip
    except psycopg.OperationalError as failed:
        why = str(failed).splitlines()[0]
        raise Refused(_missing(f"the database does not answer: {why}", "start it, or correct the address")) from None


def _run(database: Database, tool: str, *options: str) -> None:
    """One of PostgreSQL's own tools. A password goes by the environment, where other users do not see it."""
    environment = {**os.environ, "PGCONNECT_TIMEOUT": "10"}
    for name, key in {"PGUSER": "USER", "PGHOST": "HOST", "PGPORT": "PORT", "PGPASSWORD": "PASSWORD"}.items():
        if database[key]:
            environment[name] = str(database[key])
    done = subprocess.run([_tool(tool), *options], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
        raise Refused(_missing(f"{tool} ended with: {why}", "see to that, and run the same command again"))


def _tool(name: str) -> str:
    """The newest one there is: an older one does not read a newer server."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    tool = str(found[-1]) if found else shutil.which(name)
    if tool is None:
        raise Refused(
            _missing(f"{name} is not installed", "install PostgreSQL's client: apt-get install postgresql-client")
        )
    return tool


def _missing(problem: str, do: str) -> Problem:
    return Problem(PART_IS_MISSING, problem, "the whole database goes into a backup", do, Where("database"))
