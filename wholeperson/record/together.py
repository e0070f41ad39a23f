"""Rows of one table told to the database by one statement: a model's own way takes longer than the database does.

PostgreSQL is told each column as one array, and once what is the same in every row. COPY would be told no policy of
rows, and is refused where there is one.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from django.db import connection, models

from wholeperson.record.sealed import SealedText

Row = Mapping[str, Any]  # one row: a value for each column, by the name of the model's attribute
Field = models.Field[Any, Any]
AT_ONCE = 5_000  # rows of a statement


def insert(kind: type[models.Model], rows: Sequence[Row]) -> None:
    """Keep new rows of one model. Nothing is filled in: what has a default is told with it."""
    tell = _as_columns if connection.vendor == "postgresql" else _as_rows
    for at in range(0, len(rows), AT_ONCE):
        tell(kind, rows[at : at + AT_ONCE])


def _as_rows(kind: type[models.Model], rows: Sequence[Row]) -> None:
    fields = kind._meta.concrete_fields
    values = [[field.get_db_prep_save(row[field.attname], connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"{_into(kind)} VALUES ({', '.join(['%s'] * len(fields))})", values)


def _as_columns(kind: type[models.Model], rows: Sequence[Row]) -> None:
    """INSERT … SELECT "id", 'the same in all', … FROM unnest('{…}'::uuid[], …) AS told ("id", …)."""
    same: dict[str, str | None] = {}
    arrays: dict[str, str] = {}
    casts = {str(field.column): _type_of(field) for field in kind._meta.concrete_fields}
    for name, field in zip(casts, kind._meta.concrete_fields, strict=True):
        values = [row[field.attname] for row in rows]
        if _is_same(field, values):
            (same[name],) = _told(field, values[:1])
        else:
            arrays[name] = _array(_told(field, values))
    shown = ", ".join(f"%s::{cast}" if name in same else f'"{name}"' for name, cast in casts.items())
    told = ", ".join(f"%s::{casts[name]}[]" for name in arrays)
    named = ", ".join(f'"{name}"' for name in arrays)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_into(kind)} SELECT {shown} FROM unnest({told}) AS told ({named})", [*same.values(), *arrays.values()]
        )


def _is_same(field: Field, values: Sequence[Any]) -> bool:
    """Whether every row says this. Of JSON the words are compared: to Python 1 and true are the same."""
    if field.primary_key or isinstance(field, SealedText):
        return False
    said = _told(field, values) if isinstance(field, models.JSONField) else values
    return all(value == said[0] for value in said)


def _into(kind: type[models.Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in kind._meta.concrete_fields)
    return f'INSERT INTO "{kind._meta.db_table}" ({columns})'


def _told(field: Field, values: Sequence[Any]) -> list[str | None]:
    words = _words_of(field)
    return [None if value is None else words(value) for value in values]


def _words_of(field: Field) -> Callable[[Any], str]:
    """How a value of it is written in words that the database reads."""
    if isinstance(field, SealedText):
        return field.get_prep_value
    if _type_of(field) == "uuid":
        return attrgetter("hex")
    return partial(json.dumps, cls=field.encoder) if isinstance(field, models.JSONField) else str


def _type_of(field: Field) -> str:
    """Without a length: a cast would cut off what is too long, and the table refuses it."""
    return str(field.db_type(connection)).partition("(")[0]


def _array(column: Sequence[str | None]) -> str:
    said = ("NULL" if each is None else '"' + each.replace("\\", "\\\\").replace('"', '\\"') + '"' for each in column)
    return "{" + ",".join(said) + "}"
