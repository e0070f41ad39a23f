"""``wholeperson tick``: do once what is due now, and end; for a machine whose own clock calls it."""

from wholeperson import clock
from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, print_json, print_text


def run(arguments: list[str]) -> int:
    """Do what is due, and tell how much it was."""
    options = parser().parse_args(arguments)
    open_rooms(options)
    require_migrated()
    from wholeperson.record import work

    done = work.once(at=clock.now())
    if options.json:
        print_json({"schema": "wholeperson/tick@1", "done": done})
    else:
        print_text("\n".join(f"{part}: {count}" for part, count in done.items()))
    return ANSWERED


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson tick", description=__doc__)
    add_habits(made)
    return made
