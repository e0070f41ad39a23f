"""Opens bytes as a table, by what they are and not by what their name says."""

from typing import BinaryIO, Final

from wholeperson.formats.files.delimited import open_text
from wholeperson.formats.files.table import Table, Unreadable
from wholeperson.formats.files.workbook import open_workbook

ACCEPTED: Final = ("Excel (.xlsx)", "CSV", "text parted by | or tabs")
AS_XLSX = "open it in the spreadsheet program and save it as Excel workbook (.xlsx) or CSV"
# first bytes: what it is, what to do
OTHERS: Final = {
    b"\xd0\xcf\x11\xe0": ("this is an old Excel file, or one with a password", f"{AS_XLSX}, without a password"),
    b"%PDF": ("this is a PDF: a picture of a table, not the table", "ask for the table itself"),
    b"\x1f\x8b": ("this is packed (gzip)", "unpack it, and send what is in it"),
    b"7z\xbc\xaf": ("this is packed (7z)", "unpack it, and send what is in it"),
    b"Rar!": ("this is packed (rar)", "unpack it, and send what is in it"),
    b"PAR1": ("this is Parquet", "send a table people can open"),
    b"<!DO": ("this is a web page", AS_XLSX),
    b"<htm": ("this is a web page", AS_XLSX),
    b"<?xm": ("this is XML", AS_XLSX),
    b"{\\rt": ("this is a text document", AS_XLSX),
    b"-----": ("this is encrypted", "decrypt it first, and send what is in it"),
    b"ISA*": ("this is X12", "send it where claims and eligibility go"),
}


def open_table(stream: BinaryIO) -> Table:
    """The file as a table. ``stream``: binary and seekable; it stays open as long as rows are read."""
    stream.seek(0)
    first = stream.read(8)
    if not first:
        raise Unreadable("the file is empty", "send it again: nothing arrived", ACCEPTED)
    for begins, (problem, do) in OTHERS.items():
        if first.startswith(begins):
            raise Unreadable(problem, do, ACCEPTED)
    return open_workbook(stream) if first.startswith(b"PK") else open_text(stream)
