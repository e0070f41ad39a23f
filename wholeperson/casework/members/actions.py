"""The only writes to members. Reading somebody's record is an action too: it leaves a row in the trail."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.models import Identifier, Member, Relationship
from wholeperson.casework.members.numbers import lawful_number
from wholeperson.record import refusals, trail
from wholeperson.record.actors import Actor
from wholeperson.record.sealed import fingerprint


def _require(by: Actor, permission: str) -> None:
    if not by.may(permission):
        raise refusals.not_allowed(by.label, permission)


@transaction.atomic
def register(
    *,
    given_name: str,
    family_name: str,
    birth_date: date,
    by: Actor,
    at: datetime,
    preferred_name: str = "",
    language: str = "en",
    county: str = "",
) -> Member:
    """Somebody new. Whoever registers them may not see them by that alone: see `relate`."""
    _require(by, "member.register")
    made = Member(
        given_name=given_name, family_name=family_name, preferred_name=preferred_name,
        birth_date=birth_date, language=language, county=county,
    )  # fmt: skip
    made.full_clean()
    made.save(force_insert=True)
    trail.wrote(made, "member.register", by=by, at=at, subject=made.pk)
    return made


@transaction.atomic
def add_identifier(
    member: Member, *, system: str, value: str, by: Actor, at: datetime, since: date | None = None
) -> Identifier:
    """A number somebody knows the member by; a CIN is eight digits and a letter."""
    _require(by, "member.register")
    value = lawful_number(system, value)
    made = Identifier(member=member, system=system, value=value, fingerprint=fingerprint(system, value), since=since)
    made.save(force_insert=True)
    trail.wrote(made, "identifier.add", by=by, at=at, subject=member.pk, details={"system": system})
    return made


@transaction.atomic
def relate(
    member: Member,
    *,
    reason: str,
    scope: str,
    since: date,
    by: Actor,
    at: datetime,
    organisation: Organisation | None = None,
    person: Person | None = None,
    until: date | None = None,
    about_kind: str = "",
    about_id: UUID | None = None,
) -> Relationship:
    """Let an organisation, or one person, see a member. What creates the reason calls this with its thing."""
    _require(by, "member.relate")
    made = Relationship(
        member=member, organisation=organisation, person=person, reason=reason, scope=scope, since=since, until=until,
        about_kind=about_kind, about_id=about_id,
    )  # fmt: skip
    made.save(force_insert=True)
    trail.wrote(made, "relationship.open", by=by, at=at, subject=member.pk, details={"scope": scope})
    return made


@transaction.atomic
def close_relationship(relationship: Relationship, *, until: date, by: Actor, at: datetime) -> Relationship:
    """The last day on which the reason holds."""
    _require(by, "member.relate")
    relationship.until = until
    relationship.save(update_fields=["until"])
    trail.wrote(relationship, "relationship.close", by=by, at=at, subject=relationship.member_id)
    return relationship


def look_at(member: Member, *, by: Person, at: datetime) -> queries.Sight | None:
    """Open a member's record: how far this person may look, kept in the trail with the reason; None if not at all."""
    sight = queries.sight(by, member)
    if sight is None:
        return None
    trail.read(member, "member.look_at", by=by, at=at, subject=member.pk, because=sight.because)
    return sight
