"""A file handed over to be saved: what is in it never runs as a page of ours, and no cache keeps it."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attached(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """The answer that hands over the bytes under a name; ``kind`` is their media type."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
