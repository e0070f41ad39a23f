"""``wholeperson sweep run``: decide about every member of a store on one day."""

import argparse
from pathlib import Path
from typing import Any

from wholeperson.commands.inputs import day
from wholeperson.commands.options import add_habits, folder
from wholeperson.commands.output import ANSWERED, print_json, print_text, tell
from wholeperson.commands.sweep_import import no_engine, settle_memory, settle_threads
from wholeperson.rules.reading.cache import load_policy
from wholeperson.sweep.progress import spoken_of

SCHEMA = "wholeperson/sweep-run@1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What run takes."""
    parser.add_argument("store", metavar="S", help="the store that import wrote")
    parser.add_argument("--on", metavar="D", required=True, help="the day to decide for")
    parser.add_argument("--out", metavar="O", required=True, help="the folder to write; an older run is replaced")
    parser.add_argument("--engine", choices=("duckdb", "postgres", "spark", "reference"), default="duckdb")
    parser.add_argument("--since", metavar="O0", help="an earlier run, to tell what changed")
    parser.add_argument(
        "--audience",
        choices=("care", "plan", "others"),
        default="others",
        help="who reads the worklist and the report; others, unless said: to them no health reason is told",
    )
    parser.add_argument(
        "--leave-out", metavar="FILE", help="members the worklist leaves out: member_id,programme,reason,until"
    )
    parser.add_argument("--places", metavar="N|FILE", help="free places: a number, or a file with programme,places")
    parser.add_argument("--memory", metavar="SIZE", help="no more memory than this: 500MB, 4GB")
    parser.add_argument("--threads", metavar="N", type=int, help="how many processors to use")
    add_habits(parser)


def run(options: argparse.Namespace) -> int:
    """Run and tell."""
    settle_memory(options.memory)
    settle_threads(options.threads)
    on = day(options.on, "--on")
    policy = load_policy(folder(options))
    try:
        from wholeperson.sweep.limits import machine_permitting
        from wholeperson.sweep.report.worklist import Wish
        from wholeperson.sweep.run.whole import Setting
        from wholeperson.sweep.run.whole import run as sweep
    except ModuleNotFoundError as missing:
        raise no_engine(missing) from None
    wish = Wish(options.audience, Path(options.leave_out) if options.leave_out else None, options.places)
    since = Path(options.since) if options.since else None
    steps = ["beginning"]
    with machine_permitting(), spoken_of(lambda: steps[-1], tell):
        setting = Setting(options.engine, options.memory, options.threads, steps.append, wish, since)
        ran = sweep(policy, Path(options.store), on, Path(options.out), setting)
    report = {"schema": SCHEMA, "out": options.out, "on": on.isoformat(), "members": ran.plan.store.members,
              "states": ran.states, "programmes": {each.programme: counts(each) for each in ran.decided}}  # fmt: skip
    if options.json:
        print_json(report)
    else:
        print_text(_text(report))
    return ANSWERED


def counts(decided: Any) -> dict[str, int]:
    """Members by answer, and how many patterns that took."""
    made = {"yes": 0, "no": 0, "not_known": 0, "patterns": len(decided.patterns)}
    for pattern, members in decided.patterns:
        made[pattern.answer] += members
    return made


def _text(report: dict[str, Any]) -> str:
    everybody = max(report["members"], 1)
    head = f"{'programme':<32}{'yes':>12}{'no':>12}{'not known':>12}{'of all':>9}{'patterns':>10}"
    rows = [
        f"{name:<32}{each['yes']:>12,}{each['no']:>12,}{each['not_known']:>12,}{each['not_known'] / everybody:>9.1%}"
        f"{each['patterns']:>10,}"
        for name, each in report["programmes"].items()
    ]
    top = f"{report['members']:,} members on {report['on']} in {report['out']}: {report['states']:,} distinct states"
    return "\n".join([top, "", head, *rows])
