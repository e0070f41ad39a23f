"""Whether somebody may do this, and may do it there: an administrator's reach ends at their own organisation."""

from uuid import UUID

from wholeperson.access.models import Person
from wholeperson.record import refusals
from wholeperson.record.actors import Actor


def require(by: Actor, permission: str) -> None:
    """Refuse whoever carries the permission nowhere."""
    if not by.may(permission):
        raise refusals.not_allowed(by.label, permission)


def require_at(by: Actor, permission: str, organisation_id: UUID | None) -> None:
    """Refuse whoever does not carry it in this organisation. `None` is no organisation: only the house may."""
    require(by, permission)
    if isinstance(by, Person) and not by.standing.reaches(organisation_id, permission):
        raise refusals.not_allowed(by.label, permission)
