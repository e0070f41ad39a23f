"""``wholeperson migrate``: bring the database and the files of the pages to this version. Once or again.

On PostgreSQL WHOLEPERSON_OWNER_URL names the role that owns the tables; the one of DATABASE_URL then gets what it needs
to serve pages, and owns nothing.
"""

import os
from datetime import datetime
from urllib.parse import unquote, urlsplit

from wholeperson import clock
from wholeperson.commands.django_room import open_rooms
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, print_json, print_text


def run(arguments: list[str]) -> int:
    """Migrate and tell."""
    options = parser().parse_args(arguments)
    served_from = os.environ.get("DATABASE_URL", "")
    owned_from = os.environ.get("WHOLEPERSON_OWNER_URL", "")
    os.environ["DATABASE_URL"] = owned_from or served_from
    open_rooms(options)
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if owned_from:
        _grant(served_from)
    close_to_family(at=clock.now())
    _index()
    if settings.STATIC_ROOT:  # a demo serves the files of the pages where they lie
        call_command("collectstatic", interactive=False, verbosity=0)
    if options.json:
        print_json({"schema": "wholeperson/migrate@1", "migrated": True})
    else:
        print_text("the database and the files of the pages are at this version")
    return ANSWERED


def _grant(served_from: str) -> None:
    from wholeperson.record.grants import grant_to

    grant_to(unquote(urlsplit(served_from).username or ""))


def close_to_family(*, at: datetime) -> None:
    """What family was let see of a minor before that was the minor's own: closed before anybody is served."""
    from wholeperson.casework.members.actions import keep_what_is_a_minors

    while keep_what_is_a_minors(at=at):
        continue


def _index() -> None:
    """What the search knows of the policy of this version."""
    from wholeperson.handbook.search import actions

    actions.refresh(at=clock.now())


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson migrate", description=__doc__)
    add_habits(made)
    return made
