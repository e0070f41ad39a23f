"""What every file is read as: views, each of which can be read row by row, as often as wanted, in bounded memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Row = tuple[int, list[str]]  # its number, as a spreadsheet shows it; its cells as text
WIDEST = 1_000  # cells of a row that are looked at


class Unreadable(Exception):
    """The file cannot be read on: what is wrong, what to do, what would be allowed, and the row where it is known."""

    def __init__(self, problem: str, do: str, allowed: tuple[str, ...] = (), row: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.do, self.allowed, self.row = problem, do, allowed, row


@dataclass(slots=True)
class Remarks:
    """What was seen while reading that a person should know of; what is said twice is kept once."""

    said: dict[str, str] = field(default_factory=dict)  # what, and what to do about it
    formulas: int = 0
    ends_open: bool = False  # the last row has no line break, or a quotation mark that was not closed


@dataclass(frozen=True, slots=True)
class View:
    """One way to read the file: a sheet of a workbook, or text parted by one sign."""

    label: str
    rows: Callable[[], Iterator[Row]]


@dataclass(slots=True)
class Table:
    """An opened file. ``kind``: xlsx or text."""

    kind: str
    views: list[View]
    remarks: Remarks
