"""One sheet of a workbook as rows of text, read as it streams by."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import NamedTuple

from wholeperson.formats.files.days import EPOCH, SERIALS
from wholeperson.formats.files.table import WIDEST, Remarks, Row, Unreadable
from wholeperson.formats.files.xml_parts import DEEPEST, LONGEST_CELL, STRANGE, TOO_MUCH, Reading, plain

PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
DAYS_TO_1904 = 1462
LAST_ROW = 1_048_576


class Look(NamedTuple):
    """What the workbook says of numbers: which looks make days of them, and whether days count from 1904."""

    dated: frozenset[int]
    since_1904: bool


def rows(pieces: Iterable[bytes], words: list[str], look: Look, remarks: Remarks) -> Iterator[Row]:
    """The rows that have cells, with their numbers; a cell that is not there is an empty text."""
    sheet = _Sheet(words, look, remarks)
    for piece in pieces:
        sheet.reading.feed(piece)
        if sheet.done:
            yield from sheet.done
            sheet.done.clear()
    sheet.reading.feed(b"", last=True)
    yield from sheet.done


class _Sheet:
    """Gathers the cells of one row at a time."""

    def __init__(self, words: list[str], look: Look, remarks: Remarks) -> None:
        self.words, self.look, self.remarks = words, look, remarks
        self.reading = Reading()
        self.parser = self.reading.parser
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        self.done: list[Row] = []
        self.at, self.depth, self.letters = 0, 0, 0
        self.cells: list[str] = []
        self.part: list[str] = []
        self.cell: dict[str, str] = {}
        self.columns: dict[str, int] = {}
        self.spoken = False

    def start(self, name: str, of: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(*STRANGE)
        if ":" in name:
            name = plain(name)
        if name == "c":
            self.cell = of
        elif name in ("v", "t"):
            self.letters = 0
            self.parser.CharacterDataHandler = None if self.spoken else self.take
        elif name == "row":
            told = of.get("r", "")
            self.at = int(told) if told.isdigit() and self.at < int(told[:9]) <= LAST_ROW else self.at + 1
        elif name == "f":
            self.remarks.formulas += 1
        elif name == "rPh":  # how a word is pronounced
            self.spoken = True

    def take(self, text: str) -> None:
        """Letters of a cell."""
        self.letters += len(text)
        if self.letters > LONGEST_CELL:
            raise Unreadable(*TOO_MUCH, row=self.at)
        self.part.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1
        self.parser.CharacterDataHandler = None
        if ":" in name:
            name = plain(name)
        if name == "c":
            self.place()
        elif name == "row":
            self.done.append((self.at, self.cells))
            self.cells = []
        elif name == "rPh":
            self.spoken = False

    def place(self) -> None:
        """Put the cell where it belongs."""
        text = self.text("".join(self.part)) if self.part else ""
        self.part.clear()
        at = self.column(self.cell.get("r"))
        if not text or at >= WIDEST:
            return
        missing = at - len(self.cells)
        if missing >= 0:
            self.cells += [""] * missing
            self.cells.append(text)
        else:
            self.cells[at] = text

    def column(self, place: str | None) -> int:
        """Which cell of the row it is; one that does not say is the next."""
        found = PLACE.fullmatch(place) if place else None
        if not found:
            return len(self.cells)
        letters = found[1]
        if letters not in self.columns:
            number = 0
            for each in letters:
                number = number * 26 + ord(each) - 64
            self.columns[letters] = number - 1
        return self.columns[letters]

    def text(self, raw: str) -> str:
        """What the cell shows, as text: words as they are, numbers without what the spreadsheet adds, days as ISO."""
        kind = self.cell.get("t", "n")
        if kind == "s":
            at = int(raw) if raw.isdigit() and len(raw) < 10 else -1
            if not 0 <= at < len(self.words):
                raise Unreadable(
                    "the workbook is damaged or cut off", "send it again: it did not arrive whole", row=self.at
                )
            return self.words[at]
        if kind == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        return number(raw, self.is_day(), self.look.since_1904) if kind == "n" else raw

    def is_day(self) -> bool:
        """Whether the cell's look makes a day of its number."""
        style = self.cell.get("s", "")
        return style.isdigit() and len(style) < 9 and int(style) in self.look.dated


def number(raw: str, is_day: bool, since_1904: bool) -> str:
    """A number as somebody would have typed it."""
    if raw.isascii() and raw.isdigit() and not is_day:
        return raw
    try:
        value = float(raw)
    except ValueError:
        return raw
    if is_day and int(value if abs(value) < 1e9 else 0) + DAYS_TO_1904 * since_1904 in SERIALS:
        return (EPOCH + timedelta(days=int(value) + DAYS_TO_1904 * since_1904)).isoformat()
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else raw
