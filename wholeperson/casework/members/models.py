"""A member, their numbers, and the one table of who may see them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wholeperson.access.models import Organisation, Person, no_end_before_its_start
from wholeperson.access.roles import SCOPES
from wholeperson.casework.members.scoping import Scoped
from wholeperson.record.ids import public_id_field
from wholeperson.record.kept import Kept
from wholeperson.record.privacy import Privacy
from wholeperson.record.sealed import SealedText

REASONS = """
self family coverage referral authorization assignment facility_case consent break_glass
""".split()


class Member(Kept):
    """Somebody the work is for. One row, whichever plans and organisations know them."""

    public_id = public_id_field("mem")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField()
    language = models.CharField(max_length=20, default="en")
    county = models.CharField(max_length=40, blank=True)

    objects = Scoped.as_manager()
    privacy: ClassVar = Privacy(
        open="public_id language", identifies="given_name family_name preferred_name birth_date county"
    )

    def __str__(self) -> str:
        return self.public_id

    @property
    def called(self) -> str:
        """The name to use when speaking with them."""
        return f"{self.preferred_name or self.given_name} {self.family_name}"


class Identifier(Kept):
    """A number somebody knows the member by. Kept encrypted; found by its fingerprint."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="identifiers")
    system = models.CharField(max_length=40)
    value = SealedText()
    fingerprint = models.CharField(max_length=64, db_index=True, editable=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    privacy: ClassVar = Privacy(open="member system since until", identifies="value fingerprint")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["system", "fingerprint"], condition=Q(until=None), name="one_member_for_a_number"
            )
        ]


class Relationship(Kept):
    """Why an organisation, or one person, may see a member, how far, and from when until when (both days included)."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="relationships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=20, choices=[(reason, reason) for reason in REASONS])
    scope = models.CharField(max_length=10, choices=[(scope, scope) for scope in SCOPES])
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)

    privacy: ClassVar = Privacy(
        open="member organisation person scope about_kind about_id since until", sensitive="reason"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reason__in=REASONS), name="known_reason"),
            models.CheckConstraint(condition=Q(scope__in=SCOPES), name="known_scope"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person__isnull=False), name="related_to_somebody"
            ),
            no_end_before_its_start("relationship_ends_after_it_starts"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "member"], name="relationship_by_organisation"),
            models.Index(fields=["person", "member"], name="relationship_by_person"),
        ]
