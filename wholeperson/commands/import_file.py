"""``wholeperson import F --layout L``: check a plan's file, and make members and cases of the rows that are right."""

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from wholeperson import clock
from wholeperson.commands import partners
from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.inputs import LARGEST
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits, one_of
from wholeperson.commands.output import ANSWERED, WRONG, print_json, print_text
from wholeperson.rules.problems import Problem, Refused, Where

WORDS = frozenset({"exchange.receive", "member.register", "care.assign", "authorization.record"})


def run(arguments: list[str]) -> int:
    """Load it, or with --dry-run only tell what would be done."""
    options = parser().parse_args(arguments)
    content = _content(options.file)
    open_rooms(options)
    require_migrated()
    from wholeperson.exchange.layouts import LOADED, layouts

    loadable = {name: each for name, each in layouts().items() if each.file in LOADED}
    one_of(options.layout, loadable, "layout")
    layout = loadable[options.layout]
    plan, provider = partners.plan(options.plan or layout.plan), partners.provider(options.provider)
    if options.dry_run or not content:  # nothing can be kept of an empty file; it is told as any rejected one
        told = {"dry_run": options.dry_run, "loaded": False, **_judged(content, layout)}
    else:
        told = _load(_called(options.file), content, provider, plan, layout)
    _tell(told, as_json=options.json)
    return WRONG if told["outcome"] in ("partly", "rejected") else ANSWERED


def _called(name: str) -> str:
    return "stdin" if name == "-" else Path(name).name


def _judged(content: bytes, layout: Any) -> dict[str, Any]:
    from wholeperson.exchange.actions.receiving import judge

    return judge(content, layout, clock.today()).as_json()


def _load(name: str, content: bytes, provider: Any, plan: Any, layout: Any) -> dict[str, Any]:
    from wholeperson.exchange.actions import Came, load, receive
    from wholeperson.record.actors import System
    from wholeperson.record.documents import Received

    by, at = System("import", WORDS), clock.now()
    found, _is_new = receive(Came(Received(name, content), provider, plan, layout), by=by, at=at)
    known = found.status == "loaded"
    if not known and found.outcome != "rejected":
        found = load(found, by=by, at=at)
    told: dict[str, Any] = json.loads(found.report)
    return {"file": found.public_id, "dry_run": False, "loaded": found.status == "loaded", "again": known, **told}


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json({"schema": "wholeperson/import@1", **told})
        return
    rows = told["rows"]
    done = (
        "loaded before; nothing was done" if told.get("again") else "loaded" if told["loaded"] else "nothing was done"
    )
    print_text(f"{told['outcome'].replace('_', ' ')}: {rows['kept']} of {rows['read']} rows are right; {done}")
    for one in told["findings"][:40]:
        where = f"row {one['row']}" if one["row"] else "the file"
        print_text(f"{one['severity']}: {where}, {one['column'] or 'no column'}: {one['problem']}; {one['do']}")


def _content(name: str) -> bytes:
    try:
        with contextlib.ExitStack() as stack:
            came = sys.stdin.buffer if name == "-" else stack.enter_context(Path(name).open("rb"))
            return came.read(LARGEST + 1)  # one more than we keep: then it is refused for its size
    except (OSError, ValueError) as failed:
        reason = getattr(failed, "strerror", None) or "it cannot be opened"
        problem = f"there is nothing to read: {reason}"
        raise Refused(
            Problem(
                "no_file",
                problem,
                "a plan's file is loaded from a file",
                "name one that is there, or - for stdin",
                Where(name),
            )
        ) from None


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson import", description=__doc__)
    add_habits(made)
    made.add_argument("file", metavar="F", help="the file as the plan sent it; - for stdin")
    made.add_argument("--layout", metavar="L", required=True, help="the layout it should have, such as mif")
    made.add_argument(
        "--plan", metavar="P", help="from which plan; not needed where the layout or the house has one only"
    )
    made.add_argument("--provider", metavar="NPI", help="for which provider; not needed where there is one only")
    made.add_argument("--dry-run", action="store_true", help="tell what would be done, and do nothing")
    return made
