"""``wholeperson sweep explain``: the whole explanation of one member of a run, by the rules themselves."""

import argparse
from pathlib import Path
from typing import Any

from wholeperson.commands import inputs
from wholeperson.commands.check import chosen
from wholeperson.commands.options import add_habits, folder
from wholeperson.commands.output import ANSWERED, WRONG, coloured, print_json, print_text, tell
from wholeperson.commands.sweep_import import no_engine
from wholeperson.commands.telling import tell_check
from wholeperson.rules.case import Case
from wholeperson.rules.explain import AUDIENCES, check
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.words import Words

EPILOG = """
The same text and JSON as `wholeperson check`, from the store the run was made from. What the run said of the member is
laid beside it: a difference is told, and ends with exit code 1. There should never be one.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What explain takes."""
    parser.add_argument("result", metavar="O", help="the folder that run wrote")
    parser.add_argument("member", metavar="MEMBER", help="the member_id")
    parser.add_argument("--on", metavar="D", help="the day asked about (the run's when left out)")
    parser.add_argument(
        "--programme", "--program", action="append", metavar="ID", help="only this programme (may be given again)"
    )
    parser.add_argument("--full", action="store_true", help="show every criterion, not only those that decide")
    parser.add_argument(
        "--audience", choices=sorted(AUDIENCES), default="care", help="who will read it: others see no private reasons"
    )
    add_habits(parser, explains=True)


def run(options: argparse.Namespace) -> int:
    """Explain, and tell where the run said otherwise."""
    policy = load_policy(folder(options), language=options.lang)
    try:
        from wholeperson.sweep.report.one_member import Members
        from wholeperson.sweep.run.result import read_run
        from wholeperson.sweep.store.opening import open_store
    except ModuleNotFoundError as missing:
        raise no_engine(missing) from None
    words, out = Words(policy, options.lang), Path(options.result)
    told = read_run(out)
    store = open_store(Path(told["store"]))
    if told["store_fingerprint"] != store.fingerprint:
        raise _another_store(told["store"])
    report = explained(Members(out, store, policy), words, options)
    if options.json:
        print_json(report)
    else:
        print_text(tell_check(report, words, colour=coloured(), full=options.full))
    for each in report["run"]["differs"]:
        shown = f" was {each['run']}, is {each['reference']}" if "run" in each else ""
        tell(f"the run said otherwise of {each['programme']}: {each['said']}{shown}")
    if report["run"]["not_compared"]:
        tell(f"not compared with the run: {report['run']['not_compared']}")
    return WRONG if report["run"]["differs"] else ANSWERED


def explained(members: Any, words: Words, options: argparse.Namespace) -> dict[str, Any]:
    """What ``check`` says of the member, and under ``run`` what the run said otherwise. ``members``: the opened run."""
    from wholeperson.sweep.report.one_member import differences

    policy, on = words.policy, inputs.day(options.on or members.told["on"], "--on")
    wanted = chosen(options.programme, policy, options.audience)
    person, said = members.find(options.member)
    case = Case(policy, person, on=on)
    report = check(case, wanted, words, audience="care")
    reason = _not_compared(members.told, policy, on.isoformat())
    found = [] if reason else differences(report, said)
    if options.audience != "care":
        report = check(case, wanted, words, audience=options.audience)
        found = [{"programme": each["programme"], "said": each["said"]} for each in found]
    report["run"] = {"on": members.told["on"], "differs": found, "not_compared": reason}
    return report


def _not_compared(told: dict[str, Any], policy: Policy, on: str) -> str | None:
    """Why what the run said cannot be laid beside this explanation, or None."""
    if told["on"] != on:
        return f"it decided for {told['on']}"
    if told["policy_version"] != policy.version:
        return "the policy has changed since"
    return None


def _another_store(name: str) -> Refused:
    problem, why = "the store has been imported anew since this run", "it would explain other data than were swept"
    return Refused(Problem("another_store", problem, why, "run the sweep again", Where(name)))
