"""``wholeperson export LAYOUT --plan P --period 2026-10 --out F``: what a plan asks for at the end of a month."""

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from wholeperson import clock
from wholeperson.commands import partners
from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits, not_twice, one_of
from wholeperson.commands.output import ANSWERED, print_json, print_text, tell
from wholeperson.rules.calendar import as_day
from wholeperson.rules.problems import Problem, Refused, Where

WORDS = frozenset({"exchange.send"})
MADE = ("rtf", "otf", "cs_rtf")  # the kinds of files that are made so far
DRAFT = "this is a draft: the plan has not accepted a test file of this layout; keep the day on /exchange/ when it has"


def run(arguments: list[str]) -> int:
    """Make the file: as it went out, or, before the plan has accepted a test, as a draft that is kept nowhere."""
    options = parser().parse_args(arguments)
    not_twice(options)
    month = _month(options.period)
    open_rooms(options)
    require_migrated()
    from wholeperson.exchange.layouts import layout_of, layouts

    makeable = {name: each for name, each in layouts().items() if each.file in MADE}
    one_of(options.layout, makeable, "layout")
    plan, provider = partners.plan(options.plan), partners.provider(options.provider)
    layout = makeable[options.layout]
    layout = layout if layout.plan else layout_of(layout.file, plan)
    told = _made(options, layout, provider, plan, month)
    if options.json:
        print_json({"schema": "wholeperson/export@1", "layout": layout.id, "period": options.period, **told})
    elif options.out != "-":
        print_text(f"{told['rows']} rows of {layout.name} in {options.out}")
    return ANSWERED


def _made(options: argparse.Namespace, layout: Any, provider: Any, plan: Any, month: date) -> dict[str, Any]:
    from wholeperson.exchange import projections
    from wholeperson.exchange.actions import send, sending
    from wholeperson.formats.files.writing import kind_of
    from wholeperson.record.actors import System

    known_at, is_draft = clock.now(), layout.needs_a_trial and sending.trial(layout, provider, plan) is None
    if is_draft:
        tell(DRAFT)
    else:
        known_at = send(layout, provider, plan, month, by=System("export", WORDS), at=known_at).known_at
    kind = kind_of(options.out, layout)
    made = projections.make(layout, provider, plan, month, known_at=known_at, kind=kind)
    _put(made.content, options.out)
    for row, heading in made.written.guarded:
        tell(f"row {row}, {heading}: it began like a formula, and an apostrophe was put before it")
    return {"out": options.out, "rows": made.written.rows, "draft": is_draft}


def _put(content: bytes, out: str) -> None:
    """Written beside and moved, so that nobody finds half a file."""
    if out == "-":
        sys.stdout.buffer.write(content)
        return
    path = Path(out)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as beside:
            beside.write(content)
        Path(beside.name).replace(path)
    except (OSError, ValueError) as failed:
        problem = f"it cannot be written: {getattr(failed, 'strerror', None) or 'no such place'}"
        do = "name a file in a folder that is there"
        raise Refused(Problem("cannot_write", problem, "there is nowhere to put it", do, Where("--out"))) from None


def _month(text: str) -> date:
    month = as_day(f"{text}-01")
    if month is None or not month.year >= clock.FIRST:
        problem, why = f"{text[:20]} is no month", "a file is of one month"
        raise Refused(Problem("no_month", problem, why, "write it like 2026-10", Where("--period")))
    if month > clock.today():
        problem, why = f"{text} has not begun", "a file tells what was done, and nothing was"
        raise Refused(Problem("month_to_come", problem, why, "name a month that has begun", Where("--period")))
    return month


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson export", description=__doc__)
    add_habits(made)
    made.add_argument(
        "layout", metavar="LAYOUT", help="the layout, such as rtf; the plan's own is taken where it has one"
    )
    made.add_argument("--plan", metavar="P", required=True, help="for which plan")
    made.add_argument("--provider", metavar="NPI", help="of which provider; not needed where there is one only")
    made.add_argument("--period", metavar="MONTH", required=True, help="the month, such as 2026-10")
    made.add_argument("--out", metavar="F", required=True, help="the file; - for stdout")
    return made
