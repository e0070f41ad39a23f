"""Excel workbooks, read as a stream: nothing but the list of their words is ever held whole.

The fast readers build a sheet in memory by its corners, and two cells far apart end the process; this one never does.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, Final

from wholeperson.formats.files.sheet import Look, rows
from wholeperson.formats.files.table import Remarks, Row, Table, Unreadable, View
from wholeperson.formats.files.xml_parts import Element, elements, texts
from wholeperson.formats.files.zipped import Parts

DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
MOST_SHEETS = 50
MOST_STYLES = 100_000


def open_workbook(stream: BinaryIO) -> Table:
    """The workbook as a table with a view for every sheet that can be seen."""
    parts = Parts(stream)
    if "xl/workbook.xml" not in parts.names:
        raise Unreadable(
            "this is packed, and no Excel workbook", "unpack it, and send what is in it", ("Excel (.xlsx)", "CSV")
        )
    remarks = Remarks()
    sheets, since_1904 = _sheets(parts)
    look = Look(_dated(parts), since_1904)
    views = [View(name, partial(_rows, parts, path, look, remarks)) for name, path in sheets]
    if not views:
        raise Unreadable("the workbook has no sheet that can be seen", "show the sheet, and save it again")
    return Table("xlsx", views, remarks)


def _rows(parts: Parts, path: str, look: Look, remarks: Remarks) -> Iterator[Row]:
    if parts.words is None:
        shared = "xl/sharedstrings.xml" in parts.names
        parts.words = texts(parts.pieces("xl/sharedStrings.xml")) if shared else []
    remarks.formulas = 0
    yield from rows(parts.pieces(path), parts.words, look, remarks)


def _sheets(parts: Parts) -> tuple[list[tuple[str, str]], bool]:
    """Names and paths of the sheets, in their order, and whether days count from 1904."""
    paths = {each.of.get("Id", ""): each.of.get("Target", "") for each in _part(parts, "xl/_rels/workbook.xml.rels")}
    found: list[tuple[str, str]] = []
    since_1904 = False
    for each in _part(parts, "xl/workbook.xml"):
        if each.name == "workbookPr":
            since_1904 = each.of.get("date1904", "0") in ("1", "true")
        if each.name == "sheet" and each.of.get("state", "visible") == "visible" and len(found) < MOST_SHEETS:
            target = paths.get(each.of.get("id", ""), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found.append((each.of.get("name", ""), path))
    return found, since_1904


def _part(parts: Parts, name: str) -> Iterator[Element]:
    yield from elements(parts.pieces(name))


def _dated(parts: Parts) -> frozenset[int]:
    """Which looks of a cell make a day of its number."""
    if "xl/styles.xml" not in parts.names:
        return frozenset()
    own: set[int] = set()
    found: set[int] = set()
    at, inside = 0, False
    for each in _part(parts, "xl/styles.xml"):
        if each.name == "numFmt" and _is_day(each.of.get("formatCode", "")):
            own.add(_number(each.of.get("numFmtId")))
        if each.name in ("cellXfs", "cellStyleXfs"):
            inside = each.name == "cellXfs"
        if each.name == "xf" and inside and at < MOST_STYLES:
            number = _number(each.of.get("numFmtId"))
            found |= {at} if number in DATES or number in own else set()
            at += 1
    return frozenset(found)


def _is_day(form: str) -> bool:
    return bool(set("dmyDMY") & set(LITERAL.sub("", form).replace("General", "")))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1
