"""Writes records as a file of a layout: a pure projection, the same bytes for the same records at any time."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from wholeperson.formats.files.guard import guarded
from wholeperson.formats.files.layout import Column, Layout
from wholeperson.formats.files.values import Value, written

SIGNS: Final = {"csv": ",", "pipe": "|", "tab": "\t"}
ENDINGS: Final = {"xlsx": ".xlsx", "csv": ".csv", "pipe": ".txt", "tab": ".tsv"}
MADE: Final = datetime(2000, 1, 1)  # what every workbook says of when it was made: a clock would change its bytes
ROWS_OF_A_SHEET = 1_048_575
WIDTHS: Final = {"date": 12, "month": 10, "yes_no": 10, "zip": 12, "state": 8, "count": 10}


@dataclass(slots=True)
class Written:
    """What was written: how many rows, and the cells that had to be guarded because they begin like a formula."""

    rows: int = 0
    guarded: list[tuple[int, str]] = field(default_factory=list)  # (row of the file, heading)


def kind_of(name: str, layout: Layout) -> str:
    """How a file of this name is written: by its ending, else as the layout has it."""
    ending = Path(name).suffix.lower()
    fits = [kind for kind, each in ENDINGS.items() if each == ending]
    return "pipe" if ending == ".psv" else fits[0] if fits else layout.kind


def write(layout: Layout, records: Iterable[Mapping[str, Value]], out: BinaryIO, kind: str | None = None) -> Written:
    """Write records, each a mapping from the layout's keys; a key that is left out is blank. Returns what was done.

    Refuses with ValueError a key the layout does not have and a value its column cannot hold.
    """
    made = Written()
    rows = _rows(layout, records, made)
    if (kind or layout.kind) == "xlsx":
        _workbook(layout, rows, out)
    else:
        _text(layout, rows, out, SIGNS[kind or layout.kind])
    return made


def cells(layout: Layout, record: Mapping[str, Value]) -> list[str]:
    """One record as the cells of a row, not guarded yet."""
    strange = record.keys() - {each.key for each in layout.columns}
    if strange:
        raise ValueError(f"{layout.id} has no column {sorted(strange)[0]}")
    return [written(column, record.get(column.key)) for column in layout.columns]


def _rows(layout: Layout, records: Iterable[Mapping[str, Value]], made: Written) -> Iterator[list[str]]:
    for record in records:
        row = cells(layout, record)
        made.rows += 1
        safe = [guarded(each) for each in row]
        if safe != row:
            made.guarded += [
                (made.rows + 1, column.head)
                for column, one, other in zip(layout.columns, row, safe, strict=True)
                if one != other
            ]
        yield safe


def _text(layout: Layout, rows: Iterable[list[str]], out: BinaryIO, sign: str) -> None:
    text = io.TextIOWrapper(out, "utf-8-sig" if sign == "," else "utf-8", newline="", write_through=False)
    try:
        table = csv.writer(text, delimiter=sign, lineterminator="\r\n")
        table.writerow([each.head for each in layout.columns])
        table.writerows(rows)
        text.flush()
    finally:
        text.detach()


def _workbook(layout: Layout, rows: Iterable[list[str]], out: BinaryIO) -> None:
    """Every cell is text: digits keep their zeros, and nothing computes."""
    book, sheet = new_workbook(out, layout.id)
    plain = book.add_format({"num_format": "@"})
    _head(book, sheet, layout.columns, plain)
    for at, row in enumerate(rows, 1):
        if at > ROWS_OF_A_SHEET:
            raise ValueError(f"a sheet holds {ROWS_OF_A_SHEET} rows; write text")
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(at, place, cell, plain)
    book.close()


def new_workbook(out: BinaryIO, name: str) -> tuple[Any, Any]:
    """A workbook that grows on disk and not in memory, and its one sheet."""
    import xlsxwriter  # only here: reading needs nothing that has to be installed

    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE, "title": name, "author": "Whole Person"})
    return book, book.add_worksheet(name[:31].replace(".", " "))


def _head(book: Any, sheet: Any, columns: tuple[Column, ...], plain: Any) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "num_format": "@"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS.get(column.type, 20), plain)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS_OF_A_SHEET}"})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.head, bold)
