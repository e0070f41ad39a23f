"""Roles and organisations in finished words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from wholeperson.access.models import Identifier, Invitation, Membership, Organisation
from wholeperson.access.permission_words import DEPTH, SAID
from wholeperson.access.permissions import CARRIED, PERMISSIONS
from wholeperson.access.roles import ROLES, Role


@dataclass(frozen=True)
class RoleCard:
    """One role, what it may do, and how deep it sees."""

    role: Role

    @property
    def may(self) -> list[str]:
        return [str(SAID[word]) for word in PERMISSIONS if word in CARRIED[self.role.id]]

    @property
    def depth(self) -> str:
        """How far the role looks into a record; nothing where it opens none."""
        return str(DEPTH[self.role.sees]) if "member.read" in CARRIED[self.role.id] else ""


def role_cards() -> list[RoleCard]:
    return [RoleCard(role) for role in ROLES.values()]


def who_may() -> Iterator[tuple[str, list[str]]]:
    """Each thing that can be permitted, with the names of the roles that may."""
    for word, roles in PERMISSIONS.items():
        yield str(SAID[word]), [str(role.name) for role in ROLES.values() if role.id in roles.split()]


@dataclass(frozen=True)
class MemberOfStaff:
    """Somebody's role in an organisation, on a day."""

    membership: Membership
    today: date

    @property
    def role(self) -> Role:
        return ROLES[self.membership.role]

    @property
    def holds(self) -> bool:
        row = self.membership
        return row.since <= self.today and (row.until is None or row.until >= self.today)

    @property
    def has_ended(self) -> bool:
        return self.membership.until is not None and self.membership.until < self.today


@dataclass(frozen=True)
class OrganisationPage:
    """What an administrator sees of one organisation."""

    organisation: Organisation
    now: datetime
    today: date

    @property
    def numbers(self) -> list[Identifier]:
        return list(self.organisation.identifiers.filter(until=None).order_by("system", "value"))

    @property
    def invitations(self) -> list[tuple[Invitation, Role]]:
        """Those that somebody may still accept."""
        rows = self.organisation.invitations.filter(status="open", expires_at__gt=self.now).order_by("email", "made_at")
        return [(row, ROLES[row.role]) for row in rows]

    @property
    def staff(self) -> list[MemberOfStaff]:
        """Who is or will be something here first, then who was."""
        rows = self.organisation.memberships.select_related("person").order_by("person__name", "since")
        found = [MemberOfStaff(row, self.today) for row in rows]
        return sorted(found, key=lambda one: one.has_ended)
