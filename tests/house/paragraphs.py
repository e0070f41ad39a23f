"""Takes a source apart: the page of a plan into lines, the fact sheet of Enhanced Care Management into paragraphs."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from wholeperson.rules.language import MARKS

BEGINS, ENDS = ("## 0.1 ", "# 1. "), ("# 5. ",)
MARK = re.compile(r"\[(?:source-verified|memory|uncertain)\b[^\]]*\]|\(inference\b[^)]*\)")


class Paragraph(NamedTuple):
    """A piece of the sheet: a bullet, a table row, a fence, or a line of plain text."""

    section: str
    line: int
    last: int
    text: str
    marks: tuple[str, ...]


def lines(text: str) -> Iterator[Paragraph]:
    """The lines of the page that say something."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield Paragraph("", number, number, line.strip(), ())


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The sheet's sections 0.1 and 1 to 4. Headings, rules and the dashes below a table's head are no paragraphs."""
    section, inherited, inside = "", (), False
    fence: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if fence or line.startswith("```"):
            fence.append((number, line))
            if len(fence) > 1 and line.startswith("```"):
                if inside:
                    yield _fence(section, fence, inherited)
                fence = []
        elif line.startswith("#"):
            inside = line.startswith(BEGINS) or (inside and not line.startswith(ENDS) and section != "0.1")
            section, inherited = _number(line), marks_in(line)
        elif inside and line.strip() and not re.fullmatch(r"[-| ]+", line):
            yield Paragraph(section, number, number, line.strip(), marks_in(line) or inherited)


def _fence(section: str, fenced: list[tuple[int, str]], inherited: tuple[str, ...]) -> Paragraph:
    """A mark inside a fence speaks of its own line alone, so the heading's still holds for the others."""
    text = "\n".join(line for _, line in fenced).strip()
    marks = tuple(mark for mark in MARKS if mark in {*marks_in(text), *inherited})
    return Paragraph(section, fenced[0][0], fenced[-1][0], text, marks)


def _number(heading: str) -> str:
    found = re.match(r"#+ (\d+(?:\.\d+)?)", heading)
    return found[1] if found else ""


def marks_in(text: str) -> tuple[str, ...]:
    """The truth marks of a text, strongest first."""
    printed = " ".join(MARK.findall(text))
    return tuple(mark for mark in MARKS if mark in printed)
