"""Whatever the bytes: a report that says what to do, never a traceback, and no memory that grows with the file."""

import io
import resource
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.formats.files.layouts import checked, file_of, layout, text
from tests.formats.files.test_checking import OTF, ROW
from tests.formats.files.test_roads import repacked
from wholeperson.formats.files.findings import Report
from wholeperson.formats.files.sample import records

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
SAMPLE = text(OTF, ROW, ROW.replace("Ana Ortiz", '"Ortiz, Zoë"'), ROW)
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return file_of("otf", list(records(layout("otf"), 3, 1)), "xlsx")


def told(report: Report) -> Report:
    """Every report says what to do about what it found, and adds up."""
    assert report.outcome in ("accepted", "accepted_with_warnings", "partly", "rejected")
    assert report.read == report.kept + report.set_aside
    assert all(each.problem.strip() and each.do.strip() for each in report.findings)
    assert report.outcome != "rejected" or any(each.severity == "error" for each in report.findings)
    return report


# ── anything at all ──


@QUICK
@given(st.binary(max_size=400))
@example(b"")
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + bytes(18))
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf")
@example(b'"')
def test_any_bytes(raw: bytes) -> None:
    assert told(checked(raw)[0]).outcome == "rejected"


@QUICK
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "utf-32"]))
def test_any_text_below_the_headings(below: str, encoding: str) -> None:
    told(checked(f"{OTF}\r\n{below}".encode(encoding, "surrogatepass"), "otf")[0])


@QUICK
@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_workbook_with_bytes_changed(workbook: bytes, changes: list[tuple[int, int]]) -> None:
    raw = bytearray(workbook)
    for at, byte in changes:
        raw[at % len(raw)] = byte
    told(checked(bytes(raw), "otf")[0])


@QUICK
@given(st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]),
       st.binary(max_size=200), st.integers(0, 4_000))  # fmt: skip
def test_a_part_with_anything_in_it(workbook: bytes, part: str, slipped: bytes, at: int) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        whole = parts.read(part)
    told(checked(repacked(workbook, {part: whole[:at] + slipped + whole[at:]}), "otf")[0])


# ── cut off ──


def test_text_cut_off_at_every_byte() -> None:
    """A row that lost its end is never kept as if it were whole, unless only its last cell is shorter."""
    whole = [each.values for each in checked(SAMPLE, "otf")[1]]
    for at in range(len(SAMPLE)):
        report, kept = checked(SAMPLE[:at], "otf")
        told(report)
        for one, other in zip(kept, whole, strict=False):
            assert {**one.values, "minutes": None} == {**other, "minutes": None}, at


def test_a_workbook_cut_off_at_every_byte(workbook: bytes) -> None:
    assert checked(workbook[:1], "otf")[0].outcome == "rejected"
    for at in range(2, len(workbook)):
        report = told(checked(workbook[:at], "otf")[0])
        assert (report.outcome, report.findings[0].rung) == ("rejected", "readable")


# ── encodings ──


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_names_with_accents_in_every_encoding_that_says_what_it_is(encoding: str) -> None:
    report, kept = checked(SAMPLE.decode().encode(encoding), "otf")
    assert (report.outcome, kept[1].values["member_name"]) == ("accepted", "Ortiz, Zoë")


def test_the_encoding_of_windows_is_read_and_told() -> None:
    report, kept = checked(SAMPLE.decode().encode("cp1252"), "otf")
    assert (report.outcome, kept[1].values["member_name"]) == ("accepted_with_warnings", "Ortiz, Zoë")


@pytest.mark.parametrize("breaks", [b"\r", b"\n", b"\r\n"])
def test_lines_break_in_every_way(breaks: bytes) -> None:
    assert checked(SAMPLE.replace(b"\r\n", breaks), "otf")[0].kept == 3


@pytest.mark.parametrize("sign", [",", "|", "\t", ";"])
def test_whatever_sign_parts_the_cells(sign: str) -> None:
    raw = "\r\n".join(line.replace(",", sign) for line in (OTF, ROW)).encode()
    assert checked(raw, "otf")[0].outcome == "accepted"


