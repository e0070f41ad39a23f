"""What the rules answer about the members of the demo, so that their pages say something from the first day."""

from collections.abc import Iterable
from datetime import date, datetime

from wholeperson.casework.eligibility import actions
from wholeperson.casework.members.models import Member
from wholeperson.record.actors import System

RULES = System("demo", frozenset({actions.MAKE}))


def fill(members: Iterable[Member], *, on: date, at: datetime) -> None:
    for member in members:
        actions.determine(member=member, by=RULES, on=on, at=at)
