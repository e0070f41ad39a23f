"""Questions about people and organisations."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet

from wholeperson.access.models import Membership, Organisation, Person
from wholeperson.access.standing import Post, Standing
from wholeperson.record.sealed import fingerprint


def current(on: date) -> Q:
    """What holds on a day: from `since` to `until`, both included."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))


def memberships_of(person: Person, *, on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(current(on), person=person).select_related("organisation").order_by("since", "id")


def stand(person: Person, *, on: date, at: datetime | None = None) -> Person:
    """The same person, now able to act on that day, and at that moment of it where one is given."""
    found = memberships_of(person, on=on) if person.is_active else Membership.objects.none()
    posts = tuple(
        Post(row.role, row.organisation_id, row.organisation.name, row.organisation.is_house)
        if row.organisation
        else Post(row.role, None)
        for row in found
    )
    person.standing = Standing(on, posts, at)
    return person


def organisations_for(administrator: Person) -> QuerySet[Organisation]:
    """Those whose people and numbers somebody looks after: their own, or all if they act for the house."""
    word = "organisation.change"
    if administrator.standing.reaches(None, word):
        return Organisation.objects.order_by("name")
    return Organisation.objects.filter(pk__in=administrator.standing.organisations_where(word)).order_by("name")


@dataclass(frozen=True)
class OpenSession:
    """A browser in which somebody is signed in. The mark names it in an address, where no key of a row may stand."""

    row: UserSession

    @property
    def mark(self) -> str:
        return f"ses-{fingerprint('session', self.row.session_key)[:20]}"


def sessions_of(person: Person) -> list[OpenSession]:
    """Where somebody is signed in now, the newest first. Those that have ended meanwhile are forgotten."""
    rows = sorted(UserSession.objects.purge_and_list(person), key=lambda one: one.created_at, reverse=True)
    return [OpenSession(row) for row in rows]
