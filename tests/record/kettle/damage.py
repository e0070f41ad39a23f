"""What only tests do: take the database's guards away, as somebody could who owns it, and damage by hand."""

from importlib import import_module
from typing import Any

from django.db import connection

guards: Any = import_module("wholeperson.record.migrations.0003_written_once")


class ByHand:
    """Stands where a migration would: its statements run at once."""

    connection = connection

    @staticmethod
    def execute(statement: str) -> None:
        sql(statement)


def unguard() -> None:
    guards.unguard(None, ByHand)


def guard() -> None:
    guards.guard(None, ByHand)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
