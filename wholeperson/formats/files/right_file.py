"""Is it the file it is said to be, or else which: the second and third rung of the check."""

from collections.abc import Iterable, Iterator
from itertools import islice

from wholeperson.formats.files.findings import Finding, Report
from wholeperson.formats.files.guard import unguarded
from wholeperson.formats.files.header import LOOK_FOR, First, Header, Spellings, lookalikes, read_nearly
from wholeperson.formats.files.layout import ALWAYS, EXPECTED, Column, Layout, Layouts, squeezed
from wholeperson.formats.files.table import Row, Table, Unreadable, View
from wholeperson.formats.files.values import ERROR, NOTE, WARNING

CLEARLY = 6  # so much better must another layout fit before we say that the file is another
Seen = list[First]


def find_header(table: Table, layouts: Layouts, layout: Layout | None, report: Report) -> Header | None:
    """The headings as the layout reads them, or as the one of all that fits; None when the report refuses the file."""
    seen = _first_rows(table.views)
    tried = [*layouts.values(), *([layout] if layout and layout.id not in layouts else [])]
    every = [made for each in map(Spellings, tried) for first in seen if (made := each.header(first))]
    best = _best([each for each in every if layout is None or each.layout.id == layout.id], seen)
    if best is not None:
        read_nearly(best)
    refusal = _another(best, every, seen) if layout else None
    refusal = refusal or (_unfit(best) if best else _no_headings(layout, layouts))
    if best is not None:
        _tell(best, table, report)
    if refusal is not None:
        report.refuse(refusal)
        return None
    return best


def _first_rows(views: Iterable[View]) -> Seen:
    """What each view begins with. A view that cannot be read is left out while another can."""
    seen: Seen = []
    broken: Unreadable | None = None
    for view in views:
        rows: list[Row] = []
        try:
            for row in islice(view.rows(), LOOK_FOR):
                rows.append(row)
        except Unreadable as failed:
            broken = broken or failed
        seen.append(First(view, rows, [[squeezed(unguarded(cell)) for cell in cells] for _, cells in rows]))
    if broken is not None and not any(first.rows for first in seen):
        raise broken
    return seen


def _best(found: list[Header], seen: Seen) -> Header | None:
    """The reading that fits best. Of layouts that fit alike, the one whose plan the rows name, else the generic one."""
    if not found:
        return None
    highest = max(each.score for each in found)
    alike = [each for each in found if each.score == highest]
    named = [each for each in alike if _names(each, seen)]
    return min(named or alike, key=lambda each: (each.layout.plan is not None, each.layout.id))


def _names(header: Header, seen: Seen) -> bool:
    """Whether the first rows below name the layout's plan."""
    names = {squeezed(each) for each in header.layout.plan_names}
    at = [at for at, column in header.at.items() if column.role == "plan"]
    rows = next(first.rows for first in seen if first.view is header.view)
    below = [cells for number, cells in rows if number > header.row]
    return any(squeezed(cells[each]) in names for cells in below for each in at if each < len(cells) and cells[each])


def _another(mine: Header | None, every: list[Header], seen: Seen) -> Finding | None:
    """Another file, or another plan's, than the one it was said to be."""
    best = _best(every, seen)
    if best is None or (mine is not None and not _clearly(best, mine)):
        return None
    problem = f"this is not the file it was said to be: it looks like {best.layout.name}"
    return Finding(best.row, None, None, ERROR, problem, "name the layout that it is, or send the right file",
                   (best.layout.id,), "right_file")  # fmt: skip


def _clearly(best: Header, mine: Header) -> bool:
    other_plan = best.layout.plan is not None and best.layout.plan != mine.layout.plan
    if best.layout.id == mine.layout.id or (best.layout.file == mine.layout.file and not other_plan):
        return False
    if len(best.at) < len(mine.at):  # a short file of a wide layout is not the narrow one that explains less of it
        return False
    return best.score[0] >= mine.score[0] + CLEARLY


def _no_headings(layout: Layout | None, layouts: Layouts) -> Finding:
    problem = f"no row among the first {LOOK_FOR} has the headings of {layout.name if layout else 'any file we know'}"
    wanted = [each.head for each in layout.columns if each.required != "optional"] if layout else list(layouts)
    return Finding(None, None, None, ERROR, problem, "put the headings above the rows", tuple(wanted), "columns")


def _unfit(header: Header) -> Finding | None:
    """Why nothing can be read though the headings are known: an identifier is missing, or two columns are one."""
    for key, names in header.twice.items():
        column = header.layout.by_key[key]
        problem = f"{len(names)} columns are headed as {column.head}"
        do = "rename or remove all but one: which of them is right cannot be guessed"
        return Finding(header.row, names[0], None, ERROR, problem, do, (column.head,), "columns")
    missing = [each for each in header.missing if each.required == ALWAYS and each.when is None]
    return _missing(header, missing[0]) if missing else None


def _missing(header: Header, column: Column) -> Finding:
    like = lookalikes(column, header.ignored)
    problem = f"there is no column {column.head}"
    if like:
        problem += f"; {like[0][:60]} may be meant" + (
            ", but what identifies somebody is never guessed" if column.identifier else ""
        )
    do = "head the column in one of these ways"
    return Finding(
        header.row, like[0][:60] if like else None, None, ERROR, problem, do, (column.head, *column.also), "columns"
    )


def _tell(header: Header, table: Table, report: Report) -> None:
    report.layout, report.header_row = header.layout.id, header.row
    report.view, report.headings = header.view.label, header.cells
    report.sheet = header.view.label if table.kind == "xlsx" else None
    report.columns = {header.cells[at]: column.key for at, column in sorted(header.at.items())}
    report.ignored = header.ignored


def header_findings(header: Header) -> Iterator[Finding]:
    """What is odd about headings that can be read: misspelt, missed, unknown."""
    for at, column in header.typos.items():
        problem = f"this is read as {column.head}"
        yield Finding(
            header.row, header.cells[at], None, WARNING, problem, "correct the heading", (column.head,), "columns"
        )
    for column in header.missing:
        if column.required == EXPECTED:
            problem = f"there is no column {column.head}"
            like = (
                (f"head one of these as {column.head}: " + ", ".join(lookalikes(column, header.ignored)))
                if lookalikes(column, header.ignored)
                else "ask for it"
            )
            yield Finding(header.row, column.head, None, WARNING, problem, like, (column.head, *column.also), "columns")
    for heading in header.ignored:
        problem = "this column is not part of the layout, and is not read"
        yield Finding(
            header.row, heading, None, NOTE, problem, "nothing, unless it was meant to be another", (), "columns"
        )
