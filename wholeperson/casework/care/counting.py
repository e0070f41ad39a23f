"""How months went with ECM people, counted where the rows lie. Unscoped: for who may send an organization's files."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from wholeperson.casework.care.lifecycle import BEFORE
from wholeperson.casework.care.models import Case, Standing
from wholeperson.casework.care.queries import last_day, month_begins, next_month
from wholeperson.casework.members.models import Contact
from wholeperson.record import wall

Pair = tuple[int, int]


@dataclass(frozen=True)
class Of:
    """Whose people: those of these organizations, of one plan where one is named."""

    organisations: Collection[UUID]
    plan: UUID | None = None

    @property
    def cases(self) -> QuerySet[Case]:
        found = Case.objects.filter(organisation__in=self.organisations)
        return found.filter(plan=self.plan) if self.plan else found


def contacts(of: Of, months: Sequence[date]) -> dict[date, Pair]:
    """By month how often somebody was tried, and reached; what was struck out was never so."""
    theirs = of.cases.filter(member=OuterRef("member"), organisation=OuterRef("organisation"))
    with wall.opened("care.count"):
        found = Contact.objects.filter(
            organisation__in=of.organisations, struck_at=None, happened_at__gte=month_begins(min(months)),
            happened_at__lt=month_begins(next_month(max(months))),
        )  # fmt: skip
        if of.plan:
            found = found.filter(Exists(theirs))
        counted = found.annotate(month=TruncMonth("happened_at")).order_by().values("month")
        rows = counted.annotate(tried=Count("pk"), reached=Count("pk", filter=Q(successful=True)))
        return {row["month"].date(): (row["tried"], row["reached"]) for row in rows}


def enrolled(of: Of, months: Sequence[date]) -> dict[date, Pair]:
    """By month how many cases were open on its last day, and how many of them were enrolled."""
    wanted: dict[str, Any] = {}
    for month in months:
        last = last_day(month)
        open_then = Q(assigned_on__lte=last) & (Q(ended_on=None) | Q(ended_on__gt=last))
        wanted[f"open_{month}"] = Count("pk", filter=open_then)
        wanted[f"in_{month}"] = Count("pk", filter=open_then & Q(enrolled_on__lte=last))
    with wall.opened("care.count"):
        told = of.cases.aggregate(**wanted)
    return {month: (told[f"open_{month}"], told[f"in_{month}"]) for month in months}


def unreachable(of: Of, months: Sequence[date]) -> dict[date, int]:
    """By month how many cases ended because nobody could be reached."""
    with wall.opened("care.count"):
        found = Standing.objects.filter(
            case__in=of.cases, status="unable_to_reach", since__gte=min(months), since__lt=next_month(max(months))
        )
        counted = found.annotate(month=TruncMonth("since")).order_by().values("month")
        return {row["month"]: row["cases"] for row in counted.annotate(cases=Count("case", distinct=True))}


def waiting(of: Of) -> list[tuple[str, date, int]]:
    """How many wait to be enrolled: in which status, assigned on which day."""
    with wall.opened("care.count"):
        found = of.cases.filter(status__in=BEFORE).order_by().values("status", "assigned_on")
        return [(row["status"], row["assigned_on"], row["many"]) for row in found.annotate(many=Count("pk"))]
