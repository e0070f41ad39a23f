"""Rows of any list are narrowed to those whose member speaks a language."""

from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from wholeperson.access.models import Person
from wholeperson.casework.members import needs, queries
from wholeperson.casework.members.models import LanguageNeeds, Member
from wholeperson.casework.members.tongues import UNDETERMINED


def speaking(user: Person, language: str) -> Callable[[QuerySet[Any]], QuerySet[Any]]:
    """Leaves of rows with a `member` those whose member speaks it, by all their records that this person may read.

    Of who has one record the database finds it; those who have several, of whom there are few, are looked up here.
    """
    joined = {one for pair in queries.joinings_for(user).values_list("gone", "into") for one in pair}
    told = queries.languages_of(user, queries.records_of(user, joined)) if joined else {}
    theirs = Member.objects.for_user(user).filter(pk__in=joined)
    also = [one.pk for one in theirs if needs.spoken(one, told.get(one.pk)) == language]
    fits = Q(spoken=language) & ~Q(member__in=joined) | Q(member__in=also)
    return lambda rows: rows.alias(spoken=_tongue_of(user)).filter(fits)


def _tongue_of(user: Person) -> Coalesce:
    """The language that the row's member speaks, as it was told of this record and this person may read it."""
    told = LanguageNeeds.objects.for_user(user).filter(member=OuterRef("member")).first_what_holds()
    spoken = NullIf(Subquery(told.values("spoken")[:1]), Value(UNDETERMINED))
    return Coalesce(spoken, "member__language")
