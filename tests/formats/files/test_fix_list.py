"""The fix list: the rows that need an eye, their cells marked, a comment for each problem; corrected, it is a file."""

import io

import openpyxl

from tests.formats.files.layouts import checked, text
from tests.formats.files.test_checking import OTF, ROW
from wholeperson.formats.files.fix_list import write_fix_list

BAD = ROW.replace("10/05/2026", "13/45/2026").replace("1234567893", "1234567890").replace("Ana Ortiz", "=1+1")


def listed(raw: bytes) -> tuple[int, bytes]:
    report, _ = checked(raw, "otf")
    out = io.BytesIO()
    return write_fix_list(io.BytesIO(raw), report, out), out.getvalue()


def test_only_the_rows_with_a_problem_stand_on_it_with_their_number() -> None:
    count, made = listed(text("a title", OTF, ROW, BAD, ROW))
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Fix these"]
    assert count == 1
    assert [cell.value for cell in sheet[1]][:3] == OTF.split(",")[:3]
    assert [sheet.cell(1, 13).value, sheet.cell(2, 13).value] == ["Row in the file", "4"]
    assert sheet.max_row == 2


def test_each_wrong_cell_is_marked_and_says_what_to_do() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(listed(text(OTF, BAD))[1]))["Fix these"]
    for column, says in ((4, "no NPI"), (9, "MM/DD/YYYY"), (6, "formula")):
        cell = sheet.cell(2, column)
        assert says in cell.comment.text
        assert cell.fill.fgColor.rgb in ("FFF8DFE2", "FFFAF3D1")
    assert sheet.cell(2, 7).comment is None
    assert sheet.cell(2, 6).value == "'=1+1"


def test_corrected_it_can_be_sent_as_a_file() -> None:
    made = listed(text(OTF, BAD))[1]
    book = openpyxl.load_workbook(io.BytesIO(made))
    book["Fix these"].cell(2, 9).value = "10/05/2026"
    book["Fix these"].cell(2, 4).value = "1234567893"
    out = io.BytesIO()
    book.save(out)
    report, kept = checked(out.getvalue(), "otf")
    assert (len(kept), report.ignored) == (1, ["Row in the file", "What to do"])
    assert kept[0].values["member_name"] == "=1+1"


def test_a_file_that_cannot_be_read_has_a_list_with_what_is_wrong() -> None:
    count, made = listed(b"%PDF-1.7")
    assert count == 0
    assert "PDF" in openpyxl.load_workbook(io.BytesIO(made))["All findings"].cell(2, 4).value


def test_the_same_file_has_the_same_list() -> None:
    assert listed(text(OTF, BAD)) == listed(text(OTF, BAD))
