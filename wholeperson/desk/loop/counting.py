"""Referrals of a period, each read once: how far it came, with whom, asked by whom, in which language, how it ended.

How far a referral came is the furthest step it ever took: one that was given back had been taken all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from wholeperson.access.models import Person
from wholeperson.casework.members.days import midnight
from wholeperson.casework.referrals import queries
from wholeperson.casework.referrals.lifecycle import OPEN, REFERRAL
from wholeperson.casework.referrals.models import AskedFor, Referral
from wholeperson.record import wall
from wholeperson.record.models import Step

COUNT = "loop.count"
STAGES = ("asked", "looked_at", "sent", "taken", "reached", "begun")
FURTHEST = {"screen": 1, "send": 2, "send_elsewhere": 2, "accept": 3, "reach": 4, "start": 5}
OPEN_STILL, WITHDRAWN, ELSEWHERE = "open", "withdrawn", "elsewhere"


class Counted(NamedTuple):
    """One referral, without whose it is. `outcome`: open, withdrawn, or why it was closed."""

    programme: str
    provider: str
    asker: str
    language: str
    outcome: str
    furthest: int


class Waiting(NamedTuple):
    """One that is open, and for how many days in its present state."""

    status: str
    days: int


@dataclass(frozen=True)
class Sight:
    """The referrals somebody may count. `across`: they look across organizations, and no small number is told."""

    found: QuerySet[Referral]
    across: bool


def sight(user: Person) -> Sight:
    """One's own work, each of which one may open; or numbers alone, for who looks after the whole."""
    if user.standing.organisations_where(queries.HANDLE):
        return Sight(queries.within(user), False)
    return Sight(queries.of_organisations(user.standing.organisations_where(COUNT)), True)


def asked_between(found: QuerySet[Referral], first: date, last: date) -> list[Counted]:
    """Those that were asked for on these days, both included."""
    begins, ends = midnight(first), midnight(last + timedelta(days=1))
    with wall.opened("loop.count"):
        rows = found.filter(received_at__gte=begins, received_at__lt=ends).order_by()
        told = rows.annotate(asker=Subquery(_asker()), furthest=Coalesce(Subquery(_furthest()), 0)).values_list(
            "programme", "provider__name", "elsewhere", "asker", "member__language", "status", "closure_reason",
            "furthest",
        )  # fmt: skip
        return [_counted(*row) for row in told]


def _counted(
    programme: str, provider: str | None, elsewhere: str, asker: str | None, language: str, status: str, reason: str,
    furthest: int,
) -> Counted:  # fmt: skip
    who = provider or (f"{ELSEWHERE}:" if elsewhere else "")
    outcome = OPEN_STILL if status in OPEN else WITHDRAWN if status == WITHDRAWN else reason
    return Counted(programme, who, asker or "", language, outcome, furthest)


def _asker() -> "QuerySet[Any, Any]":
    """What the first who asked is to the person, as they say."""
    first = AskedFor.objects.filter(referral=OuterRef("pk")).order_by("asking__at", "pk")
    return first.values("asking__standing")[:1]


def _furthest() -> "QuerySet[Any, Any]":
    taken = Step.objects.filter(of=REFERRAL.of, thing_id=OuterRef("pk"), verb__in=FURTHEST).order_by()
    ranks = [When(verb=verb, then=Value(rank)) for verb, rank in FURTHEST.items()]
    furthest = Max(Case(*ranks, output_field=IntegerField()))
    return taken.values("thing_id").annotate(furthest=furthest).values("furthest")


def waiting(found: QuerySet[Referral], now: datetime) -> list[Waiting]:
    """All that are open now. A state begins with the step that led to it."""
    with wall.opened("loop.count"):
        last = Step.objects.filter(of=REFERRAL.of, thing_id=OuterRef("pk")).order_by("-at", "-pk").values("at")[:1]
        rows = found.filter(status__in=OPEN).order_by().annotate(since=Subquery(last))
        told: Iterable[tuple[str, datetime | None, datetime]] = rows.values_list("status", "since", "received_at")
        return [Waiting(status, max(0, (now - (since or received)).days)) for status, since, received in told]
