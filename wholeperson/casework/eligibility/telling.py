"""A kept telling in finished words: why a programme may fit, what is open, and the tree, in the reader's language.

The sentences were kept in English with the answer. Another language has the same sentence under what it translates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from wholeperson.casework.members.facts import words
from wholeperson.rules.words import digest

MOST_REASONS = 4
MARKS = {"yes": "✓", "no": "✗", "not_known": "?"}


@cache
def _own(language: str) -> dict[str, str]:
    """English, or the digest of it → what the language says."""
    spoken = words(language)
    phrases = {spoken.english[key]: text for key, text in spoken.phrases.items() if key in spoken.english}
    return phrases | {entry["of"]: entry["text"] for entry in spoken.own.values() if entry.get("of")}


def in_words(english: str, language: str) -> str:
    own = _own(language)
    return own.get(english) or own.get(digest(english)) or english


@dataclass(frozen=True)
class Line:
    """One criterion of the tree."""

    mark: str
    answer: str
    says: str
    notes: list[str]
    cites: str
    lines: "list[Line]"


def line(node: dict[str, Any], language: str) -> Line:
    """The node with all below it."""
    cites = "; ".join(f"{one['source']} {one['where']}".strip() for one in node.get("cites", ()))
    below = [line(each, language) for each in node.get("children", ())]
    said = in_words(node["says"], language)
    return Line(MARKS[node["answer"]], node["answer"], said, list(_notes(node, language)), cites, below)


def _notes(node: dict[str, Any], language: str) -> Iterator[str]:
    spoken = words(language)
    kinds = dict.fromkeys(one["kind"] for one in node.get("sources", ()) if one.get("kind"))
    if kinds:
        yield _("Told by %(who)s") % {"who": ", ".join(spoken.phrase(kind) for kind in kinds)}
    if node.get("review"):
        yield spoken.phrase(node["review"])


def reasons(tree: dict[str, Any], language: str) -> list[str]:
    """What made the answer: the criteria that hold, those that do not, or those nobody knows of."""
    found = (in_words(each["says"], language) for each in _deciding(tree, tree["answer"]))
    return list(dict.fromkeys(found))[:MOST_REASONS]


def _deciding(node: dict[str, Any], answer: str) -> Iterator[dict[str, Any]]:
    """The lowest criteria that carry the answer upwards. What kept nobody out is no reason for a yes."""
    if node["answer"] != answer:
        return
    children = node.get("children", ())
    if node["op"] == "none_of":
        turned = {"no": "yes", "yes": None}.get(answer, answer)
        if turned:
            for child in children:
                yield from _deciding(child, turned)
    elif any(child["answer"] == answer for child in children):
        for child in children:
            yield from _deciding(child, answer)
    else:
        yield node
