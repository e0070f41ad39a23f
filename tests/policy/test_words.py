"""Every sentence the policy says to people stands in Spanish and in Traditional Chinese, made from today's English.

A sentence that changed in English and not in the other languages would tell two people two different rules.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

POLICY = Path(__file__).resolve().parents[2] / "wholeperson" / "policy"
FOLDERS = ("populations_of_focus", "community_supports", "justice_involved", "shared")
LANGUAGES = ("es", "zh-Hant")
SNAKE_CASE = re.compile(r"[A-Za-z0-9]_[A-Za-z0-9]")

# What is the same word in Spanish.
SAME_IN_SPANISH = {"no", "plan"}
# Everyday characters as simplified writing has them; in traditional writing each looks different.
SIMPLIFIED = set(
    "业东个书们伤儿关养写务区医压发处头实对岁应护时独狱现疗监脑药觉证话该语说读车过这门问间际险难题风飞马鱼鸟"
)


def read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def said_in(document: str, node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """(key, sentence) of each node that speaks; one without an id is named after the place where it stands."""
    if isinstance(node, dict):
        if "says" in node:
            yield f"{document}.{node.get('id', place)}", node["says"]
        for key, value in node.items():
            yield from said_in(document, value, key)
    elif isinstance(node, list):
        for value in node:
            yield from said_in(document, value, place)


def told() -> Iterator[tuple[str, str]]:
    """Questions, names, descriptions and sentences, each under its key."""
    for name, fact in read(POLICY / "facts.yaml")["facts"].items():
        yield f"fact.{name}", fact["ask"]
    paths = [path for folder in FOLDERS for path in sorted((POLICY / folder).glob("*.yaml"))]
    beside = [POLICY / f"{name}.yaml" for name in ("overlaps", "clocks", "holidays", "screener")]
    for document in map(read, [*paths, *beside]):
        for key in ("name", "describes"):
            if key in document:
                yield f"{document['id']}.{key}", document[key]
        yield from said_in(document["id"], document)


ENGLISH = dict(told())
WORDS = {language: read(POLICY / "words" / f"{language}.yaml") for language in ("en", *LANGUAGES)}


def texts(language: str) -> dict[str, str]:
    words = {key: entry["text"] for key, entry in WORDS[language]["words"].items()}
    return words | {f"phrases.{key}": text for key, text in WORDS[language]["phrases"].items()}


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def test_no_two_sentences_share_a_key() -> None:
    keys = [key for key, _ in told()]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_file_speaks_its_language(language: str) -> None:
    assert WORDS[language]["language"] == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    missing = ENGLISH.keys() - WORDS[language]["words"].keys()
    assert not missing, f"words/{language}.yaml says nothing for {sorted(missing)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_translated_that_is_not_said(language: str) -> None:
    left_over = WORDS[language]["words"].keys() - ENGLISH.keys()
    assert not left_over, f"take these out of words/{language}.yaml, or correct their keys: {sorted(left_over)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_was_made_from_todays_english(language: str) -> None:
    stale = {
        key: fingerprint(ENGLISH[key])
        for key, entry in WORDS[language]["words"].items()
        if key in ENGLISH and entry["of"] != fingerprint(ENGLISH[key])
    }
    assert not stale, f"the English of these changed; look at the text, then write the new `of`: {stale}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_entry_says_whether_anybody_reviewed_it(language: str) -> None:
    for key, entry in WORDS[language]["words"].items():
        assert set(entry) == {"text", "of", "reviewed"}, key
        assert entry["text"].strip() == entry["text"] != "", key
        assert entry["reviewed"] == "null" or set(entry["reviewed"]) == {"by", "on"}, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_phrases_are_those_of_the_english(language: str) -> None:
    assert WORDS[language]["phrases"].keys() == WORDS["en"]["phrases"].keys()


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_no_name_of_the_code_is_shown_to_people(language: str) -> None:
    shown = texts(language) if language != "en" else ENGLISH | texts("en")
    assert not {key: text for key, text in shown.items() if SNAKE_CASE.search(text)}


def test_spanish_is_not_english() -> None:
    english = ENGLISH | texts("en")
    same = {key: text for key, text in texts("es").items() if text == english.get(key)}
    assert set(same.values()) <= SAME_IN_SPANISH, same


def test_chinese_is_chinese_and_traditional() -> None:
    for key, text in texts("zh-Hant").items():
        assert re.search(r"[\u4e00-\u9fff]", text), key
        assert not SIMPLIFIED & set(text), (key, SIMPLIFIED & set(text))


def test_a_question_is_asked_as_one() -> None:
    for key in (key for key in ENGLISH if key.startswith("fact.")):
        assert "?" in ENGLISH[key], key
        assert {"¿", "?"} <= set(texts("es")[key]), key
        assert "？" in texts("zh-Hant")[key], key


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_sentence_follows_the_person(language: str) -> None:
    """A criterion says what holds of the person: no capital at its head and no full stop at its end."""
    criteria = {key for key, text in ENGLISH.items() if text[0].islower()}
    said = ENGLISH if language == "en" else texts(language)
    for key in criteria:
        assert said[key][0].islower(), key
        assert not said[key].endswith("."), key
