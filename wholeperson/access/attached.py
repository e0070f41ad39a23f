"""A file handed over to be saved: what is in it never runs as a page of ours, and no cache keeps it."""

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would run


def plain(cell: str) -> str:
    """A cell of a file for a spreadsheet, which shows it and runs nothing."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def attached(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """The answer that hands over the bytes under a name; ``kind`` is their media type."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