# ── what is sent in place of a table ──


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<html><table>", "web page"),
        (b"ISA*00*", "X12"),
        (bytes(range(256)) * 8, "neither"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "neither"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(raw: bytes, says: str) -> None:
    report, _ = checked(raw, "otf")
    assert (report.outcome, report.findings[0].rung) == ("rejected", "readable")
    assert says in report.findings[0].problem


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row() -> None:
    report, kept = checked(text(OTF, ROW, ROW.replace("Ana", '"Ana'), *[ROW] * 2_000), "otf")
    assert (report.outcome, kept, report.findings[0].row) == ("rejected", [], 3)
    assert "quotation mark" in report.findings[0].problem


def test_a_sign_in_a_cell_without_quotation_marks_sets_the_row_aside() -> None:
    report, kept = checked(text(OTF, ROW, ROW.replace("Ana Ortiz", "Ortiz, Ana"), ROW), "otf")
    assert [each.row for each in kept] == [2, 4]
    assert {each.row for each in report.findings} == {3}


# ── bombs ──

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
LAUGHS = "<!DOCTYPE x [" + '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(12)) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("kind", [LAUGHS, OUTSIDE, "<!DOCTYPE x>"])
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_xml_that_would_grow_or_reach_outside(workbook: bytes, kind: str, part: str) -> None:
    sheet = kind + SHEET.format('<row r="1"><c t="inlineStr"><is><t>&m;</t></is></c></row>')
    report, _ = checked(repacked(workbook, {part: sheet.encode()}), "otf")
    assert (report.outcome, report.findings[0].rung) == ("rejected", "readable")


def test_a_part_that_unpacks_into_far_more_than_was_sent(workbook: bytes) -> None:
    def row(cells: list[str]) -> str:
        return "<row>" + "".join(f'<c t="inlineStr"><is><t>{each}</t></is></c>' for each in cells) + "</row>"

    rows = row(OTF.split(",")) + row(ROW.split(",")) * 60_000
    bomb = repacked(workbook, {"xl/worksheets/sheet1.xml": SHEET.format(rows).encode()})
    assert len(bomb) < 200_000
    report, _ = checked(bomb, "otf")
    assert (report.outcome, "unpacks" in report.findings[0].problem) == ("rejected", True)


def test_two_cells_at_the_far_corners_of_a_sheet(workbook: bytes) -> None:
    """Readers that build the sheet between its corners in memory end the process on this one."""
    corners = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    report, _ = checked(repacked(workbook, {"xl/worksheets/sheet1.xml": SHEET.format(corners).encode()}), "otf")
    assert (report.outcome, report.findings[0].rung) == ("rejected", "columns")


def test_depth_and_tags_without_end(workbook: bytes) -> None:
    for inside in ("<a>" * 100_000, f'<c r="{"A" * (20 << 20)}"/>'):
        raw = repacked(workbook, {"xl/worksheets/sheet1.xml": SHEET.format(inside).encode()})
        assert told(checked(raw, "otf")[0]).outcome == "rejected"


def test_a_list_of_parts_that_lies(workbook: bytes) -> None:
    at = workbook.rfind(b"PK\x05\x06")
    raw = workbook[: at + 10] + b"\xff\xff\xff\xff\xff\xff" + workbook[at + 16 :]
    assert told(checked(raw, "otf")[0]).outcome == "rejected"


# ── size ──

LARGE = """
    import io, resource, sys
    from tests.formats.files.layouts import layouts
    from tests.formats.files.test_checking import OTF, ROW
    from wholeperson.formats.files.checking import check

    class Endless(io.RawIOBase):
        '''A file of so many bytes that are made as they are read.'''

        def __init__(self, head, row, size):
            self.head, self.rows, self.size, self.at = head, row * 4096, size, 0

        def readable(self): return True
        def seekable(self): return True
        def tell(self): return self.at

        def seek(self, to, whence=0):
            self.at = to if whence == 0 else self.size + to if whence == 2 else self.at + to
            return self.at

        def readinto(self, into):
            wanted = min(len(into), self.size - self.at)
            if self.at < len(self.head):
                made = self.head[self.at : self.at + wanted]
            else:
                begins = (self.at - len(self.head)) % len(self.rows)
                made = self.rows[begins : begins + wanted]
            into[: len(made)] = made
            self.at += len(made)
            return len(made)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    file = io.BufferedReader(Endless((OTF + "\\n").encode(), (ROW + "\\n").encode(), int(sys.argv[1]) << 20))
    report = check(file, layouts(), layouts()["otf"])
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10
    print(report.read, report.outcome, grown)
"""


def large(megabytes: int) -> tuple[int, str, int]:
    """Rows read, the outcome, and the megabytes that checking so large a file took, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(LARGE), str(megabytes)],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=3_000,
    )  # fmt: skip
    read, outcome, grown = done.stdout.split()
    return int(read), outcome, int(grown)


def test_a_large_file_takes_no_more_memory_than_a_small_one() -> None:
    rows, _, grown = large(24)
    assert rows > 250_000
    assert grown < 60


@pytest.mark.long
def test_two_gigabytes() -> None:
    rows, _, grown = large(2_048)
    assert rows > 20_000_000
    assert grown < 60


def test_a_line_without_end_and_a_cell_without_end() -> None:
    limit = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report, _ = checked(OTF.encode() + b"\r\n" + b"x" * (30 << 20), "otf")
    assert report.outcome == "rejected"
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - limit) >> 10 < 120
