"""Pieces of the shelf for tests, made through the same actions as an editor's work."""

from datetime import date
from typing import Any

from tests.people import NOW
from wholeperson.access.models import Person
from wholeperson.handbook.shelf import actions
from wholeperson.handbook.shelf.actions import About, Content, Said
from wholeperson.handbook.shelf.models import Attachment, Piece
from wholeperson.record import documents

WORDS = {"en": ("Tell us how it ended", "Every referral gets an end.", "## What changes\n\nSay **how** it ended.")}


def content(wordings: dict[str, tuple[str, str, str]] | None = None, **about: Any) -> Content:
    """`wordings` by language: title, summary, text."""
    said = {language: Said(title, body, summary) for language, (title, summary, body) in (wordings or WORDS).items()}
    return Content(About(**{"dated": date(2026, 6, 6), **about}), said)


def draft(kind: str, key: str, *, by: Person, **said: Any) -> Piece:
    return actions.begin(kind=kind, key=key, content=content(**said), by=by, at=NOW)


def file_of(piece: Piece, *, by: Person, content: bytes = b"%PDF-1.7\n", title: str = "The slides") -> Attachment:
    received = documents.Received("slides.pdf", content)
    return actions.attach(piece, received, title=title, language="en", by=by, at=NOW)


def published(kind: str, key: str, *, by: Person, second: Person, **said: Any) -> Piece:
    """Written by one, let through by another."""
    made = draft(kind, key, by=by, **said)
    actions.take(made, "ask", by=by, at=NOW)
    actions.take(made, "approve", by=second, at=NOW)
    actions.take(made, "publish", by=by, at=NOW)
    return made
