"""How a month stands with a plan: its files, what they lack, and what may be done about them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.utils.functional import SimpleLazyObject

from wholeperson.access import compiled, upto
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.authorizations import queries as authorizations
from wholeperson.casework.care import queries as care
from wholeperson.casework.care.queries import Gaps, Glance
from wholeperson.casework.members.days import day_of
from wholeperson.exchange import projections, queries
from wholeperson.exchange.models import Sent, Trial
from wholeperson.formats.files.layout import Layout
from wholeperson.record import wall

Key = tuple[UUID, UUID, str]  # provider, plan, layout


@dataclass(frozen=True)
class MonthsFile:
    """One file of the month: how it stands."""

    layout: Layout
    sent: Sent | None
    key: Key
    tried: Collection[Key]  # asked for only where somebody wants to know

    @property
    def is_tried(self) -> bool:
        return self.key in self.tried

    @property
    def asks(self) -> bool:
        """Whether the plan must read a test first."""
        return self.layout.needs_a_trial and not self.is_tried


@dataclass(frozen=True)
class PlanMonth:
    """A provider's month with one plan."""

    organisation: Organisation
    plan: Organisation
    month: date
    gaps: Gaps
    supports: int
    files: list[MonthsFile]
    is_over: bool

    @property
    def address(self) -> list[str]:
        return [self.plan.public_id, f"{self.month:%Y-%m}"]

    @property
    def asking(self) -> list[Layout]:
        return [each.layout for each in self.files if not each.sent and each.asks]

    @property
    def waiting(self) -> list[MonthsFile]:
        """Those that could go out now."""
        return [each for each in self.files if self.is_over and not each.sent and not each.asks]

    @property
    def gone(self) -> list[MonthsFile]:
        return [each for each in self.files if each.sent]

    @property
    def is_counted_now_and_then(self) -> bool:
        return self.gaps.people > upto.MOST

    @property
    def has_people(self) -> bool:
        return self.gaps.people > 0 or self.supports > 0


def plan_months(user: Person, month: date, *, at: datetime, lacking: bool = True) -> list[PlanMonth]:
    """One for each provider of theirs and each plan it has people or files of; `lacking`: with what the files lack."""
    with wall.opened("exchange.month"):  # once for the three
        pairs = queries.partners(user)
        gaps = care.gaps(user, queries.SEND, month, lacking=lacking)
        supports = authorizations.supports_by_partner(user, queries.SEND)
    return _months(user, month, pairs, gaps, supports, at)


def plan_month(user: Person, plan: str, month: date, *, at: datetime) -> tuple[PlanMonth, Glance] | None:
    """That with one plan, by its public id, and what it lacks counted anew; None where they have nothing with it."""
    with wall.opened("exchange.month"):
        pair = next((each for each in queries.partners(user) if each[1].public_id == plan), None)
        if pair is None:
            return None
        glance = care.at_a_glance(*pair, month, on=day_of(at), at=at)
        supports = authorizations.supports_by_partner(user, queries.SEND)
    key = (pair[0].pk, pair[1].pk)
    (wanted,) = _months(user, month, [pair], {key: glance.gaps}, supports, at)
    return wanted, glance


Pairs = Collection[tuple[Organisation, Any]]
Pair = tuple[UUID, UUID]


def _months(
    user: Person, month: date, pairs: Pairs, gaps: Mapping[Pair, Gaps], supports: Mapping[Pair, int], at: datetime
) -> list[PlanMonth]:
    sent, tried = _sent(user, month), cast("Collection[Key]", SimpleLazyObject(partial(_trials, pairs)))
    is_over = care.month_begins(care.next_month(month)) <= at
    return [
        PlanMonth(
            organisation, plan, month, (held := gaps.get(key, Gaps())), (helped := supports.get(key, 0)),
            [
                MonthsFile(layout, sent.get((*key, layout.id)), (*key, layout.id), tried)
                for layout in projections.files_of(plan.word)
                if projections.is_about(layout, people=held.people, supports=helped)
            ],
            is_over,
        )
        for organisation, plan in pairs
        for key in [(organisation.pk, plan.pk)]
    ]  # fmt: skip


def _sent(user: Person, month: date) -> dict[Key, Sent]:
    """What went out last, by provider, plan and layout."""
    rows = compiled.found(queries.sent_in, user, month)
    return {(row.organisation_id, row.plan_id, row.layout): row for row in rows}


def _trials(pairs: Pairs) -> set[Key]:
    rows = Trial.objects.filter(organisation__in={one.pk for one, _ in pairs})
    return {(row.organisation_id, row.plan_id, row.layout) for row in rows}
