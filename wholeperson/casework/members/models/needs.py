"""How somebody speaks, reads and eats, and how they were called before. Said anew it is another row: the last holds."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wholeperson.access.models import Person
from wholeperson.casework.members import scoping
from wholeperson.casework.members.models.known import Member
from wholeperson.record.kept import Kept
from wholeperson.record.privacy import Privacy
from wholeperson.record.sealed import SealedText

FORMATS = ["standard", "large_print", "braille", "audio", "electronic"]
DIETS = ["halal", "kosher", "vegetarian", "vegan", "low_salt", "low_sugar", "soft"]


class LanguageNeeds(Kept):
    """What they speak and read, whether an interpreter is needed and in which language, and how they read best.

    `source` is the layout of the file that told it; empty where a person did.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="language_needs")
    spoken = models.CharField(max_length=20)
    written = models.CharField(max_length=20)
    interpreter = models.BooleanField(null=True)  # null: nobody asked
    interpreter_in = models.CharField(max_length=20, blank=True)
    format = models.CharField(max_length=12, choices=[(one, one) for one in FORMATS], default="standard")
    source = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    kept_at = models.DateTimeField()

    objects = scoping.Needs.as_manager()
    privacy: ClassVar = Privacy(
        open="member spoken written source person kept_at", sensitive="interpreter interpreter_in format"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(format__in=FORMATS), name="known_format_of_letters"),
            models.CheckConstraint(
                condition=Q(interpreter=True) | Q(interpreter_in=""), name="language_of_an_interpreter_who_is_needed"
            ),
        ]


class FoodNeeds(Kept):
    """What they must not and do not eat, and what there is to keep and warm food. Null: nobody asked."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="food_needs")
    allergies = SealedText(blank=True, default="")
    diets = models.JSONField(default=list)
    other = SealedText(blank=True, default="")
    refrigerator = models.BooleanField(null=True)
    stove = models.BooleanField(null=True)
    cook = models.BooleanField(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    kept_at = models.DateTimeField()

    objects = scoping.Needs.as_manager()
    privacy: ClassVar = Privacy(open="member person kept_at", sensitive="allergies diets other refrigerator stove cook")


class FormerName(Kept):
    """A name they had before. One that was never theirs is struck out, and finds nobody any more."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="former_names")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    kept_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    objects = scoping.ScopedNumbers.as_manager()
    privacy: ClassVar = Privacy(open="member person kept_at struck_at", identifies="given_name family_name")

    @property
    def called(self) -> str:
        return f"{self.given_name} {self.family_name}"
