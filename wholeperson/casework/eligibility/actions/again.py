"""The rules are asked again by themselves about whom they were asked before: where a fact came, or the policy changed.

A round finds such members and leaves a job for each. A job may run twice, or be killed: the same answer is one row.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery
from django_tasks import task

from wholeperson.casework.eligibility import policies
from wholeperson.casework.eligibility.actions.determining import MAKE, determine
from wholeperson.casework.eligibility.models import Basis, Determination
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Coverage, Fact, Member, Relationship
from wholeperson.record import wall
from wholeperson.record.actors import System
from wholeperson.record.moments import moment

RULES: Final = System("rules", frozenset({MAKE}))
MOST: Final = 500  # members a round; the next goes on


def ask_again(*, at: datetime) -> int:
    """Leave a job for each member whose answers no longer rest on all that is known; returns how many."""
    with wall.opened("determination.find"):
        found = sorted({*_by_facts(), *_by_policy(at)})[:MOST]
    for member in found:
        determine_again.enqueue(str(member))
    return len(found)


@task()
def determine_again(member_id: str) -> None:
    """Ask the rules about one member as of today."""
    at = moment()
    with wall.opened("determination.again"):
        member = Member.objects.get(pk=member_id)
    determine(member=member, by=RULES, on=day_of(at), at=at)


def _by_facts() -> Iterator[UUID]:
    """Members of whom something came in after what their last answers rest on."""
    asked = Basis.objects.filter(member=OuterRef("member")).order_by("-newest").values("newest")[:1]
    for rows in (Fact.objects.all(), Coverage.objects.all(), Relationship.objects.filter(reason="coverage")):
        newer = rows.annotate(asked=Subquery(asked)).filter(pk__gt=F("asked"))
        yield from newer.order_by("member").values_list("member", flat=True).distinct()[:MOST]


def _by_policy(at: datetime) -> Iterator[UUID]:
    """Members whose answer in force is by a version that is not the one of today."""
    later = Determination.objects.filter(
        member=OuterRef("member"), programme=OuterRef("programme"), on__gt=OuterRef("on"), superseded_by=None
    )
    heads = Determination.objects.filter(~Exists(later), superseded_by=None)
    for programme, version, plan in heads.values_list("programme", "version", "basis__plan").distinct():
        policy = policies.policy_on(day_of(at))
        if policy.plans.get(plan, {}).get("parameters"):
            policy = policies.policy_on(day_of(at), plan=plan)
        if policy.versions.get(programme, version) != version:
            stale = heads.filter(programme=programme, version=version, basis__plan=plan).order_by("member")
            yield from stale.values_list("member", flat=True)[:MOST]
