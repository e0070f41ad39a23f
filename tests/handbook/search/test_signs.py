"""Words as they are kept and as they are asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wholeperson.handbook.search import signs


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Medically Tailored Meals", ["medically", "tailored", "meal"]),
        ("Homelessness", ["homelessness"]),
        ("Renta de Transición", ["renta", "de", "transicion"]),
        ("25-521", ["25", "521", "xq25521"]),
        ("H0043 U6", ["h0043", "u6"]),
        ("休養照護", ["u4f11", "u990a", "u7167", "u8b77", "u4f11u990a", "u990au7167", "u7167u8b77"]),
        ('" NEAR( * : ^ OR', ["near", "or"]),
        ("a" * 41, []),
    ],
)
def test_a_text_is_its_words(text: str, tokens: list[str]) -> None:
    assert signs.words(text) == tokens


def test_of_chinese_the_pairs_are_asked_for() -> None:
    assert signs.asked("休養") == ["u4f11u990a"]
    assert signs.asked("食") == ["u98df"]


@pytest.mark.parametrize(
    ("typed", "token"),
    [("25-521", "xq25521"), ("25 521", "xq25521"), ("ECM", "xqecm"), ("Medical  Respite", "xqmedicalrespite")],
)
def test_a_number_or_name_is_one_token(typed: str, token: str) -> None:
    assert signs.whole(typed) == token


@given(st.text(max_size=80))
def test_nothing_typed_is_anything_but_letters_and_digits(text: str) -> None:
    """What goes into the language of a full text must not speak it."""
    tokens = [*signs.words(text), *signs.asked(text), signs.whole(text)]
    assert all(token.isascii() and token.isalnum() and token == token.lower() for token in tokens)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("housing", "housing", True), ("housng", "housing", True), ("houssing", "housing", True),
        ("hausing", "housing", True), ("huosing", "housing", True), ("housign", "housing", True),
        ("husng", "housing", False), ("hosuign", "housing", False), ("meal", "deal", True), ("", "a", True),
    ],
)  # fmt: skip
def test_one_edit(one: str, other: str, apart: bool) -> None:
    assert signs.one_edit_apart(one, other) is apart
    assert signs.one_edit_apart(other, one) is apart


LETTERS = st.text("abcdefgh", min_size=5, max_size=9)


@given(LETTERS, st.integers(0, 8), st.sampled_from(["more", "less", "other", "swap"]), st.sampled_from("xyz"))
def test_one_edit_away_is_found_by_a_missing_letter(word: str, place: int, edit: str, letter: str) -> None:
    """Two words that are one edit apart share one of their shortened forms."""
    at = place % (len(word) - 1)
    typed = {
        "more": word[:at] + letter + word[at:],
        "less": word[:at] + word[at + 1 :],
        "other": word[:at] + letter + word[at + 1 :],
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[edit]
    assert signs.one_edit_apart(typed, word)
    assert signs.missing_one(typed) & signs.missing_one(word)
