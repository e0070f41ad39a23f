"""How the referral behind an authorization stands, in the State's words: one home for it.

Where the referral is kept here, its own rows say it, written by its steps. Where the plan sent the person by file
alone, what the provider answered about the authorization says it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from wholeperson.access.models import Person
from wholeperson.casework.authorizations.models import Answer, Authorization
from wholeperson.casework.referrals.models import StateStatus


@dataclass(frozen=True)
class Standing:
    """One of the State's five statuses, from a day on; `closure` is the State's reason where the loop closed."""

    status: str
    since: date
    closure: str
    who: str


def of_one(user: Person, found: Authorization) -> list[Standing]:
    """The newest first, as far as this person may see them."""
    if found.referral_id:
        return [_stated(row) for row in newest(StateStatus.objects.for_user(user).filter(referral=found.referral_id))]
    rows = Answer.objects.for_user(user).filter(authorization=found).select_related("person")
    return [_answered(row) for row in rows.order_by("-since", "-kept_at", "-id")]


def of_many(found: Iterable[Authorization], last: date, known_at: datetime) -> dict[UUID, list[Standing]]:
    """By authorization, the oldest first, as it was known at that moment; unscoped, for a provider's own files."""
    all_of_them = list(found)
    stated: dict[UUID, list[Standing]] = {}
    behind = [one.referral_id for one in all_of_them if one.referral_id]
    for row in newest(StateStatus.objects.filter(referral__in=behind, kept_at__lte=known_at, on__lte=last)).reverse():
        stated.setdefault(row.referral_id, []).append(_stated(row))
    answered: dict[UUID, list[Standing]] = {}
    alone = [one.pk for one in all_of_them if not one.referral_id]
    for each in Answer.objects.filter(authorization__in=alone, kept_at__lte=known_at, since__lte=last).order_by(
        "since", "kept_at", "id"
    ):
        answered.setdefault(each.authorization_id, []).append(_answered(each))
    return {
        one.pk: stated.get(one.referral_id, []) if one.referral_id else answered.get(one.pk, []) for one in all_of_them
    }


def newest(rows: QuerySet[StateStatus]) -> QuerySet[StateStatus]:
    return rows.order_by("-on", "-kept_at", "-id")


def _stated(row: StateStatus) -> Standing:
    return Standing(row.status, row.on, row.reason, row.told_by)


def _answered(row: Answer) -> Standing:
    return Standing(row.answer, row.since, row.closure, row.person.name if row.person else "")
