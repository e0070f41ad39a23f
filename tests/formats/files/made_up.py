"""Draws records that a layout can hold, for the properties: every type, every word, blanks, and text of any letters."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from wholeperson.formats.files.layout import Column, Layout
from wholeperson.formats.files.numbers import check_digit
from wholeperson.formats.files.values import visible

DIGITS = "0123456789"
FREE = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=count, max_size=count)


def is_itself(text: str) -> bool:
    """Whether it is text as a record holds it: one line, no spaces around it, and no error of a spreadsheet."""
    return bool(text) and visible(text) == text and not text.startswith("#")


BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "text": FREE.map(str.strip).filter(is_itself),
    "code": FREE.map(str.strip).filter(is_itself),
    "cin": st.tuples(digits(8), st.sampled_from("ABCDEFGH")).map("".join),
    "npi": digits(8).map(lambda each: f"1{each}{check_digit('1' + each)}"),
    "tin": digits(7).map("94".__add__),
    "phone": digits(7).map("925".__add__) | digits(7).map(lambda each: f"510{each}x12"),
    "zip": digits(5) | st.tuples(digits(5), digits(4)).map("-".join),
    "hcpcs": digits(4).map("G".__add__),
    "state": st.sampled_from(["CA", "NV"]),
    "email": digits(3).map("a{}@people.example".format),
    "count": st.integers(0, 1_000_000),
    "date": st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    "month": st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(lambda each: f"{each.year:04}-{each.month:02}"),
}


def value(column: Column) -> st.SearchStrategy[Any]:
    drawn = st.sampled_from(list(column.values)) if column.values else BY_TYPE[column.type]
    if column.width:
        drawn = drawn.filter(lambda each: len(str(each)) <= column.width)
    return drawn


@st.composite
def record(draw: st.DrawFn, layout: Layout) -> dict[str, Any]:
    """What every row has, and some of the other columns; the rest are blank."""
    always = [each for each in layout.columns if each.required == "always" and each.when is None]
    some = draw(st.lists(st.sampled_from(layout.columns), max_size=5, unique_by=lambda each: each.key))
    return {column.key: None for column in layout.columns} | {each.key: draw(value(each)) for each in (*some, *always)}


def records(layout: Layout) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Some records, each about somebody else."""
    return st.lists(record(layout), min_size=1, max_size=2, unique_by=lambda each: each["cin"])
