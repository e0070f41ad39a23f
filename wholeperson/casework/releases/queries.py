"""Who is held where somebody works, what that facility said of when they leave, and what it asked for.

A facility reads what it said itself, no more: not where else somebody is known, not what they were asked for.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members import queries as members
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.casework.referrals.models import Asking
from wholeperson.casework.releases.models import Leaving

READ, TELL = "release.read", "release.tell"
FACILITY_CASE = "facility_case"
SOON = timedelta(days=14)


def held(user: Person) -> QuerySet[Member]:
    """Whoever leaves first on top, those of whom no day is known after them; to be read inside an opening of the wall.

    A day that passed takes nobody off: they are held until somebody says that they left.

    Each with `came`, when this stay began; `leaves` and `said_on`, what their facility said since then, as nothing that
    was said of a stay before counts; and `is_asked`: whether it asked for help since then.
    """
    theirs = user.standing.organisations_where(READ)
    rows = members.members_for(user).annotate(came=_first(_cases(user, theirs), "since"))
    of_stay = Leaving.objects.filter(facility__in=theirs, member=OuterRef("pk"), on__gte=OuterRef("came"))
    said = of_stay.order_by("-kept_at", "-id")
    asked = Asking.objects.filter(
        organisation__in=theirs, withdrawn_at=None, member=OuterRef("pk"), at__date__gte=OuterRef("came")
    )
    found = rows.filter(Exists(_cases(user, theirs))).annotate(
        leaves=_first(said, "day"), said_on=_first(said, "on"), is_asked=Exists(asked)
    )
    left = Coalesce(_first(said, "has_left"), Value(value=False))
    return found.alias(left=left).filter(left=False).order_by(F("leaves").asc(nulls_last=True), "family_name", "id")


def _cases(user: Person, facilities: list[Any]) -> QuerySet[Relationship]:
    rows = Relationship.objects.for_user(user).filter(reason=FACILITY_CASE, organisation__in=facilities)
    return rows.filter(member=OuterRef("pk")).order_by("-since", "-id")


def _first(rows: QuerySet[Any], field: str) -> Subquery:
    return Subquery(rows.values(field)[:1])


def leaving(found: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Those who leave soon, or were to have left."""
    return found.filter(leaves__lte=on + SOON)


def unsaid(found: QuerySet[Any], _on: date) -> QuerySet[Any]:
    """Those of whom nobody said anything of when they leave."""
    return found.filter(said_on=None)


def unasked(found: QuerySet[Any], _on: date) -> QuerySet[Any]:
    return found.filter(is_asked=False)


NARROWED: dict[str, Callable[[QuerySet[Any], date], QuerySet[Any]]] = {
    "": lambda found, _on: found, "soon": leaving, "unsaid": unsaid, "unasked": unasked,
}  # fmt: skip


def stay_of(user: Person, member: Member) -> tuple[Organisation, date] | None:
    """The facility where this person works and the member is held, and since when."""
    theirs = user.standing.organisations_where(TELL)
    row = Relationship.objects.for_user(user).filter(reason=FACILITY_CASE, organisation__in=theirs, member=member)
    found = row.select_related("organisation").order_by("-since", "-id").first()
    return (found.organisation, found.since) if found and found.organisation else None
