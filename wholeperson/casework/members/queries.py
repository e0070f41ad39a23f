"""Questions about members, always asked for somebody."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from wholeperson.access.models import Person
from wholeperson.access.roles import SCOPES, shallower
from wholeperson.casework.members.models import Identifier, Member, Relationship
from wholeperson.casework.members.scoping import reaching
from wholeperson.record.sealed import fingerprint


@dataclass(frozen=True)
class Sight:
    """How far somebody may look into a member's record, and the row that lets them."""

    scope: str
    because: UUID

    def reaches(self, scope: str) -> bool:
        return SCOPES.index(self.scope) >= SCOPES.index(scope)


def members_for(user: Person) -> QuerySet[Member]:
    return Member.objects.for_user(user).order_by("family_name", "given_name", "id")


def member_for(user: Person, public_id: str) -> Member | None:
    """The member, if there is one and this person may see them."""
    return Member.objects.for_user(user).filter(public_id=public_id).first()


def sight(user: Person, member: Member) -> Sight | None:
    """The deepest look that any reason gives: the reason's scope, no deeper than the person's role there."""
    seen = [
        Sight(shallower(row.scope, user.standing.deepest(row.organisation_id)), row.pk)
        for row in Relationship.objects.filter(reaching(user), member=member).order_by("since", "id")
    ]
    return max(seen, key=lambda one: SCOPES.index(one.scope), default=None)


def known_by(system: str, value: str) -> Member | None:
    """The member with this number now. Unscoped: for actions that must not make somebody twice, never for a page."""
    found = Identifier.objects.filter(system=system, fingerprint=fingerprint(system, value), until=None)
    row = found.select_related("member").first()
    return row.member if row else None
