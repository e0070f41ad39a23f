"""Who is held in the demo's jail, and what it said of when they leave: mostly that nobody knows."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from wholeperson import clock
from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import stand
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Member
from wholeperson.casework.releases import actions, queries
from wholeperson.record.actors import System

MAKER = System("demo", frozenset({"member.relate"}))
SAID_AGO = timedelta(days=9)
UNKNOWN, UNSAID = "unknown", "unsaid"
# each one's days until they leave, as it was said nine days ago; some were to have left
HELD: list[int | str] = [5, -2, 23, UNKNOWN, UNSAID, 70, UNKNOWN, UNSAID]


def fill(jail: Organisation, kurt: Person, held: Iterable[Member], *, at: datetime) -> None:
    for member, leaves in zip(held, HELD, strict=False):
        since = clock.in_california(at) - timedelta(days=40)
        members.relate(
            member, organisation=jail, reason="facility_case", scope="sensitive", since=since, by=MAKER, at=at
        )
        if leaves != UNSAID:
            say(member, leaves, kurt, at=at)


def say(member: Member, leaves: int | str, kurt: Person, *, at: datetime) -> None:
    """What was said of the day, nine days ago."""
    today = clock.in_california(at)
    day: date | None = today + timedelta(days=leaves) if isinstance(leaves, int) else None
    by = stand(kurt, on=today, at=at)
    if stay := queries.stay_of(by, member):
        actions.tell(stay, day, by=by, at=at - SAID_AGO)
