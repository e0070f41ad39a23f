"""Plans' files: checking 100,000 rows beside reading them with the same reader; writing beside a bare workbook."""

import io
import resource
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import xlsxwriter

from benchmarks.run import Measured, rounded
from wholeperson.commands.file_layouts import read_layouts
from wholeperson.formats.files.checking import check
from wholeperson.formats.files.layout import Layout, Layouts
from wholeperson.formats.files.opening import open_table
from wholeperson.formats.files.sample import records
from wholeperson.formats.files.writing import cells, write

ROWS = 100_000
MEMBERS = 25_000  # of a return file
RUNS = 2


def measure() -> Measured:
    """Figures, ratios and bars of this order."""
    layouts = read_layouts(None)
    with TemporaryDirectory() as folder:
        text, text_of = checking(layouts, layouts["mif"], "csv", Path(folder) / "mif.csv")
        book, book_of = checking(layouts, layouts["otf"], "xlsx", Path(folder) / "otf.xlsx")
    ours, bare = writing(layouts["rtf"])
    figures = {
        "rows": float(ROWS),
        "csv_read_s": text_of,
        "csv_check_s": text,
        "xlsx_read_s": book_of,
        "xlsx_check_s": book,
        "return_file_members": float(MEMBERS),
        "return_file_xlsx_s": ours,
        "bare_xlsxwriter_s": bare,
        "largest_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    ratios = {
        "csv_check_over_reading": text / text_of,
        "xlsx_check_over_reading": book / book_of,
        "return_file_over_bare_xlsxwriter": ours / bare,
    }
    bars = {"csv_check_over_reading": 6.0, "xlsx_check_over_reading": 6.0, "return_file_xlsx_s": 60.0}
    return {"figures": _rounded(figures), "ratios": _rounded(ratios), "bars": bars}


def checking(layouts: Layouts, layout: Layout, kind: str, path: Path) -> tuple[float, float]:
    """Seconds to check a file, and to read its rows with the same reader; each the best of some, in turn."""
    with path.open("wb") as out:
        write(layout, records(layout, ROWS, 1), out, kind)

    def whole(stream: BinaryIO) -> None:
        report = check(stream, layouts, layout)
        assert (report.kept, report.outcome) == (ROWS, "accepted"), report.outcome

    def only_read(stream: BinaryIO) -> None:
        assert sum(1 for _ in open_table(stream).views[0].rows()) == ROWS + 1

    both = [(timed(lambda: _over(path, whole)), timed(lambda: _over(path, only_read))) for _ in range(RUNS)]
    return min(one for one, _ in both), min(other for _, other in both)


def writing(layout: Layout) -> tuple[float, float]:
    """Seconds to write a return file of a month, and to put the same cells into a workbook without us."""
    told = list(records(layout, MEMBERS, 1))
    rows = [[each.head for each in layout.columns], *(cells(layout, each) for each in told)]

    def bare() -> None:
        book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(at, place, cell)
        book.close()

    both = [(timed(lambda: write(layout, told, io.BytesIO(), "xlsx")), timed(bare)) for _ in range(RUNS)]
    return min(one for one, _ in both), min(other for _, other in both)


def _over(path: Path, work: Callable[[BinaryIO], None]) -> None:
    with path.open("rb") as stream:
        work(stream)


def timed(work: Callable[[], Any]) -> float:
    """Processor seconds of one run: another's work on the machine does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {key: rounded(value) for key, value in values.items()}
