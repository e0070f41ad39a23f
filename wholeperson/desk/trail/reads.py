"""The rows of the trail that tell of one member's record, as far as the reader looks after those who read.

The house's auditor sees all of them. One of an organization sees those reads that a reason of theirs allowed.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from wholeperson.access.models import Person
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


def reads(member: Member, by: Person, first: date, last: date) -> "QuerySet[AuditRow]":
    """Each look on these days, the latest first: at the record itself, or at a list on which the member stood."""
    own, listed = Q(subject_id=member.pk), Q(details__because__has_key=str(member.pk))
    if not by.standing.reaches(None, READ):
        reasons = _reasons(member, by)
        own &= Q(because_id__in=reasons)
        listed = Q(**{f"details__because__{member.pk}__in": [str(one) for one in reasons]})
    begins, ends = midnight(first), midnight(last + timedelta(days=1))
    rows: QuerySet[AuditRow] = AuditRow.objects.filter(own | listed, did="read", at__gte=begins, at__lt=ends)
    return rows.order_by("-at", "-pk")


def latest_month(member: Member, by: Person, today: date) -> date | None:
    """The first day of the latest month in which somebody looked; none where nobody ever did."""
    row = reads(member, by, date(2000, 1, 1), today).first()
    return day_of(row.at).replace(day=1) if row else None


def organisations(rows: Iterable[AuditRow], member: Member) -> dict[object, str]:
    """By row the organization for which the record was open to whoever read it."""
    because = {row.pk: row.because_id or row.details.get("because", {}).get(str(member.pk)) for row in rows}
    with wall.opened("trail.because"):
        found = Relationship.objects.filter(pk__in=[one for one in because.values() if one])
        names = dict(found.exclude(organisation=None).values_list("pk", "organisation__name"))
    said = {str(key): name for key, name in names.items()}
    return {row: said.get(str(key), "") for row, key in because.items()}


def _reasons(member: Member, by: Person) -> list[object]:
    with wall.opened("trail.reasons"):
        theirs = Relationship.objects.filter(member=member, organisation__in=by.standing.organisations_where(READ))
        return list(theirs.values_list("pk", flat=True))
