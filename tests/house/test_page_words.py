"""Every sentence of a page can be said in another language: marked where it stands, translated in each catalogue."""

import re
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, our_files, shown
from wholeperson.site import words

TEMPLATES = [path for path in our_files() if path.suffix == ".html" and path.is_relative_to(PACKAGE)]
# what is the same in every language
NAMES = {"Whole Person", "Rosa Delgado", "Lena Ortiz", "Ines Tran", "Paula Reyes", "Contra Costa", "…"}
CATALOGUES = [(room, language) for room in words.rooms() if words.keys(room) for language in words.LANGUAGES]
BLOCK = re.compile(r"{%\s*(blocktranslate|blocktrans|comment)\b.*?%}.*?{%\s*end\1\s*%}", re.S)
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|&[a-z]+;", re.S)
SAID_BY_ATTRIBUTE = re.compile(r'\s(?:alt|title|aria-label|placeholder|heading|label|question|caption|what)="([^"]*)"')


def unmarked(template: str) -> list[str]:
    """What a template would say in English to everybody."""
    bare = TAG.sub("", BLOCK.sub("", template))
    bare = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", bare, flags=re.S)
    texts = [*SAID_BY_ATTRIBUTE.findall(bare), *re.sub(r"<[^>]*>", "\n", bare).splitlines()]
    return [text.strip(" ·/:") for text in texts if re.search(r"[A-Za-z]{2}", text) and text.strip(" ·/:") not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_a_template_says_nothing_that_is_not_marked(path: Path) -> None:
    """A sentence that is not marked is English to somebody who asks in Spanish on an old phone."""
    found = unmarked(path.read_text("utf-8"))
    assert not found, "\n".join(["Write these with {% translate %} or {% blocktranslate %}:", *found])


def test_what_is_not_marked_is_found() -> None:
    assert unmarked('<p>Hello <b title="you">{{ name }}</b></p>') == ["you", "Hello"]
    assert unmarked('{% translate "Hello" %} <c-alert heading="{% translate "So" %}" /> &nbsp;') == []


@pytest.mark.parametrize(("room", "language"), CATALOGUES, ids=lambda one: getattr(one, "name", one))
def test_a_catalogue_has_what_its_room_says_and_nothing_else(room: Path, language: str) -> None:
    """A key that nobody says any more is work for a translator and helps nobody."""
    kept = {_key(message.id) for message in words.read(words.catalogue(room, language), language) if message.id}
    missing, gone = words.keys(room) - kept, kept - words.keys(room)
    assert not missing | gone, f"Run `make words`. Missing: {sorted(missing, key=str)}; no longer said: {gone}"


@pytest.mark.parametrize(("room", "language"), CATALOGUES, ids=lambda one: getattr(one, "name", one))
def test_every_sentence_is_translated_with_the_same_holes(room: Path, language: str) -> None:
    """A hole that the translation lost is a name that nobody reads; one more breaks the page."""
    wrong = []
    for message in words.read(words.catalogue(room, language), language):
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(said) or any(_holes(one) - _holes(message.id) for one in said)):
            wrong.append(message.id)
    assert not wrong, f"Translate in {shown(words.catalogue(room, language))}: {wrong}"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_same_sentence_is_said_alike_in_every_room(language: str) -> None:
    """Of two translations of one sentence only the first room's is ever read: say another sentence, or the same."""
    said: dict[words.Key, dict[object, list[str]]] = {}
    for room in words.rooms():
        for message in words.read(words.catalogue(room, language), language):
            if message.id:
                said.setdefault(_key(message.id), {}).setdefault(message.string, []).append(room.name)
    assert not {key: rooms for key, rooms in said.items() if len(rooms) > 1}


def _key(said: str | list[str] | tuple[str, ...]) -> words.Key:
    return said if isinstance(said, str) else (said[0], said[1])


def _holes(said: str | list[str] | tuple[str, ...]) -> set[str]:
    return set(re.findall(r"%\([a-z_]+\)[sd]", said if isinstance(said, str) else " ".join(said)))
