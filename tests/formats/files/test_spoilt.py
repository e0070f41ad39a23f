"""A thousand files, each spoilt in one known cell in a known way: the check names that row and that column.

What is expected is known from the spoiling alone. A file is spoilt in its bytes, as somebody's slip of the hand would.
"""

import csv
import io
from random import Random

import openpyxl
import pytest

from tests.formats.files.layouts import checked, file_of, layout, layouts
from wholeperson.formats.files.layout import Column
from wholeperson.formats.files.sample import records

FILES = 1_000
SPOILT = {  # what can be wrong with a cell of a type, written by hand
    "cin": ("1234567A", "912345678A", "A91234567", "91234567", "9123456OA", "9.12E+07", ""),
    "npi": ("1234567890", "123456789", "3234567893", "12345678930", "NPI"),
    "tin": ("12-345678", "001234567", "1234567890", "none"),
    "phone": ("555-0100", "925-555-01000", "(125) 555-0100", "call the shelter", "925 555 010"),
    "zip": ("9455", "945533", "CA 94553", "94553-12"),
    "hcpcs": ("G901", "90121", "G90120", "GG012"),
    "state": ("Calif.", "C", "06"),
    "email": ("ana.clinic.example", "ana@", "@clinic.example", "ana@clinic", "a b@c.example"),
    "count": ("two", "1.5", "-1", "1e3", "12345678"),
    "date": ("13/01/2026", "02/30/2026", "10/05/26", "tomorrow", "2026-13-01", "31/12/2026", "#N/A"),
    "month": ("2026-13", "October", "26-10", "2026-00"),
    "yes_no": ("maybe", "2", "J"),
    "word": ("Something else", "99999"),
    "text": ("#REF!", "x" * 5_000),
    "code": ("#N/A", "9" * 200, "1.23457E+11"),
}


def can_be_spoilt(column: Column) -> bool:
    return column.role != "plan"  # another plan's name is another file: tested where the right file is


def spoil(rows: list[list[str]], draw: Random, columns: tuple[Column, ...]) -> tuple[int, str]:
    """Spoil one cell, and say which: its row as a spreadsheet counts, and the heading."""
    at = draw.choice([at for at, column in enumerate(columns) if can_be_spoilt(column)])
    row = draw.randrange(1, len(rows))
    rows[row][at] = draw.choice(SPOILT[columns[at].type])
    return row + 1, columns[at].head


def as_text(rows: list[list[str]], sign: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue().encode()


def as_workbook(rows: list[list[str]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for row in book.active.iter_rows():
        for cell in row:
            cell.data_type = "s" if cell.value else cell.data_type
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", layouts())
def test_the_spoilt_cell_is_named(name: str) -> None:
    columns, draw = layout(name).columns, Random(name)
    clean = list(csv.reader(io.StringIO(file_of(name, list(records(layout(name), 6, 5)), "csv").decode("utf-8-sig"))))
    for number in range(-(-FILES // len(layouts()))):
        rows = [list(row) for row in clean]
        row, heading = spoil(rows, draw, columns)
        raw = as_workbook(rows) if number % 10 == 0 else as_text(rows, ",|\t"[number % 3])
        report, kept = checked(raw, name)
        spoilt = rows[row - 1][[each.head for each in columns].index(heading)]
        assert (row, heading) in {(each.row, each.column) for each in report.findings}, (row, heading, spoilt)
        assert {each.row for each in report.findings} == {row}, (row, heading, spoilt)
        severities = {each.severity for each in report.findings}
        assert ("error" in severities) == (row not in {each.row for each in kept}), "a row is set aside whole, or kept"
        assert all(each.do and each.problem for each in report.findings)
