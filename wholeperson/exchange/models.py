"""The ledger: each file that came and what became of it, each that went out, and which trials a plan has accepted.

The files themselves lie encrypted with the documents. Who took one along stands in the trail.
"""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from wholeperson.access.models import Organisation, Person
from wholeperson.exchange.layouts import ASKING
from wholeperson.exchange.lifecycle import ASK_MANY, FILE, OF_A_LIST, RECEIVE
from wholeperson.record.ids import public_id_field
from wholeperson.record.living import Living
from wholeperson.record.models import Document, OnlyAppended, WrittenOnceRow, lawful_status, status_field
from wholeperson.record.privacy import Privacy
from wholeperson.record.sealed import SealedText

OUTCOMES = ["accepted", "accepted_with_warnings", "partly", "rejected"]


def of_organisation() -> "models.ForeignKey[Organisation, Organisation]":
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")


class Incoming(models.QuerySet[Any]):
    """Files are for those who work with the files of the organisation that they came to; lists for those who ask."""

    def for_user(self, user: Person) -> Self:
        plans = ~Q(layout=ASKING) & Q(organisation__in=user.standing.organisations_where(RECEIVE))
        lists = Q(layout=ASKING, organisation__in=user.standing.organisations_where(ASK_MANY))
        return self.filter(plans | lists)


class Unread(OnlyAppended[Any]):
    """As above, for what could not be taken in."""

    def for_user(self, user: Person) -> Self:
        return self.filter(organisation__in=user.standing.organisations_where(RECEIVE))


class Outgoing(OnlyAppended[Any]):
    """As above, for what went out."""

    def for_user(self, user: Person) -> Self:
        return self.filter(organisation__in=user.standing.organisations_where("exchange.send"))


class Received(Living):
    """A file that came. `report` is the check's own document, as far as a person would read it.

    `plan` is who made it; of a list of requests that is the organization itself. Until the check is done there is no
    outcome and no report.
    """

    lifecycle = FILE

    public_id = public_id_field("fil")
    organisation = of_organisation()
    plan = of_organisation()
    layout = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    name = SealedText()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=24, choices=[(outcome, outcome) for outcome in OUTCOMES], blank=True)
    rows_read = models.PositiveIntegerField()
    rows_kept = models.PositiveIntegerField()
    report = SealedText()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    came_at = models.DateTimeField()
    loaded_at = models.DateTimeField(null=True)
    fix_list = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)
    fix_list_asked_at = models.DateTimeField(null=True)
    fix_list_for = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    status = status_field(FILE)

    objects = Incoming.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id organisation plan layout digest document outcome rows_read rows_kept person came_at loaded_at "
        "status due_at fix_list fix_list_asked_at fix_list_for",
        identifies="name",
        part2="report",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(FILE),
            models.CheckConstraint(condition=Q(outcome__in=["", *OUTCOMES]), name="known_outcome_of_a_file"),
            models.UniqueConstraint(fields=["organisation", "plan", "digest"], name="one_row_for_a_file"),
        ]

    @property
    def is_list(self) -> bool:
        """Whether it is a list of requests."""
        return self.layout == ASKING

    def verb(self, word: str) -> str:
        """What the step is called for this kind of file."""
        return OF_A_LIST[word] if self.is_list else word


class TurnedAway(WrittenOnceRow):
    """What lay in the folder and could not be taken up, and why. What could be checked is a row of `Received`."""

    public_id = public_id_field("not")
    organisation = of_organisation()
    plan = of_organisation()
    kind = models.CharField(max_length=40)
    name = SealedText()
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    size = models.BigIntegerField()
    why = models.CharField(max_length=20)
    at = models.DateTimeField()

    objects: ClassVar = Unread.as_manager()
    privacy: ClassVar = Privacy(open="public_id organisation plan kind size why at", identifies="name fingerprint")


class Sent(WrittenOnceRow):
    """A file of a month as it went out: what was known at `known_at`, and so the same bytes whenever it is made.

    `number` counts from one; a higher one went out in place of those before it, and `why` says for what.
    """

    public_id = public_id_field("out")
    organisation = of_organisation()
    plan = of_organisation()
    layout = models.CharField(max_length=80)
    month = models.DateField()  # its first day
    number = models.PositiveSmallIntegerField(default=1)
    why = SealedText(blank=True, default="")
    known_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)

    objects: ClassVar = Outgoing.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id organisation plan layout month number known_at digest rows document person", sensitive="why"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "plan", "layout", "month", "number"], name="one_file_of_a_month_and_number"
            )
        ]


class Trial(WrittenOnceRow):
    """That a plan accepted a test file of a layout, on a day. Asked before the first one with members leaves."""

    organisation = of_organisation()
    plan = of_organisation()
    layout = models.CharField(max_length=80)
    accepted_on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    objects: ClassVar = Outgoing.as_manager()
    privacy: ClassVar = Privacy(open="organisation plan layout accepted_on person at")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "plan", "layout"], name="one_trial_of_a_layout")
        ]
