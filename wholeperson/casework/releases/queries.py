"""Who is held where somebody works, what that facility said of when they leave, and what it asked for.

A facility reads what it said itself, no more: not where else somebody is known, not what they were asked for.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from wholeperson.access.models import Person
from wholeperson.casework.members import queries as members
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.casework.referrals.models import Asking
from wholeperson.casework.releases.models import Leaving

READ, TELL = "release.read", "release.tell"
FACILITY_CASE = "facility_case"
SOON = timedelta(days=14)
HANDING_OVER = timedelta(days=30)  # how long a facility sees whom it let go


def held(user: Person) -> QuerySet[Member]:
    """Whoever leaves first on top, those of whom no day is known after them; to be read inside an opening of the wall.

    A day that passed takes nobody off: they are held until somebody says that they left.

    Each with `came`, when this stay began; `leaves` and `said_on`, what their facility said of it, as nothing that was
    said of a stay before counts; and `is_asked`: whether it asked for help since then.
    """
    theirs = user.standing.organisations_where(READ)
    stays = _cases(user, theirs).alias(left=_left()).filter(left=False, member=OuterRef("pk"))
    rows = members.members_for(user).annotate(stay=_first(stays, "pk"), came=_first(stays, "since"))
    said = _said(OuterRef("stay"))
    asked = Asking.objects.filter(
        organisation__in=theirs, withdrawn_at=None, member=OuterRef("pk"), at__date__gte=OuterRef("came")
    )
    found = rows.filter(Exists(stays)).annotate(
        leaves=_first(said, "day"), said_on=_first(said, "on"), is_asked=Exists(asked)
    )
    return found.order_by(F("leaves").asc(nulls_last=True), "family_name", "id")


def _cases(user: Person, facilities: list[Any]) -> QuerySet[Relationship]:
    """The stay that began last comes first."""
    rows = Relationship.objects.for_user(user).filter(reason=FACILITY_CASE, organisation__in=facilities)
    return rows.order_by("-since", "-id")


def _said(stay: Any) -> QuerySet[Leaving]:
    return Leaving.objects.filter(stay=stay).order_by("-kept_at", "-id")


def _left() -> Coalesce:
    """Whether it is the last word of a stay that they left."""
    return Coalesce(_first(_said(OuterRef("pk")), "has_left"), Value(value=False))


def has_left(stay: Relationship) -> bool:
    """Inside an opening of the wall."""
    last = _said(stay).first()
    return last is not None and last.has_left


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


def stay_of(user: Person, member: Member) -> Relationship | None:
    """Where this person works and the member is held, or was until lately."""
    theirs = user.standing.organisations_where(TELL)
    return _cases(user, theirs).filter(member=member).first()
