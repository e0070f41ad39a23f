"""Encrypting again, with the first of the keys, whatever stands encrypted in the database: then the others may go.

Stopped, it goes on where it was; run twice, it finds nothing to do. What somebody writes meanwhile stays.
"""

from collections.abc import Callable, Iterator
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import connection, transaction

from wholeperson.record import wall
from wholeperson.record.sealed import SealedText, is_sealed_anew, seal, unseal
from wholeperson.rules.problems import Problem, Refused, Where

AT_ONCE = 200


def columns() -> Iterator[tuple[str, str, str]]:
    """Table, column of the key, and column that is kept encrypted: of every model there is."""
    for model in apps.get_models():
        if not model._meta.proxy and model._meta.managed:
            for field in model._meta.local_concrete_fields:
                if isinstance(field, SealedText):
                    yield model._meta.db_table, str(model._meta.pk.column), str(field.column)


def reseal_columns(told: Callable[[str, int], None] = lambda table, done: None) -> int:
    """Returns how many values were encrypted again; `told` hears after every few hundred rows."""
    done = 0
    with wall.opened("keys.rotate"):
        for table, key, column in columns():
            for rows in _batches(table, key, column):
                with transaction.atomic():
                    done += sum(_reseal(table, key, column, *row) for row in rows)
                told(table, done)
    return done


def _batches(table: str, key: str, column: str) -> Iterator[list[tuple[Any, str]]]:
    """Key and value as they stand, in the order of the keys."""
    table, key, column = map(connection.ops.quote_name, (table, key, column))
    last: list[Any] = []
    while True:
        after = f"AND {key} > %s" if last else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {column} FROM {table} WHERE {column} <> '' {after} ORDER BY {key} LIMIT {AT_ONCE}", last
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = [rows[-1][0]]


def _reseal(table: str, key: str, column: str, row: Any, token: str) -> int:
    """Only if it still stands there: a newer value is under the first key already."""
    if is_sealed_anew(token):
        return 0
    anew = seal(opened(token, f"{table}.{column}"))
    table, key, column = map(connection.ops.quote_name, (table, key, column))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s", [anew, row, token])
        return int(cursor.rowcount)


def opened(token: str, where: str) -> str:
    """The value, or a refusal that says where one stands that no key opens."""
    try:
        return unseal(token)
    except InvalidToken:
        raise Refused(no_key_opens(where)) from None


def no_key_opens(where: str) -> Problem:
    return Problem(
        "no_key_opens", f"none of the keys opens a value in {where}", "it was encrypted with another one",
        "add that key to the end of WHOLEPERSON_KEYS, and run the same command again", Where(path="WHOLEPERSON_KEYS"),
    )  # fmt: skip
