"""What only tests do: take the database's guards away, as somebody could who owns it, and damage by hand."""

from importlib import import_module
from typing import Any

from django.db import connection

GUARDS: list[Any] = [
    import_module(f"wholeperson.{name}")
    for name in (
        "record.migrations.0003_written_once",
        "record.migrations.0006_documents_written_once",
        "casework.eligibility.migrations.0002_determinations",
    )
]


class ByHand:
    """Stands where a migration would: its statements run at once."""

    connection = connection

    @staticmethod
    def execute(statement: str) -> None:
        sql(statement)


def unguard() -> None:
    for guards in GUARDS:
        guards.unguard(None, ByHand)


def guard() -> None:
    for guards in GUARDS:
        guards.guard(None, ByHand)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
