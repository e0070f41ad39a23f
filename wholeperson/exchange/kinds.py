"""The media types of the files that somebody takes along."""

from wholeperson.formats.files.layout import Layout

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": EXCEL, "csv": "text/csv; charset=utf-8"}


def type_of(layout: Layout) -> str:
    return TYPES.get(layout.kind, "text/plain; charset=utf-8")
