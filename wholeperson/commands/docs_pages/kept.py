"""The page of what the web site keeps: every table and field, with what the field tells about somebody."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models

from wholeperson.commands.docs_pages import markdown
from wholeperson.commands.docs_pages.markdown import code
from wholeperson.record.privacy import Privacy

INTRO = (
    "Each field carries one of four words: **open** tells nothing about a person, **identifies** says who somebody is, "
    "**sensitive** is health, custody, safety or a secret, and **part2** tells that somebody was treated for substance "
    "use. A test finds the field that nobody judged. Who sees what is in [privacy.md](privacy.md)."
)


HEADS = ("field", "what it holds", "tells")
Table = tuple[type[models.Model], Privacy]


def kept_page() -> str:
    """The page."""
    rooms = groupby(ours(), key=lambda table: table[0]._meta.app_label)
    return markdown.page("What is kept", INTRO, *(_room(room, tables) for room, tables in rooms))


def ours() -> list[Table]:
    """Our own tables, by room and name, each with the words of its fields."""
    known = (model for model in apps.get_models() if model.__module__.startswith("wholeperson."))
    found = [(model, said) for model in known if isinstance(said := getattr(model, "privacy", None), Privacy)]
    return sorted(found, key=lambda table: table[0]._meta.label)


def _room(room: str, tables: Iterable[Table]) -> str:
    return markdown.section(room, *(part for table in tables for part in _table(*table)))


def _table(model: type[models.Model], privacy: Privacy) -> tuple[str, str, str]:
    return f"### {model.__name__}", _says(model), markdown.table(HEADS, _rows(model, privacy))


def _says(model: type[models.Model]) -> str:
    """How the code says what it is; of a table without words Django writes its fields there."""
    said = " ".join((model.__doc__ or "").split())
    return "" if said.startswith(f"{model.__name__}(") else said


def _rows(model: type[models.Model], privacy: Privacy) -> Iterator[tuple[str, str, str]]:
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        yield code(field.name), _holds(field), privacy.of(field.name) or ""


def _holds(field: Any) -> str:
    if field.related_model:
        return f"one of {code(field.related_model.__name__)}"
    return str(field.get_internal_type()).removesuffix("Field").lower()
