"""``wholeperson invite``: let somebody in by a link, the first administrator of an installation above all.

Prints the link once; it works once, for seven days. An organization that is not there yet is added.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from wholeperson import clock
from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, print_json, print_text
from wholeperson.rules.problems import Problem, Refused, Where

if TYPE_CHECKING:
    from wholeperson.access.models import Organisation
    from wholeperson.record.actors import System


def run(arguments: list[str]) -> int:
    """Invite and print the link."""
    options = parser().parse_args(arguments)
    open_rooms(options)
    require_migrated()
    from django.db import transaction

    from wholeperson.access import actions
    from wholeperson.record.actors import System

    now = clock.now()
    by = System("the command line", frozenset({"organisation.change", "person.change"}))
    with transaction.atomic():
        home = _organisation(options.organization, options.kind, options.house, by, now)
        made, token = actions.invite(
            organisation=home, email=options.email, role=options.role, since=clock.in_california(now), by=by, at=now
        )
    link = f"{options.site.rstrip('/')}/invitation/{token}/"
    if options.json:
        print_json({"schema": "wholeperson/invite@1", "link": link, "expires_at": made.expires_at.isoformat()})
    else:
        print_text(link)
    return ANSWERED


def _organisation(name: str, kind: str, is_house: bool, by: "System", at: datetime) -> "Organisation":
    from wholeperson.access import actions
    from wholeperson.access.kinds import KINDS
    from wholeperson.access.models import Organisation

    if there := Organisation.objects.filter(name=name).first():
        return there
    if kind not in KINDS:
        why = "who can have which role there depends on it"
        do = "say its kind with --kind"
        raise Refused(Problem("no_such_kind", f"{name} is new here", why, do, Where("--kind"), tuple(KINDS)))
    return actions.add_organisation(name=name, kind=kind, is_house=is_house, by=by, at=at)


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson invite", description=__doc__)
    add_habits(made)
    made.add_argument("email", help="the address they will sign in with")
    made.add_argument("--organization", required=True, help="its name")
    made.add_argument("--kind", default="", help="what it is, where it is not there yet; a wrong one lists them")
    made.add_argument("--house", action="store_true", help="it runs this installation: its administrators add others")
    made.add_argument("--role", default="administrator", help="what they will be there (administrator)")
    made.add_argument("--site", default="http://localhost:8000", help="where the site is (http://localhost:8000)")
    return made
