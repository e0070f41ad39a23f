"""The rows of the trail that tell of one member's record, as far as the reader looks after those who stand in it.

The house's auditor sees all of them. One of an organization sees those reads that a reason of theirs allowed, and what
was changed by people who work there and nowhere else.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from wholeperson.access.models import Membership, Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.days import day_of, midnight
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.record import wall
from wholeperson.record.models import AuditRow

READ = "trail.read"


def record(public_id: str) -> Member | None:
    """Whose record it is. Only the id they asked with goes back to the page, never a name."""
    with wall.opened("trail.record"):
        return Member.objects.filter(public_id=public_id).first()


def numbered(cin: str, by: Person) -> Member | None:
    """The record with this number now: any for the house, else one that a reason of their organization ever reached.

    Not the one it goes on in: that has its own number, its own readers and its own reasons.
    """
    found = queries.holder_of("cin", cin)
    if found is None or by.standing.reaches(None, READ) or _reasons(found, by):
        return found
    return None


def rows(member: Member, by: Person, first: date, last: date, what: str = "") -> "QuerySet[AuditRow]":
    """What was done with the record on these days, the latest first; `what`: only looks, or only changes."""
    wanted = {"read": (_looks,), "wrote": (_changes,)}.get(what, (_looks, _changes))
    chosen = reduce(or_, (of(member, by) for of in wanted))
    begins, ends = midnight(first), midnight(last + timedelta(days=1))
    found: QuerySet[AuditRow] = AuditRow.objects.filter(chosen, at__gte=begins, at__lt=ends)
    return found.order_by("-at", "-pk")


def _looks(member: Member, by: Person) -> Q:
    """At the record itself, or at a list on which the member stood."""
    own, listed = Q(subject_id=member.pk), Q(details__because__has_key=str(member.pk))
    if not by.standing.reaches(None, READ):
        reasons = _reasons(member, by)
        own &= Q(because_id__in=reasons)
        listed = Q(**{f"details__because__{member.pk}__in": [str(one) for one in reasons]})
    return Q(own | listed, did="read")


def _changes(member: Member, by: Person) -> Q:
    """A change names no reason that allowed it: one of an organization sees those by people of theirs alone."""
    own = Q(subject_id=member.pk, did="wrote")
    if by.standing.reaches(None, READ):
        return own
    ours = by.standing.organisations_where(READ)
    elsewhere = Membership.objects.exclude(organisation__in=ours).values("person")
    people = Person.objects.filter(memberships__organisation__in=ours).exclude(pk__in=elsewhere).distinct()
    return own & Q(actor_kind="person", actor_id__in=[str(pk) for pk in people.values_list("pk", flat=True)])


def latest_month(member: Member, by: Person, today: date, what: str = "") -> date | None:
    """The first day of the latest month in which something stands; none where nothing ever did."""
    row = rows(member, by, date(2000, 1, 1), today, what).first()
    return day_of(row.at).replace(day=1) if row else None


def organisations(found: Iterable[AuditRow], member: Member) -> dict[object, str]:
    """By row the organization for which the record was open to whoever read it."""
    because = {row.pk: row.because_id or row.details.get("because", {}).get(str(member.pk)) for row in found}
    with wall.opened("trail.because"):
        reasons = Relationship.objects.filter(pk__in=[one for one in because.values() if one])
        names = dict(reasons.exclude(organisation=None).values_list("pk", "organisation__name"))
    said = {str(key): name for key, name in names.items()}
    return {row: said.get(str(key), "") for row, key in because.items()}


def _reasons(member: Member, by: Person) -> list[object]:
    with wall.opened("trail.reasons"):
        theirs = Relationship.objects.filter(member=member, organisation__in=by.standing.organisations_where(READ))
        return list(theirs.values_list("pk", flat=True))
