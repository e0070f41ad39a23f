"""An authorization, everything that was told of it, how its referral stands by the State's words, units drawn."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.authorizations.lifecycle import AUTHORIZATION, CHANNELS, CLOSED, OPEN
from wholeperson.casework.members import scoping
from wholeperson.casework.members.models import Member
from wholeperson.casework.referrals.models import Referral, one_of
from wholeperson.casework.referrals.vocabulary import CLOSURES, STATE_STATUSES
from wholeperson.record.ids import public_id_field
from wholeperson.record.kept import Kept
from wholeperson.record.living import Living
from wholeperson.record.models import lawful_status, status_field
from wholeperson.record.privacy import Privacy
from wholeperson.record.sealed import SealedText

HOW = [(channel, channel) for channel in CHANNELS]
SOURCES = ["opening", "hand", "service"]


class Authorization(Living):
    """A service for a member that a plan gave to a provider, or has yet to decide: as far as it was told."""

    lifecycle = AUTHORIZATION

    public_id = public_id_field("aut")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="authorizations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=40)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="authorizations", null=True)
    number = SealedText(blank=True, default="")
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    units = models.PositiveIntegerField(null=True)
    ended_on = models.DateField(null=True)
    kept_at = models.DateTimeField()
    status = status_field(AUTHORIZATION)

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id member organisation plan referral begins ends units ended_on kept_at due_at",
        identifies="number fingerprint",
        sensitive="programme status",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(AUTHORIZATION),
            models.UniqueConstraint(
                fields=["member", "organisation", "plan", "programme", "fingerprint"],
                condition=~Q(fingerprint=""),
                name="one_row_for_a_number_of_a_service",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "plan", "programme"], name="authorization_by_partner"),
            models.Index(fields=["organisation", "plan"], condition=~Q(programme="ecm"), name="supports_by_partner"),
            # for the list, and what ends next, in their order
            models.Index(fields=["organisation", "ends", "id"], condition=Q(status__in=OPEN), name="open_by_their_end"),
        ]


class Told(Kept):
    """What somebody told of it: which decision, who said so, how, on which day, and when we wrote it down."""

    authorization = models.ForeignKey(Authorization, on_delete=models.PROTECT, related_name="told")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=12)
    number = SealedText(blank=True, default="")
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    units = models.PositiveIntegerField(null=True)
    reason = SealedText(blank=True, default="")
    how = models.CharField(max_length=12, choices=HOW)
    who = SealedText(blank=True, default="")
    on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    kept_at = models.DateTimeField()

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(
        open="authorization member begins ends units how on person kept_at",
        identifies="number who",
        sensitive="decision reason",
    )

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(how__in=CHANNELS), name="known_way_it_was_told")]


class Answer(Kept):
    """How the plan's referral stood from a day on, in the State's words, where no referral of ours stands behind it.

    Dated rows, never one column. Of a referral that is kept here, the referral's own rows tell it: `standing`.
    """

    authorization = models.ForeignKey(Authorization, on_delete=models.PROTECT, related_name="answers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=24, choices=one_of(STATE_STATUSES))
    since = models.DateField()
    closure = models.CharField(max_length=30, choices=one_of(CLOSURES), blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    kept_at = models.DateTimeField()

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(open="authorization member since person kept_at", sensitive="answer closure")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(answer__in=STATE_STATUSES), name="known_answer_to_a_referral"),
            models.CheckConstraint(
                condition=(Q(answer=CLOSED) & Q(closure__in=CLOSURES)) | (~Q(answer=CLOSED) & Q(closure="")),
                name="a_closed_loop_says_why",
            ),
        ]


class Draw(Kept):
    """Units used. Only ever added to; what was wrong is made right by another row."""

    authorization = models.ForeignKey(Authorization, on_delete=models.PROTECT, related_name="draws")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    units = models.IntegerField()
    on = models.DateField()
    source = models.CharField(max_length=12, choices=[(source, source) for source in SOURCES])
    key = models.CharField(max_length=80, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    kept_at = models.DateTimeField()

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(open="authorization member on source key person kept_at", sensitive="units")
