"""The rows that need somebody's eye as a workbook: cells marked, a comment for each problem, ready to be sent again.

The headings are the file's own, and what is added stands to the right of them, so that the corrected list is a file.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from wholeperson.formats.files.findings import Finding, Report
from wholeperson.formats.files.guard import guarded, unguarded
from wholeperson.formats.files.opening import open_table
from wholeperson.formats.files.table import Row, Unreadable
from wholeperson.formats.files.values import ERROR, NOTE, WARNING
from wholeperson.formats.files.writing import new_workbook

COLOURS: Final = {ERROR: "#F8DFE2", WARNING: "#FAF3D1", NOTE: "#E8F5FF"}
ADDED: Final = ("Row in the file", "What to do")
LONGEST = 32_000  # signs that a cell of Excel holds
ABOUT_THE_FILE: Final = ("Row", "Column", "How bad", "What is wrong", "What to do", "What would be allowed")


def write_fix_list(stream: BinaryIO, report: Report, out: BinaryIO) -> int:
    """Write the list of a checked file; returns how many rows are on it. ``stream``: the file that was checked."""
    book, sheet = new_workbook(out, "Fix these")
    plain = book.add_format({"num_format": "@"})
    looks: dict[str | None, Any] = {None: plain}
    for severity, colour in COLOURS.items():
        looks[severity] = book.add_format({"num_format": "@", "bg_color": colour})
    told: dict[int, list[Finding]] = defaultdict(list)
    for each in report.findings:
        if each.row is not None and each.row != report.header_row:
            told[each.row].append(each)
    at = 0
    for at, row in enumerate(_rows(stream, report, told)):
        _row(sheet, at, row, told.get(row[0], []), looks, report)
    _whole_file(book, report, plain)
    book.close()
    return at


def _rows(stream: BinaryIO, report: Report, told: dict[int, list[Finding]]) -> Iterator[Row]:
    """The headings, and the rows that something was said of."""
    if report.header_row is None:
        return
    try:
        view = next(each for each in open_table(stream).views if each.label == report.view)
        yield from (each for each in view.rows() if each[0] == report.header_row or each[0] in told)
    except Unreadable:
        return  # what could be read is on the list; that it breaks off stands on the second sheet


def _row(sheet: Any, at: int, row: Row, told: list[Finding], looks: dict[str | None, Any], report: Report) -> None:
    number, cells = row
    about: dict[str | None, list[Finding]] = defaultdict(list)
    for each in told:
        about[each.column].append(each)
    for place, heading in enumerate(report.headings):
        found = about.get(heading, [])
        worst = min((each.severity for each in found), key=list(COLOURS).index) if found else None
        text = guarded(unguarded(cells[place]))[:LONGEST] if place < len(cells) else ""
        _cell(sheet, at, place, text, looks[worst])
        if found:
            sheet.write_comment(at, place, "\n".join(map(_said, found))[:LONGEST], {"x_scale": 2})
    said = " ".join(f"{each.problem}: {each.do}." for each in told)
    for place, text in enumerate(ADDED if number == report.header_row else (str(number), said), len(report.headings)):
        _cell(sheet, at, place, text[:LONGEST], looks[None])


def _cell(sheet: Any, at: int, place: int, text: str, look: Any) -> None:
    if text:
        sheet.write_string(at, place, text, look)
    else:
        sheet.write_blank(at, place, None, look)  # so that a blank that is missed is marked too


def _said(finding: Finding) -> str:
    allowed = f" Allowed: {', '.join(finding.allowed[:8])}." if finding.allowed else ""
    return f"{finding.problem}. {finding.do[:1].upper()}{finding.do[1:]}.{allowed}"


def _whole_file(book: Any, report: Report, plain: Any) -> None:
    """A second sheet with every finding, also those about no row."""
    sheet = book.add_worksheet("All findings")
    sheet.set_column(0, 5, 30, plain)
    rows = [ABOUT_THE_FILE, *(_listed(each) for each in report.findings)]
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            if text:
                sheet.write_string(at, place, guarded(text)[:LONGEST], plain)


def _listed(each: Finding) -> tuple[str, ...]:
    row = str(each.row) if each.row is not None else ""
    return row, each.column or "", each.severity, each.problem, each.do, ", ".join(each.allowed)
