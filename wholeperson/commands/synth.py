"""``wholeperson synth``: an invented membership to try the sweep with, to show it and to measure it."""

import argparse
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wholeperson.clock import FIRST, LAST, today
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits, folder
from wholeperson.commands.output import ANSWERED, print_json, print_text, tell
from wholeperson.rules.calendar import as_day
from wholeperson.rules.problems import PART_IS_MISSING, Problem, Refused, Where
from wholeperson.rules.reading.cache import load_policy

if TYPE_CHECKING:
    from wholeperson.sweep.synth.membership import Made

SCHEMA = "wholeperson/synth@1"
MOST_MEMBERS = 50_000_000
LARGEST_SEED = 2**63 - 1
MOST_THREADS = 64
EPILOG = """
OUT gets members, coverage, medical_claim, facts and spells (Parquet) and complete.csv, in the form that
`wholeperson sweep import` reads, and planted.json: known persons at the edges of each program, with the answers that
the policy gives them. They come after the N drawn members. The same N, seed and day give the same bytes.
"""
OURS = frozenset({"members", "coverage", "medical_claim", "facts", "spells", "complete", "planted"})
QUIET = 2.0  # seconds before and between lines of progress


def run(arguments: list[str]) -> int:
    """Make it, and tell how much there is."""
    options = parser().parse_args(arguments)
    members = _whole(options.members, "--members", 1, MOST_MEMBERS)
    seed = _whole(options.seed, "--seed", 0, LARGEST_SEED)
    threads = _whole(options.threads, "--threads", 1, MOST_THREADS)
    on, out = settle_day(options.on), settle_folder(options.out)
    try:
        from wholeperson.sweep.synth.membership import Order, make_membership
    except ModuleNotFoundError as missing:
        raise _no_engine(missing) from None
    order = Order(members, seed, on, threads, as_csv=options.csv)
    made = make_membership(order, load_policy(folder(options)), out, _progress(members))
    if not made.planted:
        tell("planted.json is empty: its answers were written for the rules of another year")
    report = {"schema": SCHEMA, "out": options.out, "on": on.isoformat(), **_counts(members, seed, made)}
    if options.json:
        print_json(report)
    else:
        print_text(_text(report))
    return ANSWERED


def parser() -> argparse.ArgumentParser:
    """What synth takes."""
    made = Parser(
        prog="wholeperson synth",
        description="Make an invented membership.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("--members", metavar="N", required=True, help="how many members to draw")
    made.add_argument("--seed", metavar="S", required=True, help="a number; another one gives other members")
    made.add_argument(
        "--out", metavar="DIR", required=True, help="the folder to write; an older membership is replaced"
    )
    made.add_argument("--on", metavar="DAY", help="the day on which it is known so far (today when left out)")
    made.add_argument("--csv", action="store_true", help="write .csv in place of .parquet")
    made.add_argument("--threads", metavar="N", default="2", help="how many processors to use; the bytes stay the same")
    add_habits(made)
    return made


def settle_day(text: str | None) -> date:
    """The day asked for, or today."""
    if text is None:
        return today()
    day = as_day(text)
    if day is None or not FIRST + 100 <= day.year <= LAST:
        problem, do = f"{text[:40]} is no day between {FIRST + 100} and {LAST}", "write it as 2026-11-21"
        why = "everything is counted back from it"
        raise Refused(Problem("not_a_day", problem, why, do, Where("--on"), ("2026-11-21",)))
    return day


def settle_folder(text: str) -> Path:
    """A folder that is not there, or holds nothing but an older membership."""
    out = Path(text).absolute()
    if not out.name:
        raise _not_ours(text, "is the root of everything")
    if out.exists() and not out.is_dir():
        raise _not_ours(text, "is a file")
    strange = sorted(each.name for each in out.iterdir() if each.stem not in OURS) if out.exists() else []
    if strange:
        raise _not_ours(text, f"holds {strange[0][:60]}, which is no part of a membership")
    return out


def _not_ours(text: str, problem: str) -> Refused:
    why, do = "it would be replaced, and what is in it lost", "name a folder that is not there yet"
    return Refused(Problem("folder_in_use", f"{text[:100]} {problem}", why, do, Where("--out")))


def _whole(text: str, option: str, least: int, most: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1
    if not least <= number <= most:
        problem = f"{text[:40]} is no whole number from {least} to {most}"
        do, why = "write digits only", "the membership is made by it"
        raise Refused(Problem("not_a_number", problem, why, do, Where(option), (str(least), str(most))))
    return number


def _progress(members: int) -> Callable[[int], None]:
    """Says how far it is, once it has taken two seconds and then now and again."""
    said = time.perf_counter()

    def told(done: int) -> None:
        nonlocal said
        if time.perf_counter() - said > QUIET:
            said = time.perf_counter()
            tell(f"{done:,} of {members:,} members")

    return told


def _counts(members: int, seed: int, made: "Made") -> dict[str, Any]:
    return {"members": members, "seed": seed, "planted": made.planted, "tables": made.rows}


def _text(report: dict[str, Any]) -> str:
    rows = [f"  {name:<16}{count:>14,}" for name, count in report["tables"].items()]
    head = (
        f"{report['members']:,} members and {report['planted']:,} planted ones in {report['out']}, as of {report['on']}"
    )
    return "\n".join([head, *rows])


def _no_engine(missing: ModuleNotFoundError) -> Refused:
    problem, why = f"{missing.name} is not installed", "the membership is drawn and written by it"
    return Refused(Problem(PART_IS_MISSING, problem, why, "pip install 'wholeperson[sweep]'"))
