"""``wholeperson migrate``: bring the database to this version. Empty or full, once or again."""

from wholeperson.commands.django_room import open_rooms
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, print_json, print_text


def run(arguments: list[str]) -> int:
    """Migrate and tell."""
    options = parser().parse_args(arguments)
    open_rooms()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if options.json:
        print_json({"schema": "wholeperson/migrate@1", "migrated": True})
    else:
        print_text("the database is at this version")
    return ANSWERED


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson migrate", description=__doc__)
    add_habits(made)
    return made
