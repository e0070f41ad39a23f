"""The care plan is looked at again: by the team, when the team said so. The State sets no number of days."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from wholeperson.access.models import Person
from wholeperson.casework.care.lifecycle import WORK
from wholeperson.casework.care.models import Case, PlanReview
from wholeperson.record import refusals, trail, wall
from wholeperson.rules.problems import Problem, Refused, Where


@transaction.atomic
def review_plan(
    case: Case, *, reviewed_on: date, next_on: date, by: Person, at: datetime, note: str = ""
) -> PlanReview:
    """Keep it: the duty is done, and due again on `next_on`. The same told twice is one review; other words stay."""
    if case.organisation_id not in by.standing.organisations_where(WORK):
        raise refusals.not_allowed(by.label, WORK)
    if not case.assigned_on <= reviewed_on <= by.standing.on < next_on:
        raise Refused(_not_those_days())
    with wall.opened("care.review_plan"):
        Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        same_days: QuerySet[PlanReview] = PlanReview.objects.filter(
            case=case, reviewed_on=reviewed_on, next_on=next_on, struck_at=None
        )
        if known := next((one for one in same_days if note in ("", one.note)), None):
            return known
        made = PlanReview(
            case=case, reviewed_on=reviewed_on, next_on=next_on, member_id=case.member_id, note=note, person=by,
            kept_at=at,
        )  # fmt: skip
        made.save(force_insert=True)
    trail.wrote(made, "care.review_plan", by=by, at=at, subject=case.member_id)
    return made


@transaction.atomic
def strike_review(review: PlanReview, *, why: str, by: Person, at: datetime) -> PlanReview:
    """It was not so, or on another day: what was told before it holds again. Struck twice it stays as it was."""
    if review.case.organisation_id not in by.standing.organisations_where(WORK):
        raise refusals.not_allowed(by.label, WORK)
    with wall.opened("care.strike_review"):
        told = {"struck_at": at, "struck_by": by, "struck_why": why}
        if PlanReview.objects.filter(pk=review.pk, struck_at=None).update(**told):
            trail.wrote(review, "care.strike_review", by=by, at=at, subject=review.member_id)
        review.refresh_from_db()
    return review


def _not_those_days() -> Problem:
    return Problem(
        "not_those_days", "a review was, and the next one is still to come",
        "the duty is due on the day of the next one",
        "give the day of the review, and a later one for the next", Where(path="next_on"),
        ("reviewed: between the assignment and today", "next: after today"),
    )  # fmt: skip
