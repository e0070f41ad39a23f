"""What we write as others read it, what others write as we read it, and numbers that keep their zeros on every road."""

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from tests.formats.files.layouts import checked, file_of, layout, text
from tests.formats.files.test_checking import OTF, ROW
from wholeperson.formats.files.writing import write
from wholeperson.formats.files.xml_parts import texts

MEMBER = {
    "cin": "00012345A",
    "last_name": "Ortiz",
    "mrn": "000123",
    "residential_zip": "00501",
    "birth_date": date(1980, 2, 3),
}
HEADINGS = (
    "Member Client Index Number (CIN)",
    "Medical Record Number",
    "Member Residential Zip",
    "Member Date of Birth",
)
WRITTEN = ["00012345A", "000123", "00501", "02/03/1980"]


def by_heading(rows: list[list[str]]) -> list[str]:
    at = [rows[0].index(each) for each in HEADINGS]
    return [rows[1][each] for each in at]


@pytest.mark.parametrize(("kind", "sign"), [("csv", ","), ("pipe", "|"), ("tab", "\t")])
def test_text_as_python_reads_it(kind: str, sign: str) -> None:
    raw = file_of("mif", [MEMBER], kind)
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=sign))
    assert by_heading(rows) == WRITTEN
    assert checked(raw, "mif")[1][0].values["cin"] == "00012345A"


