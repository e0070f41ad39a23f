"""The programs one can ask for, and what the policy asks of whoever asks for one of them, in the reader's language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.translation import get_language

from wholeperson.casework.eligibility.policies import policy_on
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words

SPOKEN = {"es": "es", "zh-hant": "zh-Hant"}  # our languages, as the policy calls them
ECM = "ecm"
LABEL = '{} <span class="usa-checkbox__label-description">{}</span>'
END = re.compile(r"[.。](?=\s|$)|。")
KINDS = ("benefit", "community_support")
BY_ITSELF = ("cs.sobering_center",)  # nobody is referred there ahead of time: one goes there


def policy(on: date | None = None) -> Policy:
    return policy_on(on, language=SPOKEN.get(get_language() or "en"))


def words() -> Words:
    return _words(SPOKEN.get(get_language() or "en", "en"))


@lru_cache(maxsize=4)
def _words(language: str) -> Words:
    return Words(policy_on(None, language=language if language != "en" else None), language)


def askable() -> list[str]:
    """Enhanced Care Management, then the Community Supports in the policy's order."""
    found = [one.id for one in policy().programmes.values() if one.kind in KINDS]
    return sorted(found, key=lambda one: (one != ECM, one))


def name(programme: str) -> str:
    known = policy().programmes.get(programme)
    return words().name(programme, known.name) if known else programme


def choices(without: Iterable[str] = ()) -> list[tuple[str, str]]:
    return [(one, name(one)) for one in askable() if one not in without]


def described(without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Each with the first sentence of what it is: a name alone tells nothing to whoever asks for the first time."""
    told: list[tuple[str, str]] = []
    for one in askable():
        if one not in without:
            whole = words().sentence(f"{one}.describes", policy().programmes[one].data["describes"])
            told.append((one, format_html(LABEL, name(one), first_sentence(whole))))
    return told


def first_sentence(text: str) -> str:
    found = END.search(text)
    return text[: found.end()].strip() if found else text


@dataclass(frozen=True)
class Document:
    """A paper that the policy names for a program. `needed` papers are asked for; none of them stops a request."""

    id: str
    says: str
    needed: bool


def documents(programme: str) -> list[Document]:
    """For ECM none: a plan may ask whoever refers for nothing beyond the State's referral standard."""
    known = policy().programmes.get(programme)
    if programme == ECM or known is None:
        return []
    return [
        Document(one["id"], words().sentence(f"{programme}.{one['id']}", one["says"]), one.get("required") is True)
        for one in known.data.get("documents", ())
        if one["id"] != "referral_form"  # that is this very request
    ]


def follow_ons(programmes: Iterable[str], *, event: str = "asked") -> list[tuple[str, str, str]]:
    """What goes well with what was asked: (the program that leads to it, the program proposed, why)."""
    chosen = list(programmes)
    rows: list[dict[str, Any]] = policy().documents.by_name["follow_ons"]["follow_ons"]
    found = []
    for row in rows:
        proposed = row["then"].get("programme")
        if not proposed or proposed in chosen or row["then"]["as"] == "automatic":
            continue
        if {"without", "enrolled_in"} & set(row["when"]) or not row["when"].get(event):
            continue
        for one in row["when"].get("programmes", ()):
            if one in chosen:
                found.append((one, proposed, words().sentence(f"follow_ons.{row['id']}", row["says"])))
    return found
