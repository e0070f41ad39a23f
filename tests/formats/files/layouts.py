"""The packaged layouts, and how the tests of this room ask about a file."""

import io
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from wholeperson.formats.files.checking import check
from wholeperson.formats.files.findings import Record, Report
from wholeperson.formats.files.layout import Layout, Layouts
from wholeperson.formats.files.layouts import build
from wholeperson.formats.files.writing import write
from wholeperson.rules.reading.layouts import LayoutDocuments, read_layout_documents


@cache
def documents() -> LayoutDocuments:
    return read_layout_documents()


@cache
def layouts() -> Layouts:
    return build(documents().by_name, documents().grades)


def layout(name: str) -> Layout:
    return layouts()[name]


def file_of(name: str, records: Iterable[Mapping[str, Any]], kind: str | None = None) -> bytes:
    """The bytes of a file with these records."""
    out = io.BytesIO()
    write(layout(name), records, out, kind)
    return out.getvalue()


def checked(raw: bytes, name: str | None = None, **more: Any) -> tuple[Report, list[Record]]:
    """The report of a file, and the rows that were kept."""
    kept: list[Record] = []
    report = check(io.BytesIO(raw), layouts(), layout(name) if name else None, keep=kept.extend, **more)
    assert report.kept in (len(kept), 0)
    assert report.read == report.kept + report.set_aside
    return report, [] if report.refused else kept


def text(*rows: str) -> bytes:
    return ("\r\n".join(rows) + "\r\n").encode()
