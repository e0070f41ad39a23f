"""Signing in and out, as the trail keeps it, and ending a session that is open elsewhere."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.record import trail
from wholeperson.record.actors import Actor


def note_sign_in(person: Person, verb: str, *, by: Actor, at: datetime) -> None:
    """Keep that somebody signed in, that somebody tried to be them, or what they sign in with changed."""
    trail.wrote(person, verb, by=by, at=at)


@transaction.atomic
def end_session(session: UserSession, *, by: Person, at: datetime) -> None:
    """The browser that holds it is out at its next request."""
    session.end()
    trail.wrote(by, "session.end", by=by, at=at)
