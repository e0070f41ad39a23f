"""A referral for one program; who asked for it; each time it was sent; how the State's status stood on each day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members import scoping
from wholeperson.casework.members.models import Contact, Member
from wholeperson.casework.referrals import vocabulary
from wholeperson.casework.referrals.lifecycle import (
    AWAY,
    CALLBACK,
    LIVE,
    OPEN,
    REFERRAL,
    SENDING,
    TURN,
    WORKED_ON,
)
from wholeperson.record.ids import public_id_field
from wholeperson.record.kept import Kept
from wholeperson.record.living import Living
from wholeperson.record.models import Document, lawful_status, status_field
from wholeperson.record.privacy import Privacy
from wholeperson.record.sealed import SealedText


def one_of(words: list[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


class Referral(Living):
    """Help of one program asked for one person. There is one open at most: whoever asks then joins it (`Asking`).

    `plan` is whose member the person is, as far as we know: empty where that plan has no place here, and `plan_word` is
    then its name in the policy. `handled_by` looks at it and sends it on. `provider` took it.
    """

    lifecycle = REFERRAL

    public_id = public_id_field("ref")
    status = status_field(REFERRAL)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="referrals")
    programme = models.CharField(max_length=60)
    plan = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    plan_word = models.CharField(max_length=80, blank=True)
    county = models.CharField(max_length=40, blank=True)
    handled_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="handled_referrals")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="taken_referrals", null=True)
    wished = models.CharField(max_length=200, blank=True)  # the provider the person asked for, in their words
    urgency = models.CharField(
        max_length=10, choices=one_of(vocabulary.URGENCIES), default=vocabulary.URGENCIES[0], blank=True
    )
    urgency_reason = SealedText(blank=True, default="")
    received_at = models.DateTimeField()
    question = SealedText(blank=True, default="")  # what was missing, asked for once
    asked_of = models.ForeignKey("Asking", on_delete=models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField(null=True)
    elsewhere = models.CharField(max_length=200, blank=True)  # who has it, where they have no place here
    started_on = models.DateField(null=True)
    hold_reason = SealedText(blank=True, default="")
    reopen_reason = SealedText(blank=True, default="")
    closure_reason = models.CharField(max_length=30, choices=one_of(vocabulary.CLOSURES), blank=True)
    closure_detail = SealedText(blank=True, default="")
    closed_on = models.DateField(null=True)

    objects = scoping.Scoped.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id member plan plan_word handled_by urgency received_at asked_at due_at",
        identifies="county wished asked_of",
        sensitive="status programme provider urgency_reason question elsewhere started_on hold_reason reopen_reason "
        "closure_reason closure_detail closed_on",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(REFERRAL),
            models.UniqueConstraint(
                fields=["member", "programme"], condition=Q(status__in=OPEN), name="one_open_referral_for_a_program"
            ),
            models.CheckConstraint(condition=Q(closure_reason__in=["", *vocabulary.CLOSURES]), name="known_closure"),
            models.CheckConstraint(condition=Q(urgency__in=vocabulary.URGENCIES), name="known_urgency"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["handled_by", "status", "due_at"], name="referrals_to_handle"),
            models.Index(fields=["provider", "status", "due_at"], name="referrals_taken"),
            models.Index(fields=["status", "due_at"], name="referrals_by_due"),
            # for lists that are read from the top, as far as somebody looks: counted without a look at the rows
            models.Index(
                fields=["handled_by", "due_at", "id"],
                include=["member", "status"],
                condition=Q(status__in=TURN),
                name="turns_in_order",
            ),
            models.Index(
                fields=["handled_by", "due_at", "id"],
                include=["member", "status", "provider"],
                condition=Q(status__in=AWAY),
                name="away_in_order",
            ),
            models.Index(
                fields=["provider", "due_at", "id"],
                include=["member", "status", "handled_by"],
                condition=Q(status__in=(*WORKED_ON, "on_hold")),
                name="held_in_order",
            ),
        ]


class Asking(Kept):
    """Somebody asked, once, for one or more programs. `public_id` is the number they look again with.

    `standing` is what they say they are to the person. How much they learn follows from `confirmed_as` alone: from what
    somebody here made sure of, never from what was typed.
    """

    public_id = public_id_field("ask")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="askings")
    channel = models.CharField(max_length=12, choices=one_of(vocabulary.CHANNELS))
    standing = models.CharField(max_length=20, choices=one_of(vocabulary.STANDINGS))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=200, blank=True)
    works_at = models.CharField(max_length=200, blank=True)
    phone = SealedText(blank=True, default="")
    email = SealedText(blank=True, default="")
    language = models.CharField(max_length=20, default="en")
    birth_date = models.DateField()  # as whoever asks gave it; with it and the number they look again
    safe_to_contact = models.CharField(max_length=20, choices=one_of(vocabulary.SAFETY), default="ask_first")
    told = SealedText(blank=True, default="")  # JSON: how to reach the person, what is known, what they wrote
    attested = models.BooleanField(default=False)
    at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)  # when somebody here took over what was told
    withdrawn_at = models.DateTimeField(null=True)
    confirmed_as = models.CharField(max_length=20, choices=one_of(vocabulary.CONFIRMED), blank=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=64, unique=True)  # of the form: sent twice, it is one
    # what of the same form is open on another record of the person, and so lies there; asked for again by that number
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, related_name="parts", null=True)

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id member channel organisation language attested at looked_at withdrawn_at confirmed_at key "
        "part_of",
        identifies="person name works_at phone email birth_date standing confirmed_as confirmed_by",
        sensitive="safe_to_contact told",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_as__in=["", *vocabulary.CONFIRMED]), name="known_confirmation_of_an_asking"
            ),
            models.CheckConstraint(condition=Q(safe_to_contact__in=vocabulary.SAFETY), name="known_safety_of_contact"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "at"], name="askings_of_somebody")]


class AskedFor(Kept):
    """That an asking is for a referral: `joined` where somebody had asked for the same before."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="asked_for")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="asked_by")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    joined = models.BooleanField(default=False)

    objects = scoping.Scoped.as_manager()
    privacy: ClassVar = Privacy(open="member joined", sensitive="asking referral")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["asking", "referral"], name="one_row_for_what_is_asked"),
        ]


