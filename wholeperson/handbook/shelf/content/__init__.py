"""What the shelf says before any editor has written: our own sentences, dated and cited, in three languages.

They are read as data and not loaded into the database: they change with a release, like the policy they follow, and
nobody of this installation has reviewed them. What an editor publishes on the same topic stands beside them.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

HERE = Path(__file__).parent
PARTS = ("who", "apply", "rides", "pharmacy")


@dataclass(frozen=True)
class Topic:
    """One session of the learning series in one language. The parts are blocks; see `shelf.blocks`."""

    id: str
    number: int
    title: str
    summary: str
    who: str
    apply: str
    rides: str
    pharmacy: str
    programmes: tuple[str, ...]
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question with its answer in one language."""

    id: str
    group: str
    question: str
    answer: str
    cites: tuple[str, ...]


@lru_cache(maxsize=8)
def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    return found


def written() -> date:
    """The day the sentences were written from their sources."""
    day: date = _read("learning")["written"]
    return day


def topics(language: str | None = None) -> tuple[Topic, ...]:
    """The nine sessions, in the order of the series."""
    return _topics(_known(language))


@lru_cache(maxsize=8)
def _topics(language: str) -> tuple[Topic, ...]:
    document = _read("learning")
    return tuple(
        Topic(
            id=row["id"],
            number=number,
            title=row[language]["title"],
            summary=row[language]["summary"],
            **{part: row[language].get(part) or document["everywhere"][language][part] for part in PARTS},
            programmes=tuple(row["programmes"]),
            cites=tuple(row["cites"]),
        )
        for number, row in enumerate(document["topics"], start=1)
    )


def topic(id: str, language: str | None = None) -> Topic | None:
    return next((one for one in topics(language) if one.id == id), None)


def questions(language: str | None = None) -> tuple[Question, ...]:
    return _questions(_known(language))


@lru_cache(maxsize=8)
def _questions(language: str) -> tuple[Question, ...]:
    return tuple(
        Question(row["id"], group["id"], row[language]["q"], row[language]["a"], tuple(row["cites"]))
        for group in _read("questions")["groups"]
        for row in group["questions"]
    )


def groups(language: str | None = None) -> list[tuple[str, str]]:
    """(id, name) of the groups of questions."""
    return [(group["id"], group[_known(language)]) for group in _read("questions")["groups"]]


def contact_says(english: str, language: str | None = None) -> str:
    """What a contact is for, as the policy says it, in the reader's language where we have it."""
    found: str = _read("contacts")["says"].get(english, {}).get(_known(language), english)
    return found


def _known(language: str | None) -> str:
    asked = language or get_language() or "en"
    return asked if asked in ("en", "es", "zh-hant") else "en"