def test_excel_as_openpyxl_and_calamine_read_it() -> None:
    raw = file_of("mif", [MEMBER], "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
    assert by_heading([[cell.value for cell in row] for row in sheet.iter_rows()]) == WRITTEN
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    assert by_heading(book.get_sheet_by_index(0).to_python()) == WRITTEN
    assert checked(raw, "mif")[1][0].values["mrn"] == "000123"


@pytest.mark.parametrize("road", ["csv", "pipe", "tab", "xlsx"])
def test_a_number_with_zeros_survives_there_and_back(road: str) -> None:
    """Written, read, written by another road and read again."""
    read = checked(file_of("mif", [MEMBER], road), "mif")[1][0].values
    other = "csv" if road == "xlsx" else "xlsx"
    kept = checked(file_of("mif", [read], other), "mif")[1][0].values
    assert (kept["cin"], kept["mrn"], kept["residential_zip"]) == ("00012345A", "000123", "00501")


# ── what others write ──


def workbook(rows: list[list[object]], **options: object) -> bytes:
    """As somebody's own program writes it, with numbers and days as Excel has them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet("Outreach")
    day = book.add_format({"num_format": "m/d/yy"})
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, place, datetime(cell.year, cell.month, cell.day), day)
            else:
                sheet.write(at, place, cell)
    book.close()
    return out.getvalue()


TYPED = ["HN", "Health Net", "Bayside", 1234567893, "94-1234567", "Ana Ortiz", "91234567A", "Clinical",
         date(2026, 10, 5), "Phone", "Y", 15]  # fmt: skip


@pytest.mark.parametrize("options", [{}, {"date_1904": True}, {"constant_memory": True}])
def test_days_and_numbers_of_excel_are_what_they_show(options: dict[str, bool]) -> None:
    report, kept = checked(workbook([OTF.split(","), TYPED], **options), "otf")
    assert report.outcome == "accepted"
    assert kept == checked(text(OTF, ROW), "otf")[1]


def test_days_without_their_look_are_read_where_a_day_stands() -> None:
    typed = [*TYPED[:8], 46300, *TYPED[9:]]
    assert checked(workbook([OTF.split(","), typed]), "otf")[1][0].values["attempt_date"] == date(2026, 10, 5)
    assert checked(text(OTF, ROW.replace("10/05/2026", "46300")), "otf")[1][0].values["attempt_date"] == date(
        2026, 10, 5
    )


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("10/05/2026", date(2026, 10, 5)),
        ("10/5/2026 13:30", date(2026, 10, 5)),
        ("2026-10-05", date(2026, 10, 5)),
        ("2026-10-05T00:00:00", date(2026, 10, 5)),
        ("20261005", date(2026, 10, 5)),
        ("10/05/26", None),
        ("05.10.2026", None),
        ("02/29/2025", None),
        ("13/01/2026", None),
        ("10/05/0026", None),
    ],
)
def test_days_as_people_write_them(written: str, means: date | None) -> None:
    _, kept = checked(text(OTF, ROW.replace("10/05/2026", written)), "otf")
    assert [each.values["attempt_date"] for each in kept] == ([means] if means else [])


def test_a_number_that_a_spreadsheet_rounded_is_told() -> None:
    """The CIN 12345678E1 of a card looks like a number to a spreadsheet, which keeps three digits of it."""
    report, _ = checked(text(OTF, ROW.replace("91234567A", "1.23E+08")), "otf")
    assert "rounded" in report.findings[0].problem


def test_a_formula_is_read_as_what_it_showed_and_told() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for place, (heading, cell) in enumerate(zip(OTF.split(","), TYPED, strict=True)):
        sheet.write(0, place, heading)
        if place == 6:
            sheet.write_formula(1, place, '=CONCAT("9123","4567A")', None, "91234567A")
        elif place != 8:
            sheet.write(1, place, cell)
    sheet.write(1, 8, "10/05/2026")
    book.close()
    report, kept = checked(out.getvalue(), "otf")
    assert kept[0].values["cin"] == "91234567A"
    assert ["formulas" in each.problem for each in report.findings] == [True]


WORDS = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>Ana </t></r>
<r><t>Ortiz</t></r><rPh sb="0" eb="1"><t>zzz</t></rPh></si></sst>"""


def test_words_that_cells_share_are_read_with_their_runs_and_without_how_they_sound() -> None:
    assert texts([WORDS.replace("\n", "").encode()]) == ["Ana Ortiz"]


def test_a_cell_that_points_to_a_word_that_is_not_there_is_a_damaged_file() -> None:
    raw = repacked(workbook([OTF.split(","), TYPED]), {"xl/sharedStrings.xml": WORDS.encode()})
    report, _ = checked(raw, "otf")
    assert (report.outcome, report.findings[0].rung) == ("rejected", "readable")


def repacked(raw: bytes, parts: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, parts.pop(name, None) or before.read(name))
        for name, data in parts.items():
            after.writestr(name, data)
    return out.getvalue()


def test_the_sheet_that_has_the_headings_is_the_one_that_is_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Read me", "this file has two sheets"])
    sheet = book.create_sheet("October")
    sheet.append(OTF.split(","))
    sheet.append([str(each) if not isinstance(each, date) else each for each in TYPED])
    out = io.BytesIO()
    book.save(out)
    report, kept = checked(out.getvalue())
    assert (report.sheet, report.layout, len(kept)) == ("October", "otf_health_net", 1)


# ── formulas that somebody slipped in ──


@pytest.mark.parametrize("slipped", ["=1+1", '=HYPERLINK("x","y")', "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3", "'=1+1"])
@pytest.mark.parametrize("kind", ["csv", "pipe", "tab", "xlsx"])
def test_nothing_that_we_write_is_computed_and_it_is_told(slipped: str, kind: str) -> None:
    out = io.BytesIO()
    done = write(layout("mif"), [MEMBER | {"last_name": slipped}], out, kind)
    assert done.guarded == [(2, "Member Last Name")]
    raw = out.getvalue()
    if kind == "xlsx":
        row = list(openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows())[1]
        assert all(cell.data_type != "f" for cell in row)
        cells = [str(cell.value or "") for cell in row]
    else:
        sign = {"csv": ",", "pipe": "|", "tab": "\t"}[kind]
        cells = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=sign))[1]
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t") for cell in cells if cell)
    assert f"'{slipped}" in cells
    assert checked(raw, "mif")[1][0].values["last_name"] == slipped


def test_a_cell_that_begins_like_a_formula_is_text_and_told() -> None:
    report, kept = checked(text(OTF, ROW.replace("Ana Ortiz", "=cmd|'/C calc'!A0")), "otf")
    assert kept[0].values["member_name"] == "=cmd|'/C calc'!A0"
    assert [each.problem for each in report.findings] == ["this begins like a formula"]


def test_digits_that_were_dressed_as_a_formula_to_keep_their_zeros() -> None:
    assert checked(text(OTF, ROW.replace("91234567A", '"=""00234567A"""')), "otf")[1][0].values["cin"] == "00234567A"