class Sending(Living):
    """A referral was sent to an organization. Of one referral one is live at most: waiting, or taken."""

    lifecycle = SENDING

    public_id = public_id_field("snd")
    status = status_field(SENDING)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="sendings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals_sent_to")
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField()
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=30, choices=one_of(vocabulary.DECLINES), blank=True)
    note = SealedText(blank=True, default="")

    objects = scoping.Scoped.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id due_at referral member sent_by sent_at answered_at",
        identifies="answered_by",
        sensitive="status organisation reason note",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(SENDING),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(status__in=LIVE), name="one_live_sending_of_a_referral"
            ),
            models.CheckConstraint(condition=Q(reason__in=["", *vocabulary.DECLINES]), name="known_reason_to_decline"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "status", "due_at"], name="sendings_to_answer"),
            models.Index(
                fields=["organisation", "due_at", "referral"],
                include=["member"],
                condition=Q(status="waiting"),
                name="waiting_in_order",
            ),
        ]


class SendingLink(Kept):
    """A link by which a sending is answered without an account. Only a fingerprint of it is kept."""

    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="links")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="sending made_at expires_at", sensitive="fingerprint")


class LinkCode(Kept):
    """A code that was sent to the organization's own mailbox. Whoever knows it reads that mailbox."""

    link = models.ForeignKey(SendingLink, on_delete=models.PROTECT, related_name="codes")
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    privacy: ClassVar = Privacy(open="link made_at expires_at tries used_at", sensitive="fingerprint")


class Mailbox(Kept):
    """Where an organization's referrals are written to. Nothing is written to one that nobody has verified."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="referral_mailbox")
    address = models.EmailField()
    kept_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)

    privacy: ClassVar = Privacy(open="organisation kept_at verified_at", identifies="address")


class MemberMailbox(Kept):
    """An address that somebody wrote down for a member. The one written down last counts, once its reader said yes.

    `fingerprint` is of the link it was sent; empty where nothing was sent, because somebody has to look first.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="mailboxes")
    address = SealedText()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64, unique=True, null=True, editable=False)
    verified_at = models.DateTimeField(null=True)
    came_back_at = models.DateTimeField(null=True)

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(
        open="member person kept_at verified_at came_back_at", identifies="address", sensitive="fingerprint"
    )


