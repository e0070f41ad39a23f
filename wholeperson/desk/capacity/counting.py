"""For each county: who gives a service there, who takes new people, and what is free by which word.

A service that goes to several counties stands in each, so the free places of two counties may be the same ones.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Sum, When
from django.db.models.functions import Greatest

from wholeperson.casework.providers.models import Capacity, Services, Trait
from wholeperson.casework.providers.models.room import FREE as COUNTED

FREE, UNSAID, FULL, NONE, OUTSIDE = "free", "unsaid", "full", "none", "outside"
GAPS = (NONE, FULL, UNSAID)  # where nobody can be sent without asking first, the widest gap first


@dataclass(frozen=True)
class County:
    """One county. `old` is what was called free, too long ago to be relied on; `theirs`: it belongs to the plan."""

    id: str
    name: str
    theirs: bool = True
    services: int = 0
    said: int = 0
    providers: int = 0
    taking: int = 0
    free: int = 0
    old: int = 0

    @property
    def state(self) -> str:
        if not self.theirs:
            return OUTSIDE
        if not self.services:
            return NONE
        if self.taking:
            return FREE
        return UNSAID if self.said < self.services else FULL


def counties(
    found: Services, names: Mapping[str, str], *, at: datetime, theirs: Collection[str] | None = None
) -> list[County]:
    """Every county by name, with what these services have there; in two questions whatever their number."""
    offered, room = _offered(found, at), _room(found, at)
    return [
        County(id, name, theirs is None or id in theirs, **offered.get(id, {}), **room.get(id, {}))
        for id, name in sorted(names.items(), key=lambda one: one[1])
    ]


def _offered(found: Services, at: datetime) -> dict[str, dict[str, int]]:
    here = Capacity.objects.filter(service=OuterRef("service"))
    fresh = Exists(here.filter(kind__in=COUNTED, stale_at__gt=at))
    free = Exists(Capacity.objects.free(at).filter(service=OuterRef("service")))
    rows = Trait.objects.filter(kind="county", service__in=found).order_by().values("value")
    many = rows.annotate(
        services=Count("service"), said=Count("service", filter=Q(fresh)),
        providers=Count("service__organisation", distinct=True),
        taking=Count("service__organisation", distinct=True, filter=Q(free)),
    )  # fmt: skip
    return _by(many, "value")


def _room(found: Services, at: datetime) -> dict[str, dict[str, int]]:
    """Places and beds beyond what is held: said lately, and said before that."""
    left = Greatest(F("number") - F("held"), 0, output_field=IntegerField())
    fresh, whole = Q(stale_at__gt=at), IntegerField()
    rows = Capacity.objects.filter(service__in=found, kind__in=COUNTED, service__traits__kind="county").order_by()
    many = rows.with_held(at).values(county=F("service__traits__value")).annotate(
        free=Sum(Case(When(fresh, then=left), default=0, output_field=whole)),
        old=Sum(Case(When(fresh, then=0), default=left, output_field=whole)),
    )  # fmt: skip
    return _by(many, "county")


def _by(rows: Any, name: str) -> dict[str, dict[str, int]]:
    return {row.pop(name): row for row in rows}
