"""Overlays: what a plan adds to the policy or elects, from a day on, uploaded by one person and approved by another."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.eligibility.lifecycle import OVERLAY
from wholeperson.record.ids import public_id_field
from wholeperson.record.living import Living
from wholeperson.record.models import lawful_status, status_field
from wholeperson.record.privacy import Privacy


class Overlays(models.QuerySet["Overlay"]):
    """Overlays; `for_user` is how everybody's pages ask for them."""

    def for_user(self, user: Person) -> "Overlays":
        """Those of the plans somebody looks after; of every plan for whoever acts for the house."""
        word = "overlay.read"
        if user.standing.reaches(None, word):
            return self.all()
        return self.filter(organisation__in=user.standing.organisations_where(word))


class Overlay(Living):
    """One plan's overlay as it was uploaded. `version` is the SHA-256 of what it says, whatever its order."""

    lifecycle = OVERLAY

    public_id = public_id_field("ovl")
    status = status_field(OVERLAY)
    plan = models.CharField(max_length=80)  # the policy's word
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="overlays", null=True)
    text = models.TextField()
    version = models.CharField(max_length=64)
    effective_on = models.DateField()
    uploader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    cases_asked = models.PositiveIntegerField(default=0)  # members asked again when it was uploaded
    cases_changed = models.PositiveIntegerField(default=0)  # of these, who would get another answer

    objects = Overlays.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id status due_at plan organisation text version effective_on uploader approver made_at "
        "approved_at cases_asked cases_changed",
        identifies="note reason",
    )

    class Meta:
        constraints: ClassVar = [
            lawful_status(OVERLAY),
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("uploader")), name="approved_by_a_second_person"
            ),
            models.UniqueConstraint(
                fields=["plan", "version", "effective_on"], condition=Q(status__in=["proposed", "approved"]),
                name="one_overlay_that_says_this",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["status", "effective_on"], name="overlays_in_force")]
