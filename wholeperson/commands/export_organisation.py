"""``wholeperson export-organisation ID FILE``: all that one organization owns, in one file for it to keep."""

from pathlib import Path

from wholeperson import clock
from wholeperson.commands.backup import as_owner
from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, print_json, print_text
from wholeperson.rules.problems import Problem, Refused, Where


def run(arguments: list[str]) -> int:
    """Write the file and tell what is in it."""
    options = parser().parse_args(arguments)
    as_owner()
    open_rooms(options)
    require_migrated()
    from wholeperson.access.models import Organisation
    from wholeperson.desk import belongings
    from wholeperson.record.actors import System

    organisation = Organisation.objects.filter(public_id=options.id).first()
    if organisation is None:
        raise Refused(_unknown(options.id))
    if Path(options.file).exists():
        raise Refused(_exists(options.file))
    counts = belongings.hand_over(organisation, Path(options.file), by=System("command line"), at=clock.now())
    if options.json:
        print_json({"schema": "wholeperson/export-organisation@1", "file": options.file, "rows": counts})
    else:
        print_text("\n".join(f"{label}: {count}" for label, count in counts.items()))
    return ANSWERED


def _unknown(public_id: str) -> Problem:
    return Problem(
        "unknown_organisation",
        f"there is no organization {public_id[:40]}",
        "its data would be somebody else's",
        "take the id from the address of its page, such as org-7k3f9q2m8x",
        Where("ID"),
    )


def _exists(file: str) -> Problem:
    return Problem("exists", f"{file} exists", "nothing is written over", "name another file", Where(file))


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson export-organisation", description=__doc__)
    add_habits(made)
    made.add_argument("id", metavar="ID", help="its public id, such as org-7k3f9q2m8x")
    made.add_argument("file", metavar="FILE", help="where to write it; a ZIP file that is not there yet")
    return made
