"""Questions about people and organisations."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Q, QuerySet

from wholeperson.access.models import Identifier, Membership, Organisation, Person
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


def own(user: Person, word: str) -> QuerySet[Organisation]:
    """Those for which somebody may do this, by name."""
    return Organisation.objects.filter(pk__in=user.standing.organisations_where(word)).order_by("name", "id")


def account_of_member(email: str, *, on: date) -> Person | None:
    """The account with that address, of a member or whoever acts for one; of nobody who works here."""
    return _of_members(on).filter(email__iexact=email).first()


def has_accounts_of_members(*, on: date) -> bool:
    """Whether any member, or anybody who acts for one, has an account here."""
    return _of_members(on).exists()


def _of_members(on: date) -> QuerySet[Person]:
    posts = Membership.objects.filter(current(on), person=OuterRef("pk"))
    works_here = Exists(posts.filter(organisation__isnull=False))
    return Person.objects.filter(Exists(posts.filter(role="member")), ~works_here, is_active=True).order_by("pk")


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


def may_be_one(one: Person, other: Person) -> bool:
    """Whether two accounts may be one human being, where two are asked for.

    One account; one mailbox, whatever stands behind its plus sign; a number of their own that either ever bore; or one
    name. Two of one name do exist: then a third approves, and nothing is lost.
    """
    return bool(one.pk == other.pk or _name(one) == _name(other) or _mailboxes(one) & _mailboxes(other)) or (
        Identifier.objects.filter(person=one, value__in=_numbers(other)).exists()
    )


def _name(person: Person) -> str:
    return " ".join(person.name.casefold().split())


def _mailboxes(person: Person) -> set[str]:
    others = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    parts = (address.casefold().strip().rpartition("@") for address in (person.email, *others))
    return {f"{local.partition('+')[0]}@{domain}" for local, _, domain in parts}


def _numbers(person: Person) -> QuerySet[Identifier, str]:
    return Identifier.objects.filter(person=person).values_list("value", flat=True)
