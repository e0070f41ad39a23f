"""Takes a source apart: the page of a plan into lines, a fact sheet into paragraphs."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from wholeperson.rules.language import MARKS


class Paragraph(NamedTuple):
    """A piece of a source: a bullet, a table row, a fence, or a line of plain text."""

    section: str
    line: int
    last: int
    text: str
    marks: tuple[str, ...]


class Sheet(NamedTuple):
    """How a fact sheet is printed.

    ``wanted``: which of its sections are accounted for. ``words``: its marks, and what we call them. ``doubtful``: the
    section that is a register of open questions, so that each of its rows is uncertain though none says so.
    """

    heading: re.Pattern[str]
    wanted: Callable[[str], bool]
    mark: re.Pattern[str]
    words: dict[str, str]
    doubtful: str = ""


LONG: Final = {mark: mark for mark in MARKS}
SHORT: Final = {"V": "source-verified", "M": "memory", "U": "uncertain", "I": "inference", "design": "design"}
NUMBERED = re.compile(r"^#+ (?:(\d+(?:\.\d+)?)\b)?")
BRACKETS = re.compile(r"\[(?:[VMUI]\b|design\b)[^\]]*\]")
LETTERED = re.compile(r"^(?:={9,}|([A-H]\d+[a-z]?)\. |[A-H]\. )")

SHEETS: Final[dict[str, Sheet]] = {
    "ecm_sheet": Sheet(
        NUMBERED,
        lambda number: number == "0.1" or number.partition(".")[0] in set("1234"),
        re.compile(r"\[(?:source-verified|memory|uncertain)\b[^\]]*\]|\(inference\b[^)]*\)"),
        LONG,
    ),
    "community_supports_sheet": Sheet(
        NUMBERED,
        lambda number: number == "0.3" or number.partition(".")[0] in {*"123456789", "11", "12", "13"},
        BRACKETS,
        SHORT,
        doubtful="12",
    ),
    "workflow_sheet": Sheet(
        LETTERED,
        set("A3 A8 A9 A13 A14 A15 A16 B7 B8 B13".split()).__contains__,
        re.compile(r"\[(?:list: )?(?:source-verified|memory|uncertain)\b[^\]]*\]|\bRULE\b"),
        {**LONG, "RULE": "design"},
    ),
    "data_exchange_sheet": Sheet(NUMBERED, {"4.1", "4.3", "4.4"}.__contains__, BRACKETS, SHORT),
}


def lines(text: str) -> Iterator[Paragraph]:
    """The lines of a page that say something."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield Paragraph("", number, number, line.strip(), ())


def paragraphs(text: str, sheet: Sheet) -> Iterator[Paragraph]:
    """The wanted sections of a sheet. Headings, rules and the dashes below a table's head are no paragraphs."""
    section, inherited, inside = "", (), False
    fence: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if fence or line.startswith("```"):
            fence.append((number, line))
            if len(fence) > 1 and line.startswith("```"):
                if inside:
                    yield _fence(section, fence, inherited, sheet)
                fence = []
        elif heading := sheet.heading.match(line):
            section = heading[1] or ""
            inherited = ("uncertain",) if section and section == sheet.doubtful else marks_in(line, sheet)
            inside = sheet.wanted(section)
        elif inside and line.strip() and not re.fullmatch(r"[-| ]+", line):
            yield Paragraph(section, number, number, line.strip(), marks_in(line, sheet) or inherited)


def _fence(section: str, fenced: list[tuple[int, str]], inherited: tuple[str, ...], sheet: Sheet) -> Paragraph:
    """A mark inside a fence speaks of its own line alone, so the heading's still holds for the others."""
    text = "\n".join(line for _, line in fenced).strip()
    marks = tuple(mark for mark in MARKS if mark in {*marks_in(text, sheet), *inherited})
    return Paragraph(section, fenced[0][0], fenced[-1][0], text, marks)


def marks_in(text: str, sheet: Sheet) -> tuple[str, ...]:
    """The truth marks of a text as we write them, strongest first."""
    printed = " ".join(sheet.mark.findall(text))
    found = {ours for word, ours in sheet.words.items() if re.search(rf"\b{re.escape(word)}\b", printed)}
    return tuple(mark for mark in MARKS if mark in found)
