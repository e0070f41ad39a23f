"""Inviting somebody, and accepting: once, in time, and by the one who was meant."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.mail import send_mail
from django.db import transaction

from wholeperson.access import invited
from wholeperson.access.actions.allowed import require_at
from wholeperson.access.kinds import KINDS
from wholeperson.access.models import Invitation, Membership, Organisation, Person
from wholeperson.record import steps, trail
from wholeperson.record.actors import Actor
from wholeperson.rules.problems import Problem, Refused, Where

Letter = tuple[str, str]  # subject and text
GOOD_FOR = timedelta(days=7)


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    email: str,
    role: str,
    since: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
    letter: Callable[[str], Letter] | None = None,
) -> tuple[Invitation, str]:
    """Returns the invitation and the token of its link, which is kept nowhere: whoever loses it invites anew.

    Where mail goes out, `letter` writes it around the token; it leaves with this transaction or not at all.
    """
    require_at(by, "person.change", organisation.pk)
    if role not in KINDS[organisation.kind].roles:
        raise _refused("role", f"nobody is {role} at a {organisation.kind}", KINDS[organisation.kind].roles)
    token = invited.new_token()
    made = Invitation(
        organisation=organisation, email=email.strip().lower(), role=role, since=since, until=until, made_at=at,
        expires_at=at + GOOD_FOR, fingerprint=invited.mark(token),
    )  # fmt: skip
    made.clean_fields(exclude=["person", "until"])
    steps.begin(made, by=by, at=at)
    if letter and sends_mail():
        subject, text = letter(token)
        send_mail(subject, text, None, [made.email])
    return made, token


def sends_mail() -> bool:
    """Whether this installation has a mail server. A demo and the tests have none."""
    return "mail" in settings.WHOLEPERSON_CHANNELS


def withdraw(invitation: Invitation, *, by: Actor, at: datetime) -> Invitation:
    """The link opens nothing any more."""
    require_at(by, "person.change", invitation.organisation_id)
    steps.take(invitation, "withdraw", by=by, at=at)
    return invitation


@transaction.atomic
def accept_as_newcomer(invitation: Invitation, *, name: str, password: str, at: datetime) -> Person:
    """The holder of the link becomes somebody here, with this password and the role they were invited to."""
    _refuse_closed(invitation, at)
    if Person.objects.filter(email=invitation.email).exists():
        raise _refused("email", "this address has an account already; sign in with it, then accept")
    person = Person(name=name.strip(), email=invitation.email)
    validate_password(password, person)
    person.set_password(password)
    person.full_clean()
    holder = invited.Holder(invitation)
    steps.take(invitation, "accept", by=holder, at=at, person_id=person.pk)  # first: of two at once only one goes on
    person.save(force_insert=True)
    trail.wrote(person, "person.join", by=holder, at=at)
    return _give(invitation, person, by=holder, at=at)


@transaction.atomic
def accept_as_somebody(invitation: Invitation, *, person: Person, at: datetime) -> Person:
    """Somebody who is here already takes on the role. Only the one who was meant may."""
    _refuse_closed(invitation, at)
    if person.email != invitation.email:
        raise _refused("email", "this invitation is for somebody else")
    holder = invited.Holder(invitation)
    steps.take(invitation, "accept", by=holder, at=at, person_id=person.pk)
    return _give(invitation, person, by=holder, at=at)


def _give(invitation: Invitation, person: Person, *, by: Actor, at: datetime) -> Person:
    given = Membership(
        person=person, organisation=invitation.organisation, role=invitation.role, since=invitation.since,
        until=invitation.until,
    )  # fmt: skip
    given.save(force_insert=True)
    trail.wrote(given, "membership.give", by=by, at=at, details={"role": given.role})
    return person


def _refuse_closed(invitation: Invitation, at: datetime) -> None:
    if invitation.status != "open":
        raise _refused("link", f"this invitation was {invitation.status} already")
    if not invited.is_open(invitation, at=at):
        raise _refused("link", "this invitation has expired")


def _refused(where: str, problem: str, allowed: tuple[str, ...] = ()) -> Refused:
    why = "a link must not let anybody in but the one it was made for"
    do = "ask an administrator of the organization for a new invitation"
    return Refused(Problem("not_invited", problem, why, do, Where(path=where), allowed))
