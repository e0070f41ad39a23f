"""``wholeperson sweep reasons``: every member's answers with their reasons, as a table."""

import argparse
from pathlib import Path
from typing import Any

from wholeperson.commands.options import add_habits, one_of
from wholeperson.commands.output import ANSWERED, print_json, print_text, tell
from wholeperson.commands.sweep_import import no_engine, settle_memory
from wholeperson.rules.answers import WORDS
from wholeperson.rules.problems import Problem, Refused, Where

SCHEMA = "wholeperson/sweep-reasons@1"
EPILOG = """
One row a member and program: member_id, programme, answer, available, because, missing, settled_by, version. In a CSV
the lists are joined with semicolons. A whole membership with all programs is long: name a program, or --answer yes.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What reasons takes."""
    parser.add_argument("result", metavar="O", help="the folder that run wrote")
    parser.add_argument(
        "--programme", "--program", action="append", metavar="ID", help="only this programme (may be given again)"
    )
    parser.add_argument("--answer", choices=WORDS[::-1], help="only members with this answer")
    parser.add_argument("--out", metavar="F", required=True, help="the file to write, ending in .parquet or .csv")
    parser.add_argument("--memory", metavar="SIZE", help="no more memory than this: 500MB, 4GB")
    parser.add_argument("--threads", metavar="N", type=int, help="how many processors to use")
    add_habits(parser)


def run(options: argparse.Namespace) -> int:
    """Write and tell."""
    settle_memory(options.memory)
    path = Path(options.out)
    try:
        from wholeperson.sweep.limits import machine_permitting
        from wholeperson.sweep.report.reasons import ENDINGS, write_reasons
        from wholeperson.sweep.run.result import Result
    except ModuleNotFoundError as missing:
        raise no_engine(missing) from None
    if path.suffix not in ENDINGS or not path.parent.is_dir():
        raise _not_a_file(options.out, ENDINGS)
    with (
        machine_permitting(),
        Result(Path(options.result), memory=options.memory, threads=options.threads) as result,
    ):
        for each in options.programme or ():
            one_of(each, result.programmes, "programme")
        wanted = list(dict.fromkeys(options.programme or result.programmes))
        tell(f"writing the reasons of {result.told['members']:,} members for {len(wanted)} programs")
        rows = write_reasons(result, path, wanted, options.answer)
    report: dict[str, Any] = {"schema": SCHEMA, "out": options.out, "rows": rows}
    if options.json:
        print_json(report)
    else:
        print_text(f"{rows:,} rows in {options.out}")
    return ANSWERED


def _not_a_file(name: str, endings: tuple[str, ...]) -> Refused:
    problem, why = f"{name[:60]} cannot be written", "the ending says how to write it, and its folder has to be there"
    return Refused(Problem("not_a_file", problem, why, "name a .parquet or .csv file", Where("--out"), endings))
