"""An ECM case: a member whom a plan assigned to a provider. How it stood on each day, and who led it, are rows."""

from datetime import UTC, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.care.lifecycle import CASE, OPEN, REASONS
from wholeperson.casework.members import scoping
from wholeperson.casework.members.models import Member
from wholeperson.record.ids import public_id_field
from wholeperson.record.kept import Kept
from wholeperson.record.living import Living
from wholeperson.record.models import lawful_status, status_field
from wholeperson.record.privacy import Privacy
from wholeperson.record.sealed import SealedText

NOT_YET = datetime(1900, 1, 1, tzinfo=UTC)  # when somebody was reached whom nobody has reached
WHY = [(reason, reason) for reason in REASONS]


class Case(Living):
    """A member whose care a provider leads for a plan. One that is assigned again after its end is a new one."""

    lifecycle = CASE

    public_id = public_id_field("ecm")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="cases")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    plan = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    assigned_on = models.DateField()
    authorization_number = SealedText(blank=True, default="")
    authorized_from = models.DateField(null=True)
    authorized_until = models.DateField(null=True)
    enrolled_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=24, choices=WHY, blank=True)
    kept_at = models.DateTimeField()
    # when anybody of this organisation reached the member last; written by the database with each contact
    reached_at = models.DateTimeField(default=NOT_YET, editable=False)
    status = status_field(CASE)

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id member organisation plan lead assigned_on authorized_from authorized_until kept_at due_at",
        identifies="authorization_number",
        sensitive="status enrolled_on ended_on reason reached_at",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(CASE),
            models.CheckConstraint(condition=Q(reason__in=["", *REASONS]), name="known_reason_of_an_end"),
            models.UniqueConstraint(
                fields=["member", "organisation", "plan"],
                condition=Q(ended_on=None),
                name="one_open_case_with_a_provider_of_a_plan",
            ),
        ]
        indexes: ClassVar = [
            # those of a month are all due on its last day: by their key, counted without a look at the rows
            models.Index(
                fields=["organisation", "id"],
                include=["member", "lead", "plan", "status", "reached_at"],
                condition=Q(status__in=OPEN),
                name="open_cases_in_order",
            ),
            # whose turn it is: who was not reached for the longest time stands first
            models.Index(fields=["lead", "reached_at", "id"], condition=Q(status__in=OPEN), name="cases_of_a_lead"),
            models.Index(
                fields=["organisation", "reached_at", "id"], condition=Q(status__in=OPEN), name="cases_of_a_team"
            ),
            models.Index(fields=["organisation", "plan"], name="cases_with_a_plan"),
        ]


class Standing(Kept):
    """How a case stood from a day on, and when we learnt it. What is learnt late is another row, never a change."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="standings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=40)
    since = models.DateField()
    reason = models.CharField(max_length=24, choices=WHY, blank=True)
    kept_at = models.DateTimeField()

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(open="case member since kept_at", sensitive="status reason")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=CASE.statuses), name="known_standing_of_a_case")
        ]


class Lead(Kept):
    """Who led the care from a day on; nobody, where none is named."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="leads")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    since = models.DateField()
    kept_at = models.DateTimeField()

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(open="case member person since kept_at")


class Assignment(Kept):
    """That the plan named the member for this case in the file of a month."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    kept_at = models.DateTimeField()

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(open="case member month kept_at")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "month"], name="one_assignment_of_a_month")]


class PlanReview(Kept):
    """That the care plan was looked at on a day, and when the team looks at it again: it sets that day itself.

    One that was written down wrong is struck out with why, and stays: what went out before was told with it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField()
    next_on = models.DateField()
    note = SealedText(blank=True, default="")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    struck_why = SealedText(blank=True, default="")

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(
        open="case member reviewed_on next_on person kept_at struck_at struck_by", sensitive="note struck_why"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(next_on__gt=models.F("reviewed_on")), name="reviewed_again_later"),
        ]
        indexes: ClassVar = [
            models.Index(
                "case", models.F("reviewed_on").desc(), models.F("kept_at").desc(), models.F("id").desc(),
                condition=Q(struck_at=None), name="last_review_of_a_case",
            ),
        ]  # fmt: skip
