"""Care as work: the people not reached in this month, until its last day."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.access import compiled
from wholeperson.access.due import Line, Offer, all_ours, end_of
from wholeperson.access.filled import address
from wholeperson.access.models import Person
from wholeperson.casework.care import queries
from wholeperson.casework.care.lifecycle import WORK
from wholeperson.casework.care.models import Case
from wholeperson.casework.referrals import programmes

WHY = {
    "assigned": gettext_lazy("Reach the person for the first time"),
    "outreach": gettext_lazy("Try again to reach the person"),
    "enrolled": gettext_lazy("Not reached this month"),
}
REVIEW = gettext_lazy("Look at the care plan again")


def told(user: Person, keys: Collection[UUID]) -> list[Line]:
    last = end_of(queries.last_day(user.standing.on))
    return [_line(case, last) for case in compiled.found(due_of, user, keys=list(keys))]


def due_of(user: Person, keys: Collection[UUID]) -> QuerySet[Case]:
    return queries.due(user).filter(pk__in=keys)


def _line(case: Case, last: datetime) -> Line:
    return Line(
        kind="care", key=case.pk, about=case.member.called, what=programmes.name(programmes.ECM), why=WHY[case.status],
        address=address("case", case.public_id), due_at=last,
        whose=case.lead.name if case.lead else _("Nobody leads the care"), member=case.member_id,
    )  # fmt: skip


def told_reviews(user: Person, keys: Collection[UUID]) -> list[Line]:
    return [_review(case) for case in queries.reviews_due(user).filter(pk__in=keys)]


def _review(case: Any) -> Line:
    return Line(
        kind="plan_review", key=case.pk, about=case.member.called, what=_("Care plan"), why=REVIEW,
        address=address("case_review", case.public_id), due_at=end_of(case.review_on),
        whose=case.lead.name if case.lead else _("Nobody leads the care"), member=case.member_id,
    )  # fmt: skip


OFFER = Offer(
    "care", gettext_lazy("Care"), queries.READ, queries.due, told, day="month_ends", plan="plan", person="lead",
    to_do=WHY, parts=all_ours(queries.due),
)  # fmt: skip
REVIEWS = Offer(
    "plan_review", gettext_lazy("Care plans"), WORK, queries.reviews_due, told_reviews, day="review_on",
    plan="plan", person="lead", to_do={"enrolled": REVIEW},
)  # fmt: skip
