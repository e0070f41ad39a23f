"""``wholeperson file``: plans' files without a database: the layouts there are, a sample of one, a check."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from wholeperson.commands.file_layouts import read_layouts
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits, folder, not_twice, one_of
from wholeperson.commands.output import ANSWERED, WRONG, print_json, print_text
from wholeperson.formats.files.checking import check
from wholeperson.formats.files.findings import Finding, Report
from wholeperson.formats.files.layout import Layout, Layouts
from wholeperson.rules.problems import PART_IS_MISSING, Problem, Refused, Where

MOST_ROWS = 1_000_000
LARGEST_SEED = 2**63 - 1
SHOWN = 40  # findings told to a person; --json has them all
PIECE = 1 << 20
ACTS = {
    "layouts": "the kinds of files that can be read and written, and how sure their columns are",
    "sample": "a file of invented people in a layout, to try with",
    "check": "read a file, and say what is wrong, where and what to do",
}


def run(arguments: list[str]) -> int:
    """Do what was asked for."""
    options = parser().parse_args(arguments)
    return {"layouts": _layouts, "sample": _sample, "check": _check}[options.what](options)


def parser() -> argparse.ArgumentParser:
    """What file takes."""
    made = Parser(prog="wholeperson file", description="Plans' files: layouts, samples, checks.", allow_abbrev=False)
    kinds = made.add_subparsers(dest="what", required=True, metavar="COMMAND", parser_class=Parser)
    for word, what in ACTS.items():
        one = kinds.add_parser(word, help=what, description=f"{what[0].upper()}{what[1:]}.", allow_abbrev=False)
        if word == "sample":
            one.add_argument("layout", metavar="LAYOUT", help="the id of a layout")
            one.add_argument("--rows", metavar="N", type=int, default=10, help="how many people")
            one.add_argument("--seed", metavar="S", type=int, default=1, help="the same seed gives the same bytes")
            one.add_argument(
                "--out", metavar="F", required=True, help="the file: .xlsx, .csv, .txt (with |) or .tsv; - for stdout"
            )
        if word == "check":
            one.add_argument("file", metavar="F", help="the file, or - for stdin")
            one.add_argument(
                "--layout", metavar="L", help="the layout it should have; without it the one that fits best"
            )
        add_habits(one)
    return made


# ── layouts ──


def _layouts(options: argparse.Namespace) -> int:
    layouts = read_layouts(folder(options))
    if options.json:
        print_json({"schema": "wholeperson/file-layouts@1", "layouts": [_described(each) for each in layouts.values()]})
        return ANSWERED
    width = max((len(name) for name in layouts), default=0)
    lines = [
        f"{each.id:<{width}}  {len(each.columns):>3} columns  {each.weakest:<11}  {each.name}"
        for each in layouts.values()
    ]
    print_text("\n".join(lines) or "there are no layouts")
    return ANSWERED


def _described(layout: Layout) -> dict[str, Any]:
    return {
        "id": layout.id,
        "name": layout.name,
        "file": layout.file,
        "plan": layout.plan,
        "like": layout.like,
        "version": layout.version,
        "direction": layout.direction,
        "one_row_for": layout.one_row_for,
        "says": layout.says,
        "caution": layout.caution or None,
        "rhythm": layout.rhythm or None,
        "kinds": list(layout.kinds),
        "unique": list(layout.unique),
        "confidence": layout.confidence,
        "weakest": layout.weakest,
        "needs_a_trial": layout.needs_a_trial,
        "cites": list(layout.cites),
        "columns": [_column(each) for each in layout.columns],
    }


def _column(column: Any) -> dict[str, Any]:
    return {
        "key": column.key,
        "head": column.head,
        "also": list(column.also),
        "type": column.type,
        "required": column.required,
        "when": {"key": column.when.key, "is": column.when.value} if column.when else None,
        "format": column.format,
        "width": column.width,
        "allowed": [words[0] for words in column.values.values()],
        "closed": column.closed,
        "identifier": column.identifier,
        "privacy": column.privacy,
        "confidence": column.confidence,
        "less_sure": dict(column.parts),
        "sheet": column.sheet or None,
        "cites": list(column.cites),
    }


# ── sample ──


def _sample(options: argparse.Namespace) -> int:
    not_twice(options)
    from wholeperson.formats.files.sample import records
    from wholeperson.formats.files.writing import kind_of, write

    layouts = read_layouts(folder(options))
    one_of(options.layout, layouts, "layout")
    _whole(options.rows, "--rows", MOST_ROWS)
    _whole(options.seed, "--seed", LARGEST_SEED)
    layout = layouts[options.layout]
    kind = kind_of(options.out, layout)
    try:
        with tempfile.TemporaryFile() as made:
            done = write(layout, records(layout, options.rows, options.seed), made, kind)
            _put(made, options.out)
    except ModuleNotFoundError as missing:
        raise no_writer(missing) from None
    if options.out == "-":
        return ANSWERED
    report = {"schema": "wholeperson/file-sample@1", "layout": layout.id, "rows": done.rows, "seed": options.seed,
              "kind": kind, "out": options.out}  # fmt: skip
    if options.json:
        print_json(report)
    else:
        print_text(f"{done.rows} invented rows of {layout.name} in {options.out}")
    return ANSWERED


def _put(made: BinaryIO, out: str) -> None:
    """Write beside and move, so that nobody finds half a file."""
    made.seek(0)
    if out == "-":
        shutil.copyfileobj(made, sys.stdout.buffer, PIECE)
        return
    path = Path(out)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as beside:
            shutil.copyfileobj(made, beside, PIECE)
        Path(beside.name).replace(path)
    except OSError as failed:
        reason = failed.strerror or "no reason given"
        problem = Problem("cannot_write", f"it cannot be written: {reason}", "there is nowhere to put the rows",
                          "name a file in a folder that is there", Where("--out"))  # fmt: skip
        raise Refused(problem) from None


def _whole(value: int, option: str, most: int) -> None:
    if not 0 <= value <= most:
        problem, why, do = f"{value} is out of reach", "nothing could be drawn", "write a number in reach"
        raise Refused(Problem("not_a_number", problem, why, do, Where(option), (f"0 to {most}",)))


def no_writer(missing: ModuleNotFoundError) -> Refused:
    """What to install when Excel cannot be written."""
    problem = f"{missing.name} is not installed"
    return Refused(
        Problem(PART_IS_MISSING, problem, "Excel is written by it", "pip install 'wholeperson[files]', or name a .csv")
    )


# ── check ──


def _check(options: argparse.Namespace) -> int:
    layouts = read_layouts(folder(options))
    one_of(options.layout, layouts, "layout")
    with _opened(options.file) as stream:
        report = check(stream, layouts, layouts[options.layout] if options.layout else None)
    if options.json:
        print_json({"schema": "wholeperson/file-check@1", **report.as_json()})
    else:
        print_text(_told(report, layouts))
    return WRONG if report.outcome in ("partly", "rejected") else ANSWERED


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """The file; what comes through a pipe is kept aside, since a check reads it more than once."""
    with ExitStack() as stack:
        try:
            stream: BinaryIO
            if name == "-":
                stream = stack.enter_context(tempfile.TemporaryFile())
                shutil.copyfileobj(sys.stdin.buffer if sys.stdin else stream, stream, PIECE)
            else:
                stream = stack.enter_context(Path(name).open("rb"))
        except (OSError, ValueError) as failed:
            reason = getattr(failed, "strerror", None) or "it cannot be opened"
            problem, why = f"there is nothing to read: {reason}", "a check reads a file"
            shown = Where("stdin" if name == "-" else name)
            raise Refused(Problem("no_file", problem, why, "name a file, or - for stdin", shown)) from None
        yield stream


def _told(report: Report, layouts: Layouts) -> str:
    name = layouts[report.layout].name if report.layout in layouts else "no layout we know"
    counted = f"{report.read} rows read, {report.kept} kept, {report.set_aside} set aside"
    head = f"{report.outcome.replace('_', ' ')}: {name}; {counted}"
    lines = [line for each in report.findings[:SHOWN] for line in _finding(each)]
    more = sum(report.counted.values()) - min(SHOWN, len(report.findings))
    return "\n".join([head, "", *lines, *([f"… and {more} more; --json has them"] if more else [])]).rstrip()


def _finding(finding: Finding) -> list[str]:
    place = ", ".join([*([f"row {finding.row}"] if finding.row else []), *([finding.column] if finding.column else [])])
    value = f" ({finding.value})" if finding.value else ""
    lines = [f"{finding.severity}: {place or 'the file'}{value}: {finding.problem}", f"  do: {finding.do}"]
    return [*lines, *([f"  allowed: {', '.join(finding.allowed[:8])}"] if finding.allowed else [])]
