"""What the rules answer about the members of the demo, and what a sweep of its plan found: pages that say something."""

from collections.abc import Mapping
from datetime import date, datetime

from wholeperson.access.models import Organisation
from wholeperson.casework.eligibility import actions
from wholeperson.casework.members.models import Member
from wholeperson.record.actors import System
from wholeperson.site.demo import people
from wholeperson.sweep.report.found import Found

RULES = System("demo", frozenset({actions.MAKE, actions.TAKE}))


def fill(members: Mapping[str, Member], plan: Organisation, *, on: date, at: datetime) -> None:
    for key in people.DETERMINED:
        actions.determine(member=members[key], by=RULES, on=on, at=at)
    actions.take_in(
        found(), organisation=plan, on=on, policy_version="demo", digest="demo", system="cin", by=RULES, at=at
    )


def found() -> list[Found]:
    """The lines about the cast."""
    return [
        Found(rank, people.MEMBERS[key][-1], programme, kind, "not_known" if asked else "yes", why, asked)
        for rank, (key, programme, kind, why, asked) in enumerate(people.FOUND, start=1)
    ]
