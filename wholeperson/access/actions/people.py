"""Organisations, people, what they are on which days, and the numbers the world knows them by."""

from datetime import date, datetime

from django.db import transaction

from wholeperson.access import numbers
from wholeperson.access.actions.allowed import require, require_at
from wholeperson.access.models import Identifier, Membership, Organisation, Person
from wholeperson.record import trail
from wholeperson.record.actors import Actor


@transaction.atomic
def add_organisation(*, name: str, kind: str, by: Actor, at: datetime, is_house: bool = False) -> Organisation:
    """Only the house itself adds organisations; see Organisation.is_house."""
    require_at(by, "organisation.change", None)
    made = Organisation(name=name, kind=kind, is_house=is_house)
    made.full_clean()
    made.save(force_insert=True)
    trail.wrote(made, "organisation.add", by=by, at=at)
    return made


@transaction.atomic
def add_person(*, name: str, email: str, by: Actor, at: datetime, language: str = "en") -> Person:
    """Somebody who may sign in. They have no password until they choose one."""
    require(by, "person.change")
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
    require_at(by, "person.change", organisation.pk if organisation else None)
    made = Membership(person=person, organisation=organisation, role=role, since=since, until=until)
    made.save(force_insert=True)
    trail.wrote(made, "membership.give", by=by, at=at, details={"role": role})
    return made


@transaction.atomic
def end_role(membership: Membership, *, until: date, by: Actor, at: datetime) -> Membership:
    """The last day on which it holds. One that has not begun yet ends on its first day."""
    require_at(by, "person.change", membership.organisation_id)
    membership.until = max(until, membership.since)
    membership.save(update_fields=["until"])
    trail.wrote(membership, "membership.end", by=by, at=at, details={"role": membership.role})
    return membership


@transaction.atomic
def switch_off(person: Person, *, by: Actor, at: datetime) -> Person:
    """From the next request on they are signed out everywhere, and they cannot sign in."""
    require_at(by, "person.change", None)
    person.is_active = False
    person.save(update_fields=["is_active"])
    trail.wrote(person, "person.switch_off", by=by, at=at)
    return person


@transaction.atomic
def add_identifier(
    *, of: Organisation | Person, system: str, value: str, by: Actor, at: datetime, since: date | None = None
) -> Identifier:
    """Keep a number of theirs, in the form its system has. Refuses one that cannot be right, or is somebody else's."""
    organisation = of if isinstance(of, Organisation) else None
    word = "organisation.change" if organisation else "person.change"
    require_at(by, word, organisation.pk if organisation else None)
    tidy = numbers.tidied(system, value)
    if Identifier.objects.filter(system=system, value=tidy, until=None).exists():
        raise numbers.taken(system)
    owner = {"organisation" if organisation else "person": of}
    made = Identifier(system=system, value=tidy, since=since, **owner)
    made.save(force_insert=True)
    trail.wrote(made, "identifier.add", by=by, at=at, details={"system": system})
    return made


@transaction.atomic
def end_identifier(identifier: Identifier, *, until: date, by: Actor, at: datetime) -> Identifier:
    """The last day on which the number is theirs; afterwards it may be somebody else's."""
    word = "organisation.change" if identifier.organisation_id else "person.change"
    require_at(by, word, identifier.organisation_id)
    identifier.until = until
    identifier.save(update_fields=["until"])
    trail.wrote(identifier, "identifier.end", by=by, at=at, details={"system": identifier.system})
    return identifier
