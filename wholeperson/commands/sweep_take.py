"""``wholeperson sweep take O --plan P``: keep what a run found, so that people can work through it on their pages."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wholeperson import clock
from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, print_json, print_text
from wholeperson.rules.problems import Problem, Refused, Where

if TYPE_CHECKING:
    from wholeperson.access.models import Organisation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What take takes."""
    parser.add_argument("result", metavar="O", help="the folder that run wrote")
    parser.add_argument("--plan", required=True, metavar="PLAN", help="whose members they are")
    parser.add_argument(
        "--system", default="cin", metavar="SYSTEM", help="the kind of number that stands for a member (cin)"
    )
    add_habits(parser)


def run(options: argparse.Namespace) -> int:
    """Take it in, and tell how many are known here."""
    from wholeperson.sweep.run.result import read_run

    folder = Path(options.result)
    told = read_run(folder)
    open_rooms(options)
    require_migrated()
    from wholeperson.casework.eligibility import actions, policies
    from wholeperson.record.actors import System
    from wholeperson.sweep.report.found import fingerprint, read_found

    on = date.fromisoformat(told["on"])
    sweep, is_new = actions.take_in(
        read_found(folder, policies.policy_on(on)), organisation=_plan(options.plan), on=on,
        policy_version=told["policy_version"], digest=fingerprint(folder), system=options.system,
        by=System("sweep take", frozenset({actions.TAKE})), at=clock.now(),
    )  # fmt: skip
    if options.json:
        counts = {"read": sweep.read, "kept": sweep.kept, "new": is_new}
        print_json({"schema": "wholeperson/sweep-take@1", "sweep": sweep.public_id, "on": told["on"], **counts})
    else:
        again = "" if is_new else "taken in before: "
        print_text(f"{again}{sweep.kept} of {sweep.read} lines are about members known here")
    return ANSWERED


def _plan(name: str) -> "Organisation":
    from wholeperson.access.models import Identifier

    rows = Identifier.objects.filter(system="plan", until=None).select_related("organisation")
    known = {row.value: row.organisation for row in rows if row.organisation}
    if name not in known:
        raise Refused(
            Problem(
                "unknown_plan",
                f"{name:.60} is no plan of this installation",
                "its members could not be found",
                "name one that is here",
                Where(path="--plan"),
                tuple(sorted(known)),
            )
        )
    return known[name]
