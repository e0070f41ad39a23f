"""How much somebody who asked may learn: all of how it stands, or only that it is received, worked on, or closed.

What decides is what somebody here made sure of, or why their organization already sees the person. What is typed into a
form decides nothing: whoever says they are the person themselves is told as little as anyone.
"""

from datetime import date, datetime

from django.db.models import Q

from wholeperson.access.models import Person
from wholeperson.access.queries import current
from wholeperson.access.roles import at_least
from wholeperson.casework.members.models import Relationship
from wholeperson.casework.referrals.models import Asking
from wholeperson.record import wall

# why an organization or a person may learn all: a treating relationship, representation, the member's own word
TRUSTED = ("self", "family", "coverage", "assignment", "authorization", "facility_case", "consent")


def learns_all(asking: Asking, *, on: date, at: datetime) -> bool:
    """Whether whoever asked may know how it stands in full."""
    if asking.confirmed_as:
        return True
    return asking.person is not None and related(asking.person, asking, on=on, at=at)


def related(person: Person, asking: Asking, *, on: date, at: datetime) -> bool:
    """Whether a reason beside this referral lets them, or the organization they asked for, see the person."""
    whose = Q(person=person)
    if asking.organisation_id:
        whose |= Q(organisation=asking.organisation_id, person=None)
    with wall.opened("referral.knowing"):
        alive = Q(ends_at=None) | Q(ends_at__gt=at)
        reasons = Relationship.objects.filter(
            whose, current(on), alive, member=asking.member_id, reason__in=TRUSTED, scope__in=at_least("care")
        )
        return reasons.exists()
