"""That somebody is called otherwise from a day on: what holds stands with the member, what was before stands here."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wholeperson.access.models import Person
from wholeperson.casework.members import scoping
from wholeperson.casework.members.models.known import Member
from wholeperson.record.kept import Kept
from wholeperson.record.models import Document
from wholeperson.record.privacy import Privacy
from wholeperson.record.sealed import SealedText

NAMINGS = ["legal", "preferred", "misspelled"]


class Renaming(Kept):
    """One change of a name, with the name before and after it. `why` is in words, `paper` what shows it.

    `since` is the day from which the name is theirs; of one that was only written wrong, the day the wrong one had.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="renamings")
    kind = models.CharField(max_length=12, choices=[(one, one) for one in NAMINGS])
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, blank=True)
    was_given_name = models.CharField(max_length=100)
    was_family_name = models.CharField(max_length=100)
    was_preferred_name = models.CharField(max_length=100, blank=True)
    since = models.DateField()
    why = SealedText(blank=True, default="")
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(
        open="member since paper person kept_at",
        identifies="given_name family_name preferred_name was_given_name was_family_name was_preferred_name",
        sensitive="kind why",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=NAMINGS), name="known_kind_of_renaming"),
            models.CheckConstraint(
                condition=~Q(
                    given_name=F("was_given_name"), family_name=F("was_family_name"),
                    preferred_name=F("was_preferred_name"),
                ),
                name="a_renaming_changes_a_name",
            ),
            models.CheckConstraint(
                condition=~Q(kind="preferred") | Q(given_name=F("was_given_name"), family_name=F("was_family_name")),
                name="a_preferred_name_is_no_legal_one",
            ),
        ]  # fmt: skip

    @property
    def before(self) -> str:
        return f"{self.was_preferred_name or self.was_given_name} {self.was_family_name}"

    @property
    def after(self) -> str:
        return f"{self.preferred_name or self.given_name} {self.family_name}"
