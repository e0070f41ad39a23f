"""What only tests do: take the database's guards away, as somebody could who owns it, and damage by hand."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection


@cache
def guards() -> list[Any]:
    """Every migration that sets a guard, whosoever's room it is in."""
    found = []
    for room in apps.get_app_configs():
        names = sorted(path.stem for path in Path(room.path, "migrations").glob("0*.py"))
        found += [import_module(f"{room.name}.migrations.{name}") for name in names if room.name.startswith("whole")]
    return [one for one in found if hasattr(one, "unguard")]


class ByHand:
    """Stands where a migration would: its statements run at once."""

    connection = connection

    @staticmethod
    def execute(statement: str) -> None:
        sql(statement)


def unguard() -> None:
    for one in guards():
        one.unguard(None, ByHand)


def guard() -> None:
    for one in guards():
        one.guard(None, ByHand)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