class StateStatus(Kept):
    """One of the State's five statuses, from a day on. Each is a row of its own; none is ever changed."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="state_statuses")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=30, choices=one_of(vocabulary.STATE_STATUSES))
    on = models.DateField()
    reason = models.CharField(max_length=30, choices=one_of(vocabulary.CLOSURES), blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    told_by = models.CharField(max_length=200, blank=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", null=True)  # the first try
    kept_at = models.DateTimeField()

    objects = scoping.Scoped.as_manager()
    privacy: ClassVar = Privacy(
        open="referral member contact on kept_at", identifies="told_by", sensitive="status reason organisation"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=vocabulary.STATE_STATUSES), name="known_state_status"),
            models.CheckConstraint(
                condition=Q(status="referral_loop_closed", reason__in=vocabulary.CLOSURES)
                | ~Q(status="referral_loop_closed") & Q(reason=""),
                name="a_closed_loop_has_its_reason",
            ),
        ]


class Elsewhere(Kept):
    """What a plan or provider that has no place here told of a referral, and who told us."""

    public_id = public_id_field("els")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="told_elsewhere")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=one_of(vocabulary.ANSWERS_ELSEWHERE))
    on = models.DateField()
    way = models.CharField(max_length=12, choices=one_of(vocabulary.WAYS_ELSEWHERE))
    number = SealedText(blank=True, default="")  # a receipt's, or of an authorization
    until = models.DateField(null=True)
    reason = SealedText(blank=True, default="")
    told_by = models.CharField(max_length=200)
    house = models.CharField(max_length=200, blank=True, default="")  # to which it had been sent, by name
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    key = models.CharField(max_length=80, unique=True)

    objects = scoping.Scoped.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id referral member on way until kept_by kept_at key",
        identifies="number told_by house",
        sensitive="answer reason",
    )


class Paper(Kept):
    """A paper that came with a referral, and which of the policy's papers it is."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="papers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=60)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(open="referral member document at", sensitive="item")


class Notice(Kept):
    """Something that was to be told to the person or to whoever asked; where it may not be, why it was held back."""

    public_id = public_id_field("ntc")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="notices")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="notices", null=True)  # none: the person
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=20)
    held_back = models.CharField(max_length=20, blank=True)
    looked_at = models.DateTimeField(null=True)  # when a person looked at what was held back
    at = models.DateTimeField()
    key = models.CharField(max_length=120, unique=True)  # that of the outbox, where it was put there

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id referral member language looked_at at key", identifies="asking", sensitive="kind held_back"
    )


class HalfDone(Kept):
    """A form somebody keeps for later, theirs alone; forgotten after thirty days."""

    public_id = public_id_field("hlf")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    content = SealedText()
    at = models.DateTimeField(db_index=True)

    privacy: ClassVar = Privacy(open="public_id person at", sensitive="content")


class Callback(Living):
    """A call that nobody could take. Who they mean is not known yet, so it belongs to no member; it is called back.

    `organisation` is whose telephone it was. `outcome` is how the last try went, or how it ended.
    """

    lifecycle = CALLBACK

    public_id = public_id_field("cal")
    status = status_field(CALLBACK)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="callbacks")
    name = models.CharField(max_length=200, blank=True)
    phone = SealedText()
    best_time = models.CharField(max_length=10, choices=one_of(vocabulary.TIMES), default="any")
    language = models.CharField(max_length=20, default="en")
    message = models.CharField(max_length=3, choices=one_of(vocabulary.MESSAGES), default="no")  # may one be left?
    said = SealedText(blank=True, default="")
    called_at = models.DateTimeField()
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(
        max_length=20, choices=one_of([*vocabulary.CALL_TRIES, *vocabulary.CALL_ENDS]), blank=True
    )
    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="+", null=True)
    key = models.CharField(max_length=80, unique=True)  # of the form: sent twice, it is one

    privacy: ClassVar = Privacy(
        open="public_id status organisation best_time language called_at kept_by tries due_at key",
        identifies="name phone",
        sensitive="message said outcome asking",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(CALLBACK),
            models.CheckConstraint(condition=Q(message__in=vocabulary.MESSAGES), name="known_word_on_a_message"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "status", "due_at"], name="callbacks_to_make")]


class PlanForm(Kept):
    """A plan's own form as a fillable PDF: what goes into its fields (`sayings.FORM_FIELDS`), which box is ticked when.

    Kept by an organization for what it sends elsewhere; for one plan or any, for one program or any.
    """

    public_id = public_id_field("frm")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plan_forms")
    plan_word = models.CharField(max_length=80, blank=True)
    programme = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=120)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)  # name of a field of the PDF, of a box with its state: key of ours
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    privacy: ClassVar = Privacy(
        open="public_id organisation plan_word programme name document mapping kept_by kept_at retired_at"
    )
