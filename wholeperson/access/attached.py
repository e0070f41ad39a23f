"""A file handed over to be saved: what is in it never runs as a page of ours, and no cache keeps it."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any, Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from wholeperson.record.kinds import ended

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would run


def plain(cell: str) -> str:
    """A cell of a file for a spreadsheet, which shows it and runs nothing."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def attached(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """The answer that hands over the bytes under a name; ``kind`` is their media type."""
    headers = {
        "Content-Disposition": content_disposition_header(True, ended(name, kind)) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


def spreadsheet(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Rows of numbers and of words as CSV, with the mark by which a spreadsheet reads letters as they are meant."""
    file = StringIO()
    csv.writer(file).writerows([one if isinstance(one, int) else plain(str(one)) for one in row] for row in rows)
    return attached(file.getvalue().encode("utf-8-sig"), name=f"{name}.csv", kind="text/csv; charset=utf-8")
