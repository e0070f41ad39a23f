"""What is kept of an organization that wants to give services: what it said, its papers, what was decided."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wholeperson.access.kinds import KINDS
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.providers.lifecycle import APPLICATION
from wholeperson.record.ids import public_id_field
from wholeperson.record.kept import Kept
from wholeperson.record.living import Living
from wholeperson.record.models import Document, lawful_status, status_field
from wholeperson.record.privacy import Privacy


class Applications(models.QuerySet["Application"]):
    """Applications; `for_user` is how everybody's pages ask for them."""

    def for_user(self, user: Person) -> "Applications":
        """Those sent to a plan for which this person reads applications. What was not sent yet is nobody's business."""
        plans = user.standing.organisations_where("application.read")
        return self.filter(plan__in=plans).exclude(sent_at=None)


class Application(Living):
    """An organization wants to work with a plan. Listed, it is an Organisation of the house (`organisation`)."""

    lifecycle = APPLICATION

    public_id = public_id_field("app")
    status = status_field(APPLICATION)
    plan = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applied", null=True)
    key = models.CharField(max_length=64, unique=True)  # of the form it began with: sent twice, it is one application
    language = models.CharField(max_length=20, default="en")

    legal_name = models.CharField(max_length=200)
    other_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    at_once = models.JSONField(default=list)  # which kinds of providers it is that need not wait; see asked.AT_ONCE
    npi = models.CharField(max_length=10, blank=True, db_index=True)
    tin = models.CharField(max_length=10, blank=True)
    medi_cal = models.CharField(max_length=20, blank=True)  # whether it is enrolled in Medi-Cal; see asked.MEDI_CAL
    address = models.CharField(max_length=300, blank=True)
    contact_name = models.CharField(max_length=200)
    contact_title = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField()
    contact_phone = models.CharField(max_length=40, blank=True)
    languages = models.JSONField(default=list)
    staff = models.JSONField(default=dict)  # kind of work: how many people
    years = models.PositiveSmallIntegerField(null=True)
    experience = models.TextField(blank=True)
    done = models.JSONField(default=list)  # the steps of the form that were filled

    question = models.TextField(blank=True)  # what the plan asked for last
    reason = models.TextField(blank=True)  # why it was declined
    contract_from = models.DateField(null=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = Applications.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id status due_at plan organisation key language kind at_once npi medi_cal languages staff years "
        "done contract_from made_at sent_at",
        identifies="legal_name other_name tin address contact_name contact_title contact_email contact_phone "
        "experience question reason",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(APPLICATION),
            models.CheckConstraint(condition=Q(kind__in=["", *KINDS]), name="known_kind_of_applicant"),
        ]
        indexes: ClassVar = [models.Index(fields=["plan", "status", "due_at"], name="applications_of_a_plan")]

    def __str__(self) -> str:
        return self.legal_name


class ApplicationService(Kept):
    """A programme of the policy that it would give, and to how many members at once."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="services")
    programme = models.CharField(max_length=60)
    capacity = models.PositiveIntegerField(null=True)

    privacy: ClassVar = Privacy(open="application programme capacity")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "programme"], name="one_row_for_a_service"),
        ]


class ApplicationCounty(Kept):
    """A county where it would give them."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="counties")
    county = models.CharField(max_length=40)

    privacy: ClassVar = Privacy(open="application county")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "county"], name="one_row_for_a_county"),
        ]


class ApplicationLink(Kept):
    """A private link, of which only a fingerprint is kept. There may be several: one that was lost is not closed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="links")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="application made_at expires_at", sensitive="fingerprint")


class ApplicationPaper(Kept):
    """A paper handed in, and what it is for. Taken back, it is no longer shown; that it was there stays."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="papers")
    item = models.CharField(max_length=60)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    privacy: ClassVar = Privacy(open="application item document at taken_back_at")


class ApplicationNote(Kept):
    """What somebody at the plan wrote down for their colleagues. The applicant never sees it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    privacy: ClassVar = Privacy(open="application by at", identifies="text")


class ApplicationLook(Kept):
    """Somebody at the plan looked at this before the contract, and nothing stands against it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="looks")
    item = models.CharField(max_length=20)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="application item by at")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "item"], name="looked_at_once"),
        ]


class Attestation(Kept):
    """That an organization says something of itself that the policy asks of whoever gives a service; and until when."""

    public_id = public_id_field("att")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="attestations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="attestations", null=True)
    programme = models.CharField(max_length=60)
    item = models.CharField(max_length=60)
    since = models.DateField()
    renew_by = models.DateField()

    privacy: ClassVar = Privacy(open="public_id application organisation programme item since renew_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "programme", "item"], name="one_row_for_an_attestation"),
        ]
        indexes: ClassVar = [models.Index(fields=["renew_by"], name="attestations_by_their_end")]
