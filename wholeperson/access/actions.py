"""The only writes to people and organisations."""

from datetime import date, datetime

from django.db import transaction

from wholeperson.access.models import Identifier, Membership, Organisation, Person
from wholeperson.record import refusals, trail
from wholeperson.record.actors import Actor


def _require(by: Actor, permission: str) -> None:
    if not by.may(permission):
        raise refusals.not_allowed(by.label, permission)


@transaction.atomic
def add_organisation(*, name: str, kind: str, by: Actor, at: datetime) -> Organisation:
    _require(by, "organisation.change")
    made = Organisation(name=name, kind=kind)
    made.full_clean()
    made.save(force_insert=True)
    trail.wrote(made, "organisation.add", by=by, at=at)
    return made


@transaction.atomic
def add_person(*, name: str, email: str, by: Actor, at: datetime, language: str = "en") -> Person:
    """Somebody who may sign in. They have no password until they choose one."""
    _require(by, "person.change")
    made = Person(name=name, email=email.lower(), language=language)
    made.set_unusable_password()
    made.full_clean()
    made.save(force_insert=True)
    trail.wrote(made, "person.add", by=by, at=at)
    return made


@transaction.atomic
def give_role(
    *,
    person: Person,
    organisation: Organisation | None,
    role: str,
    since: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
) -> Membership:
    """Make somebody something in an organisation, from that day on."""
    _require(by, "person.change")
    made = Membership(person=person, organisation=organisation, role=role, since=since, until=until)
    made.save(force_insert=True)
    trail.wrote(made, "membership.give", by=by, at=at, details={"role": role})
    return made


@transaction.atomic
def end_role(membership: Membership, *, until: date, by: Actor, at: datetime) -> Membership:
    """The last day on which it holds."""
    _require(by, "person.change")
    membership.until = until
    membership.save(update_fields=["until"])
    trail.wrote(membership, "membership.end", by=by, at=at, details={"role": membership.role})
    return membership


@transaction.atomic
def add_identifier(
    *, of: Organisation | Person, system: str, value: str, by: Actor, at: datetime, since: date | None = None
) -> Identifier:
    _require(by, "organisation.change" if isinstance(of, Organisation) else "person.change")
    owner = {"organisation" if isinstance(of, Organisation) else "person": of}
    made = Identifier(system=system, value=value, since=since, **owner)
    made.save(force_insert=True)
    trail.wrote(made, "identifier.add", by=by, at=at, details={"system": system})
    return made
