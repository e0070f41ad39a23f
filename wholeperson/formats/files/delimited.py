"""Text with a sign between its cells: CSV, pipe, tab; whatever its encoding, read line by line."""

import codecs
import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, Final

from wholeperson.formats.files.table import WIDEST, Remarks, Row, Table, Unreadable, View

DELIMITERS: Final = {"csv": ",", "pipe": "|", "tab": "\t", "semicolon": ";"}
CHUNK = 1 << 20
LONGEST_LINE = 1 << 20  # signs; a longer one is no row of a table
SAVE_AS = "save it again as CSV UTF-8, and send that"
MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
                (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


def open_text(stream: BinaryIO) -> Table:
    """The text as a table, with a view for every sign that may part its cells."""
    remarks = Remarks()
    encoding = encoding_of(stream, remarks)
    views = [View(name, partial(_rows, stream, encoding, sign, remarks)) for name, sign in DELIMITERS.items()]
    return Table("text", views, remarks)


def encoding_of(stream: BinaryIO, remarks: Remarks) -> str:
    """UTF-8, UTF-16 or UTF-32, else the encoding of Windows; bytes that are none of these are no text."""
    stream.seek(0)
    begins = stream.read(4096)
    for mark, encoding in MARKS:
        if begins.startswith(mark):
            return encoding
    if b"\0" in begins:
        return _without_mark(begins)
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = True
    for chunk in iter(partial(stream.read, CHUNK), b""):
        if b"\0" in chunk:
            raise _no_text()
        try:
            if utf8:
                decoder.decode(chunk)
        except UnicodeDecodeError:
            utf8 = False
    if utf8 and not decoder.getstate()[0]:
        return "utf-8"
    remarks.said["the text is not UTF-8; it is read in the encoding of Windows"] = (
        "look at names with accents; next time save it as CSV UTF-8"
    )
    return "cp1252"


def _without_mark(begins: bytes) -> str:
    """UTF-16 that does not say so: every second byte of plain letters is zero."""
    even, odd = begins[0::2].count(0), begins[1::2].count(0)
    if max(even, odd) * 4 < len(begins) or min(even, odd) * 10 > max(even, odd):
        raise _no_text()
    return "utf-16-be" if even > odd else "utf-16-le"


def _no_text() -> Unreadable:
    allowed = ("Excel (.xlsx)", "CSV", "text parted by | or tabs")
    return Unreadable(
        "these bytes are neither a spreadsheet nor text", "send the table itself, as it was made", allowed
    )


def _rows(stream: BinaryIO, encoding: str, sign: str, remarks: Remarks) -> Iterator[Row]:
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, newline=None)
    pending: list[str] = []
    at = 0
    try:
        for cells in csv.reader(_lines(text, pending), delimiter=sign):
            at += 1
            yield at, _plain(cells) if len(pending) > 1 or len(cells) > WIDEST else cells
            if pending:
                last = pending[-1]
                open_quote = len(pending) > 1 and "".join(pending).count('"') % 2 == 1
                remarks.ends_open = open_quote or not last.endswith("\n")
                pending.clear()
    except UnicodeDecodeError:
        raise Unreadable("the text ends or breaks in the middle of a letter", SAVE_AS, row=at + 1) from None
    except csv.Error as broken:
        quoted = (
            "a quotation mark is opened here and not closed" if "limit" in str(broken) else "this is no row of text"
        )
        raise Unreadable(quoted, "close it, or take it away", row=at + 1) from None
    finally:
        text.detach()  # the stream is the caller's


def _plain(cells: list[str]) -> list[str]:
    """Cells that go over several lines on one; no more than are looked at."""
    return [each.replace("\n", " ") for each in cells[:WIDEST]]


def _lines(text: io.TextIOWrapper, pending: list[str]) -> Iterator[str]:
    """Lines, none longer than a row can be. ``pending``: those that the row being read is made of."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise Unreadable("a line is longer than a million signs", SAVE_AS)
        pending.append(line)
        yield line
