"""Checks the sentences of one language: each belongs to something the policy says."""

import re
from typing import Any

from wholeperson.rules.reading.ladder import Ladder, Path
from wholeperson.rules.reading.listed import mapping
from wholeperson.rules.words import LANGUAGES

FINGERPRINT = re.compile(r"^[0-9a-f]{12}$")


def check_words(ladder: Ladder, data: dict[str, Any]) -> None:
    """Sentences under the keys of what they translate, phrases under those of the English ones."""
    if not ladder.keys(data, (), ("language", "words"), ("phrases",)):
        return
    ladder.one_of(data["language"], ("language",), LANGUAGES, "language")
    if data["language"] != ladder.name.rpartition("/")[2]:
        ladder.say(("language",), "name_and_file", f"{data['language']!s:.20} is not the language of this file")
    words = data["words"]
    if ladder.keys(words, ("words",), (), mapping(words)):
        said = ladder.known.sentences
        for key, entry in words.items():
            if ladder.one_of(key, ("words", key), said, "sentence"):
                _entry(ladder, entry, ("words", key))
    _phrases(ladder, data.get("phrases", {}))


def _entry(ladder: Ladder, entry: Any, path: Path) -> None:
    needed = ("text",) if ladder.name == "words/en" else ("text", "of")  # a translation says of what
    if not ladder.keys(entry, path, needed, ("of", "reviewed")):
        return
    ladder.text(entry["text"], (*path, "text"))
    if "of" in entry and not (isinstance(entry["of"], str) and FINGERPRINT.match(entry["of"])):
        ladder.say((*path, "of"), "not_a_text", "the first 12 digits of a SHA-256 are expected here")
    if entry.get("reviewed") is not None:
        path = (*path, "reviewed")
        if ladder.keys(entry["reviewed"], path, ("by", "on"), ()):
            ladder.text(entry["reviewed"]["by"], (*path, "by"))
            ladder.day(entry["reviewed"]["on"], (*path, "on"))


def _phrases(ladder: Ladder, phrases: Any) -> None:
    english = mapping(mapping(ladder.known.documents.by_name.get("words/en")).get("phrases"))
    if ladder.keys(phrases, ("phrases",), (), mapping(phrases)):
        for key, text in phrases.items():
            if ladder.name == "words/en" or ladder.one_of(key, ("phrases", key), english, "sentence"):
                ladder.text(text, ("phrases", key))
