"""``wholeperson sweep import``: a plan's tables, checked, become the store that sweeps run on."""

import argparse
import re
import shutil
from pathlib import Path
from typing import Any

from wholeperson.commands.options import add_habits, folder
from wholeperson.commands.output import ANSWERED, print_json, print_text, tell
from wholeperson.rules.problems import PART_IS_MISSING, Problem, Refused, Where
from wholeperson.rules.reading.cache import load_policy

SCHEMA = "wholeperson/sweep-import@1"
EPILOG = """
IN holds members, coverage, medical_claim, pharmacy_claim, facts and spells, each .parquet or .csv, and complete.csv.
docs/data-dictionary.md has every column. A row that cannot be used is set aside, counted, and listed in
STORE/set_aside.parquet with what would be allowed. Started again after a stop, the same command goes on. A folder with
Synthea's CSV export or FHIR R4 in NDJSON is translated first; what has no place in the tables is named and counted.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What import takes."""
    parser.add_argument("input", metavar="IN", help="the folder with the tables")
    parser.add_argument("--store", metavar="S", required=True, help="the folder to write; an older store is replaced")
    parser.add_argument("--memory", metavar="SIZE", help="no more memory than this: 500MB, 4GB")
    parser.add_argument("--threads", metavar="N", type=int, help="how many processors to use")
    add_habits(parser)


def run(options: argparse.Namespace) -> int:
    """Import and tell."""
    settle_memory(options.memory)
    settle_threads(options.threads)
    policy = load_policy(folder(options))
    try:
        from wholeperson.commands.foreign import translate
        from wholeperson.sweep.input.whole import Setting, import_tables
    except ModuleNotFoundError as missing:
        raise no_engine(missing) from None
    setting, store = Setting(options.memory, options.threads, tell), Path(options.store)
    beside = store.with_name(f".{store.name}.translated")
    foreign = translate(Path(options.input), beside, policy)
    done = import_tables(foreign.folder if foreign else Path(options.input), store, policy, setting)
    shutil.rmtree(beside, ignore_errors=True)
    report = {
        "schema": SCHEMA,
        "store": options.store,
        "members": done.members,
        "translated": foreign.kind if foreign else None,
        "tables": done.tables,
        "absent": done.absent,
        "not_mapped": foreign.not_mapped if foreign else [],
    }
    if options.json:
        print_json(report)
    else:
        print_text(_text(report))
    return ANSWERED


def settle_memory(size: str | None) -> None:
    """Refuse what is not a size."""
    if size is not None and not re.fullmatch(r"[1-9][0-9]{0,6} ?[KMGT]B", size):
        problem, why = f"{size[:40]} is not a size", "the engine could not keep to it"
        do = "write a number and MB or GB"
        raise Refused(Problem("not_a_size", problem, why, do, Where("--memory"), ("500MB", "4GB")))


def settle_threads(threads: int | None) -> None:
    """Refuse a number that is none."""
    if threads is not None and not 1 <= threads <= 1024:
        problem, why = f"{threads} is no number of processors", "nothing could run"
        raise Refused(Problem("not_a_number", problem, why, "write a number from 1 on", Where("--threads"), ("2",)))


def no_engine(missing: ModuleNotFoundError) -> Refused:
    """What to install when the engine is not there."""
    problem, why = f"{missing.name} is not installed", "a membership is read and swept by it"
    return Refused(Problem(PART_IS_MISSING, problem, why, "pip install 'wholeperson[sweep]'"))


def _text(report: dict[str, Any]) -> str:
    counts = ("read", "kept", "set_aside", "duplicates", "reversed")
    head = f"{'table':<16}" + "".join(f"{each.replace('_', ' '):>14}" for each in counts)
    rows = [
        f"{name:<16}" + "".join(f"{each.get(key, 0):>14,}" for key in counts) for name, each in report["tables"].items()
    ]
    unknown = [
        f"{name}: not read: {', '.join(_with_nearest(each))}"
        for name, each in report["tables"].items()
        if each["unknown_columns"]
    ]
    absent = [f"not there: {', '.join(report['absent'])}"] if report["absent"] else []
    absent += [f"no place for {each['count']:,}: {each['path']}: {each['reason']}" for each in report["not_mapped"]]
    if "pharmacy_claim" in report["tables"]:
        absent.append("pharmacy_claim: checked and counted; no rule of this policy rests on it")
    return "\n".join([f"{report['members']:,} members in {report['store']}", "", head, *rows, *unknown, *absent])


def _with_nearest(table: dict[str, Any]) -> list[str]:
    """Columns that nobody reads, with the one that each may have been meant for."""
    meant = table["looks_like"]
    return [f"{each} (is it {meant[each]}?)" if each in meant else each for each in table["unknown_columns"]]
