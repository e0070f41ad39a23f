"""Fills the demo's shelf with invented bulletins, through the same actions as an editor's work."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.handbook.shelf import actions
from wholeperson.handbook.shelf.actions import About, Content, Said
from wholeperson.handbook.shelf.models import Piece
from wholeperson.handbook.shelf.words import LANGUAGES
from wholeperson.record import documents

INVENTED = Path(__file__).with_name("shelf.yaml")
PLANS = ("contra_costa_health_plan",)


def fill(*, writer: Person, second: Person, at: datetime) -> None:
    """One writes, another lets it through."""
    for person in (writer, second):
        stand(person, on=at.date(), at=at)
    invented: dict[str, list[dict[str, Any]]] = yaml.safe_load(INVENTED.read_text("utf-8"))
    for part, kind in (("bulletins", "bulletin"), ("in_review", "bulletin"), ("added", "learning")):
        for row in invented[part]:
            piece = actions.begin(kind=kind, key=row["key"], content=_content(row), by=writer, at=at)
            if "file" in row:
                _attach(piece, row["file"], writer, at)
            actions.take(piece, "ask", by=writer, at=at)
            if part == "in_review":
                continue
            due = at.date() + timedelta(days=row["review_in_days"]) if "review_in_days" in row else None
            actions.take(piece, "approve", by=second, at=at)
            actions.take(piece, "publish", by=writer, at=at, review_by=due)


def _attach(piece: Piece, row: dict[str, str], writer: Person, at: datetime) -> None:
    received = documents.Received(row["name"], row["text"].encode())
    actions.attach(piece, received, title=row["title"], language="en", by=writer, at=at)


def _content(row: dict[str, Any]) -> Content:
    about = About(
        dated=row["dated"], provider_types=tuple(row["provider_types"]), plans=PLANS,
        programmes=tuple(row["programmes"]),
    )  # fmt: skip
    return Content(about, {language: Said(**row[language]) for language in LANGUAGES if language in row})
