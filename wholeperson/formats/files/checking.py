"""Checks a file like a ladder: readable, the right file, its columns, its values, and what whoever asked knows of it.

Rows are read and handed on in batches, so that a file of any size takes the same memory. A row is kept whole or set
aside whole. What is found once the reading has begun can still refuse the file: then nothing that was handed on counts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from wholeperson.formats.files.columns import Columns
from wholeperson.formats.files.findings import Finding, Objection, Record, Report
from wholeperson.formats.files.header import COUNTS, Header
from wholeperson.formats.files.layout import Layout, Layouts
from wholeperson.formats.files.opening import open_table
from wholeperson.formats.files.right_file import find_header, header_findings
from wholeperson.formats.files.table import Remarks, Row, Table, Unreadable
from wholeperson.formats.files.values import ERROR, NOTE, WARNING

BATCH = 1_000
Question = Callable[[Sequence[Record]], Iterable[Objection]]
Keeper = Callable[[Sequence[Record]], Iterable[Objection] | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who else looks at the rows, in this order, a batch at a time: are its members known, does it make sense."""

    known: Question | None = None
    sense: Question | None = None


def check(
    stream: BinaryIO,
    layouts: Layouts,
    layout: Layout | None = None,
    *,
    keep: Keeper | None = None,
    asked: Asked = Asked(),
) -> Report:
    """Check a file against a layout, or against the one of all that fits. Never raises for what the file holds.

    ``stream``: binary and seekable. ``keep`` is given the rows that are kept, a batch at a time, and may object to some
    that it could not keep after all; when the report comes out rejected, whatever it was given must be undone.
    """
    report = Report(layout.id if layout else None)
    try:
        table = open_table(stream)
        header = find_header(table, layouts, layout, report)
        if header is not None:
            report.add(header_findings(header))
            _rows(table, header, layouts, report, asked, keep)
    except Unreadable as broken:
        report.refuse(Finding(broken.row, None, None, ERROR, broken.problem, broken.do, broken.allowed, "readable"))
    return report


def _rows(
    table: Table,
    header: Header,
    layouts: Layouts,
    report: Report,
    asked: Asked,
    keep: Keeper | None,
) -> None:
    columns = Columns(header, layouts)
    body = _body(header, report)
    while batch := list(islice(body, BATCH)):
        report.read += len(batch)
        told = columns.read(batch)
        report.add(told.findings)
        if told.wrong_plan is not None:
            report.refuse(told.wrong_plan)
            return
        if keep is None and asked == Asked():  # a check alone needs no records
            report.kept += told.kept
            continue
        records = _asked(told.records(), header, report, asked)
        if keep and records:
            records = _without(list(keep(records) or ()), records, "sense", header, report)
        report.kept += len(records)
    _ending(table, header, report, columns)


def _asked(records: list[Record], header: Header, report: Report, asked: Asked) -> list[Record]:
    """The rows that nobody objects to; later questions are asked only of those."""
    for rung, question in (("members", asked.known), ("sense", asked.sense)):
        if question is not None and records:
            records = _without(list(question(records)), records, rung, header, report)
    return records


def _without(
    found: list[Objection], records: list[Record], rung: str, header: Header, report: Report
) -> list[Record]:  # fmt: skip
    """The rows that are left; what stands against the others, and what is to be looked at, goes into the report."""
    headings = {column.key: header.cells[at] for at, column in header.at.items()}
    report.add(
        Finding(
            each.row,
            headings.get(each.key or "", each.key),
            None,
            each.severity,
            each.problem,
            each.do,
            each.allowed,
            rung,
        )
        for each in found
    )
    against = {each.row for each in found if each.severity == ERROR}
    return [each for each in records if each.row not in against] if against else records


def _body(header: Header, report: Report) -> Iterator[Row]:
    """The rows below the headings that say something; a last one that only counts is no row."""
    held: Row | None = None
    needed = header.needed
    first = needed[0] if needed else 0
    for number, cells in header.view.rows():
        if number <= header.row:
            continue
        says = (len(cells) > first and cells[first]) or any(at < len(cells) and cells[at] for at in needed)
        if not says and not any(map(str.strip, cells)):
            continue
        if held is not None:
            yield held
            held = None
        if not says and any(map(COUNTS.match, cells)):
            held = (number, cells)
        else:
            yield number, cells
    if held is not None:
        problem = "this last row only counts, and is no member's"
        report.add([Finding(held[0], None, None, NOTE, problem, "nothing: it is left out")])


def _ending(table: Table, header: Header, report: Report, columns: Columns) -> None:
    """What can only be said at the end."""
    report.add(_remarks(table.remarks))
    if table.remarks.ends_open and columns.last_is_short:
        problem = "the last row stops in the middle: the file was cut off"
        report.refuse(
            Finding(
                columns.last_row, None, None, ERROR, problem, "send it again: it did not arrive whole", (), "readable"
            )
        )
    elif not report.read:
        problem = "there are headings and nothing below them"
        report.add([Finding(header.row, None, None, WARNING, problem, "look whether the file was meant to be empty")])


def _remarks(remarks: Remarks) -> Iterator[Finding]:
    for problem, do in remarks.said.items():
        yield Finding(None, None, None, WARNING, problem, do, (), "readable")
    if remarks.formulas:
        problem = f"{remarks.formulas} cells hold formulas; what they showed last was read"
        yield Finding(None, None, None, WARNING, problem, "replace them by their values before sending", (), "readable")
