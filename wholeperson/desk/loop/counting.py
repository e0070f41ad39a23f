"""Referrals of a period, each read once: how far it came, with whom, asked by whom, in which language, how it ended.

How far a referral came is the furthest step it ever took: one that was given back had been taken all the same.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from wholeperson.access.models import Person
from wholeperson.casework.members.days import day_of, midnight
from wholeperson.casework.referrals import queries
from wholeperson.casework.referrals.lifecycle import OPEN, REFERRAL
from wholeperson.casework.referrals.models import AskedFor, Referral
from wholeperson.record import wall
from wholeperson.record.models import Step
from wholeperson.rules.calendar import age
from wholeperson.sweep.report.bands import band

COUNT = "loop.count"
OWN, WHOLE = "own", "whole"
TAKEN, BEGUN = 3, 5  # where in the stages
STAGES = ("asked", "looked_at", "sent", "taken", "reached", "begun")
FURTHEST = {"screen": 1, "send": 2, "send_elsewhere": 2, "accept": 3, "reach": 4, "start": 5}
READ = (
    "member_id", "programme", "provider__name", "elsewhere", "asker", "member__language", "member__county",
    "member__birth_date", "status", "closure_reason", "received_at", "furthest", "taken",
)  # fmt: skip
OPEN_STILL, WITHDRAWN, ELSEWHERE = "open", "withdrawn", "elsewhere"


class Counted(NamedTuple):
    """One referral; `person`, never shown, tells people apart. `outcome`: open, withdrawn, or why it was closed."""

    person: Hashable
    programme: str
    provider: str
    asker: str
    language: str
    outcome: str
    furthest: int
    county: str = ""
    age: str = ""  # the band, on the day of asking
    days: int | None = None  # from asking to being taken


class Waiting(NamedTuple):
    """One that is open, whose it is, and for how many days in its present state."""

    person: Hashable
    status: str
    days: int


@dataclass(frozen=True)
class Sight:
    """The referrals somebody may count. `across`: they look across organizations, and no small number is told."""

    found: QuerySet[Referral]
    across: bool


def sights(user: Person) -> dict[str, Sight]:
    """By their words in the address: one's own work, each of which one may open; numbers alone, of whole organizations.

    Who has both is shown the first, and may choose.
    """
    found = {}
    if user.standing.organisations_where(queries.HANDLE):
        found[OWN] = Sight(queries.within(user), False)
    if (whole := user.standing.organisations_where(COUNT)) or not found:
        found[WHOLE] = Sight(queries.of_organisations(whole), True)
    return found


def asked_between(found: QuerySet[Referral], first: date, last: date) -> list[Counted]:
    """Those that were asked for on these days, both included."""
    begins, ends = midnight(first), midnight(last + timedelta(days=1))
    with wall.opened("loop.count"):
        rows = found.filter(received_at__gte=begins, received_at__lt=ends).order_by()
        told = rows.annotate(
            asker=Subquery(_asker()), furthest=Coalesce(Subquery(_furthest()), 0), taken=Subquery(_taken())
        ).values_list(*READ, named=True)
        return [_counted(row) for row in told]


def _counted(row: Any) -> Counted:
    who, asked = row.provider__name or (f"{ELSEWHERE}:" if row.elsewhere else ""), day_of(row.received_at)
    days = (day_of(row.taken) - asked).days if row.taken else None
    return Counted(
        row.member_id, row.programme, who, row.asker or "", row.member__language, _outcome(row), row.furthest,
        row.member__county, band(age(row.member__birth_date, asked)), days,
    )  # fmt: skip


def _outcome(row: Any) -> str:
    return OPEN_STILL if row.status in OPEN else WITHDRAWN if row.status == WITHDRAWN else str(row.closure_reason)


def _asker() -> "QuerySet[Any, Any]":
    """What the first who asked is to the person, as they say."""
    first = AskedFor.objects.filter(referral=OuterRef("pk")).order_by("asking__at", "pk")
    return first.values("asking__standing")[:1]


def _furthest() -> "QuerySet[Any, Any]":
    taken = Step.objects.filter(of=REFERRAL.of, thing_id=OuterRef("pk"), verb__in=FURTHEST).order_by()
    ranks = [When(verb=verb, then=Value(rank)) for verb, rank in FURTHEST.items()]
    furthest = Max(Case(*ranks, output_field=IntegerField()))
    return taken.values("thing_id").annotate(furthest=furthest).values("furthest")


def _taken() -> "QuerySet[Any, Any]":
    """When it was first taken."""
    taken = Step.objects.filter(of=REFERRAL.of, thing_id=OuterRef("pk"), verb="accept").order_by("at")
    return taken.values("at")[:1]


def waiting(found: QuerySet[Referral], now: datetime) -> list[Waiting]:
    """All that are open now. A state begins with the step that led to it."""
    with wall.opened("loop.count"):
        last = Step.objects.filter(of=REFERRAL.of, thing_id=OuterRef("pk")).order_by("-at", "-pk").values("at")[:1]
        rows = found.filter(status__in=OPEN).order_by().annotate(since=Subquery(last))
        told = rows.values_list("member_id", "status", "since", "received_at")
        return [Waiting(person, status, max(0, (now - (since or received)).days))
                for person, status, since, received in told]  # fmt: skip
