"""What a facility said of the day on which somebody leaves. Only ever added to: the last word stands."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members import scoping
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.record.kept import Kept
from wholeperson.record.privacy import Privacy


class ScopedBySensitive(scoping.Scoped):
    """Custody is a private thing; its own facility reads what it said itself by `queries.held`."""

    needs = "sensitive"


class Leaving(Kept):
    """`day` is when they leave, or left where `has_left`; none where nobody knows it; said on the day `on`.

    Said of one stay, so that nothing of it stands when somebody comes back.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="leavings")
    facility = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stay = models.ForeignKey(Relationship, on_delete=models.PROTECT, related_name="+", null=True)
    day = models.DateField(null=True)
    has_left = models.BooleanField(default=False)
    on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    kept_at = models.DateTimeField()

    objects = ScopedBySensitive.as_manager()
    privacy: ClassVar = Privacy(open="member stay on person kept_at", sensitive="facility day has_left")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["facility", "member", "kept_at"], name="leaving_by_facility")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(has_left=False) | Q(day__isnull=False, day__lte=F("on")), name="who_left_did_on_a_day"
            )
        ]
