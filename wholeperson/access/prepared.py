"""Questions that PostgreSQL plans once for a connection, and then is only told of whom.

The row-level policies stand behind each table of a question, so to plan it costs more than to answer it. What is the
same for everybody of a stance is written into the statement; what is told anew are its parameters. The policies read
who asks when the statement runs, not when it is planned. It is forgotten with its connection, or when so many
others were asked there since.
"""

import itertools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import connection

TYPES = ((UUID, "uuid"), (datetime, "timestamptz"), (date, "date"), (str, "text"))
_numbers = itertools.count(1)
AT_MOST = 800  # plans that a connection keeps
_known: WeakKeyDictionary[Any, dict[str, None]] = WeakKeyDictionary()  # what each connection has planned, the last last


def a_name() -> str:
    return f"asked_{next(_numbers)}"


def is_kept_by(database: Any) -> bool:
    """Not where others share the connection between two statements: there, as with cursors, nothing stays."""
    return database.vendor == "postgresql" and not database.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")


def asked(
    name: str, sql: str, parameters: tuple[Any, ...], places: tuple[int | None, ...], values: list[Any]
) -> tuple[str, tuple[Any, ...]]:
    """What to say to have it answered; `places` says which parameters stand where among the values told anew."""
    connection.ensure_connection()
    raw: Any = connection.connection
    known = _known.setdefault(raw, {})
    if name not in known:
        _plan(raw, name, _with_holes(raw, sql, parameters, places), values)
    known[name] = known.pop(name, None)
    if len(known) > AT_MOST:
        _forget(raw, known)
    written = ", ".join(f"'{one}'" if isinstance(one, UUID) else "%s" for one in values)
    return f"EXECUTE {name} ({written})", tuple(one for one in values if not isinstance(one, UUID))


def plan_for_everybody(connection: Any, **_: Any) -> None:
    """Said as a connection begins, since what is said within a transaction goes with it.

    Each question is planned once, not anew for the first five who ask: what differs is only who they are.
    """
    if is_kept_by(connection):
        with connection.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan")


def _forget(raw: Any, known: dict[str, None]) -> None:
    """What was not asked for longest."""
    oldest = next(iter(known))
    del known[oldest]
    with connection.wrap_database_errors, raw.cursor() as cursor:
        cursor.execute(f"DEALLOCATE {oldest}")


def _with_holes(raw: Any, sql: str, parameters: tuple[Any, ...], places: tuple[int | None, ...]) -> str:
    write: Callable[..., str] = raw.cursor().mogrify
    pairs = zip(places, parameters, strict=True)
    return sql % tuple(write("%s", [own]) if place is None else f"${place + 1}" for place, own in pairs)


def _plan(raw: Any, name: str, sql: str, values: list[Any]) -> None:
    types = ", ".join(next(word for kind, word in TYPES if isinstance(value, kind)) for value in values)
    with connection.wrap_database_errors, raw.cursor() as cursor:
        cursor.execute(f"PREPARE {name} ({types}) AS {sql}")
