"""Finds the row of headings, and which column each stands for: tolerantly, but never by a guess for an identifier."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from wholeperson.formats.files.guard import unguarded
from wholeperson.formats.files.layout import ALWAYS, Column, Layout, squeezed
from wholeperson.formats.files.table import Row, View

LOOK_FOR = 40  # rows among which the headings stand; above them a file may have its title
SHORTEST_TYPO = 8  # letters of a heading in which one may be wrong
COUNTS = re.compile(
    r"\s*(?:(?:grand |sub)?totals?|(?:record |row |member )?counts?|number of \w+|end of (?:file|report))\b", re.I
)
LEAST = 2  # headings that must be known


@dataclass(slots=True)
class Header:
    """The headings of one view as one layout reads them. ``at``: cell → column."""

    layout: Layout
    view: View
    row: int
    cells: list[str]
    at: dict[int, Column] = field(default_factory=dict)
    typos: dict[int, Column] = field(default_factory=dict)  # those of ``at`` that were read with a letter or two wrong
    twice: dict[str, list[str]] = field(default_factory=dict)  # key → the headings that would all stand for it

    @property
    def missing(self) -> list[Column]:
        """Columns of the layout that the file does not have."""
        there = {each.key for each in self.at.values()} | self.twice.keys()
        return [each for each in self.layout.columns if each.key not in there]

    @property
    def ignored(self) -> list[str]:
        """Headings that stand for nothing."""
        known = {squeezed(name) for names in self.twice.values() for name in names}
        return [
            each for at, each in enumerate(self.cells) if each and at not in self.at and squeezed(each) not in known
        ]

    @property
    def needed(self) -> list[int]:
        """Cells in which every row has something."""
        return [at for at, each in self.at.items() if each.required == ALWAYS and each.when is None]

    @property
    def score(self) -> tuple[int, int]:
        """How well the layout fits: headings that are its own, less what would be left over on either side."""
        exact = len(self.at) - len(self.typos) + len(self.twice)
        own = sum(1 for at, each in self.at.items() if squeezed(self.cells[at]) == squeezed(each.head))
        return 3 * exact + 2 * len(self.typos) - len(self.ignored) - len(self.missing), own


class First(NamedTuple):
    """What a view begins with, and its cells squeezed."""

    view: View
    rows: list[Row]
    words: list[list[str]]


class Spellings:
    """Which column every heading of a layout stands for, squeezed once."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.known = {spelling: column for column in layout.columns for spelling in column.spellings}

    def header(self, first: First) -> Header | None:
        """The row among the first that has most of the headings; None where no row has two."""
        counted = [sum(word in self.known for word in words) for words in first.words]
        best = max(counted, default=0)
        if best < LEAST:
            return None
        number, cells = first.rows[counted.index(best)]
        return self._read(first.view, number, cells)

    def _read(self, view: View, number: int, cells: list[str]) -> Header:
        made = Header(self.layout, view, number, [" ".join(unguarded(each).split()) for each in cells])
        while made.cells and not made.cells[-1]:
            made.cells.pop()
        found = {at: self.known[squeezed(each)] for at, each in enumerate(made.cells) if squeezed(each) in self.known}
        times = Counter(each.key for each in found.values())
        for at, column in found.items():
            if times[column.key] == 1:
                made.at[at] = column
            else:
                made.twice.setdefault(column.key, []).append(made.cells[at])
        return made


def read_nearly(header: Header) -> None:
    """A heading with a letter or two wrong stands for the one column it resembles, unless that identifies somebody."""
    taken = {squeezed(each) for some in header.twice.values() for each in some}
    free = [at for at, cell in enumerate(header.cells) if cell and at not in header.at and squeezed(cell) not in taken]
    for at in free:
        like = [each for each in header.missing if _resembles(header.cells[at], each)]
        if len(like) == 1 and not like[0].identifier:
            header.at[at] = header.typos[at] = like[0]


def _resembles(cell: str, column: Column) -> bool:
    word = squeezed(cell)
    return any(near(word, each) for each in column.spellings)


def near(one: str, other: str) -> bool:
    """Whether one or, in long ones, two letters make the difference. Digits never may: line 1 is not line 2."""
    if min(len(one), len(other)) < SHORTEST_TYPO or abs(len(one) - len(other)) > 2:
        return False
    if [each for each in one if each.isdigit()] != [each for each in other if each.isdigit()]:
        return False
    return distance(one, other) <= (2 if min(len(one), len(other)) >= 2 * SHORTEST_TYPO else 1)


def distance(one: str, other: str) -> int:
    """How many letters must be changed, added, taken away or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        older, before, row = before, row, [at]
        for to, against in enumerate(other, 1):
            best = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != against))
            if at > 1 < to and letter == other[to - 2] and one[at - 2] == against:
                best = min(best, older[to - 2] + 1)
            row.append(best)
    return row[-1]


def lookalikes(column: Column, cells: Iterable[str]) -> list[str]:
    """Headings that may be meant for a column and were not taken for it."""
    return [each for each in cells if each and _may_mean(squeezed(each)[:80], column)]


def _may_mean(word: str, column: Column) -> bool:
    return any(
        (len(each) > 2 and each in word) or SequenceMatcher(None, word, each).ratio() > 0.75
        for each in column.spellings
    )
