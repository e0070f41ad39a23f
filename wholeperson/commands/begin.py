"""``wholeperson begin``: the first administrator of an empty installation, and the link by which they come in."""

from wholeperson import clock
from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, print_json, print_text
from wholeperson.rules.problems import Problem, Refused, Where


def run(arguments: list[str]) -> int:
    """Make the house and invite its administrator; refused where anybody is already."""
    options = parser().parse_args(arguments)
    open_rooms()
    require_migrated()
    link = f"{options.address.rstrip('/')}{_begin(options.house, options.email)}"
    if options.json:
        print_json({"schema": "wholeperson/begin@1", "link": link})
    else:
        print_text(f"Open this within 7 days; it works once:\n{link}")
    return ANSWERED


def _begin(house: str, email: str) -> str:
    """The path of the invitation."""
    from django.db import transaction
    from django.urls import reverse

    from wholeperson.access import actions
    from wholeperson.access.models import Organisation, Person
    from wholeperson.record.actors import System

    now, us = clock.now(), System("begin", frozenset({"organisation.change", "person.change"}))
    with transaction.atomic():
        if Person.objects.exists() or Organisation.objects.exists():
            raise Refused(_begun())
        made = actions.add_organisation(name=house, kind="community_organisation", by=us, at=now, is_house=True)
        role, since = "administrator", clock.in_california(now)
        _, token = actions.invite(organisation=made, email=email, role=role, since=since, by=us, at=now)
    return reverse("invitation_link", args=[token])


def _begun() -> Problem:
    return Problem(
        "begun",
        "there are people here already",
        "a second way in would go past those who look after the first",
        "ask an administrator to invite you",
        Where("database"),
    )


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson begin", description=__doc__)
    add_habits(made)
    made.add_argument("--house", required=True, metavar="NAME", help="the organization that runs this installation")
    made.add_argument("--email", required=True, metavar="ADDRESS", help="of its first administrator")
    made.add_argument("--address", required=True, metavar="URL", help="of the site, as https://care.example.org")
    return made
