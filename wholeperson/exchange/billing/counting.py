"""Each authorization of a provider with its units, and no word of what it is for: whoever bills sees no more here."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from wholeperson.access import upto
from wholeperson.access.models import Person
from wholeperson.casework.authorizations.models import Authorization, Draw
from wholeperson.casework.members.models import Member

READ = "billing.read"
SOON = timedelta(days=30)
LATELY = timedelta(days=90)


def billed(user: Person) -> QuerySet[Authorization]:
    """What plans allowed, what ends first on top; to be read inside an opening of the wall.

    Each with `used` and `left` (none where the plan named no number). Whether units were billed is not known here: no
    file that goes to a plan has a word of them.
    """
    rows = Authorization.objects.filter(
        organisation__in=user.standing.organisations_where(READ), status__in=("approved", "ended"),
        member__in=Member.objects.for_user(user).values("pk"),
    )  # fmt: skip
    draws = Draw.objects.filter(authorization=OuterRef("pk"))
    found = rows.annotate(used=_units(draws)).annotate(left=F("units") - F("used")).select_related("member", "plan")
    return upto.in_order(found, "ends")


def _units(draws: QuerySet[Any]) -> Coalesce:
    total = draws.order_by().values("authorization").annotate(all=Sum("units")).values("all")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def running(found: QuerySet[Any], on: date) -> QuerySet[Any]:
    return found.filter(Q(ends=None) | Q(ends__gte=on), status="approved")


def ending(found: QuerySet[Any], on: date) -> QuerySet[Any]:
    return running(found, on).filter(ends__lte=on + SOON)


def over(found: QuerySet[Any], _on: date) -> QuerySet[Any]:
    """More was used than the plan allowed."""
    return found.filter(left__lt=0)


def newly_over(found: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Those of which units were written down lately, the newest first: a sum does not shrink, and the old are known."""
    written = Draw.objects.filter(authorization=OuterRef("pk")).order_by("-kept_at").values("kept_at")[:1]
    rows = over(found, on).annotate(written_at=Subquery(written))
    lately: QuerySet[Any] = rows.filter(written_at__date__gt=on - LATELY).order_by("-written_at", "-id")
    return lately


NARROWED: dict[str, Callable[[QuerySet[Any], date], QuerySet[Any]]] = {
    "": running, "ending": ending, "over": over, "all": lambda found, _on: found,
}  # fmt: skip
