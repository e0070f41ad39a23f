"""Members of whom two sources say different things today, as work for those who know them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.access.due import Line, Offer, all_ours
from wholeperson.access.filled import address
from wholeperson.access.models import Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.models import Fact, Member

SETTLE = "fact.settle"


def unsettled(user: Person) -> QuerySet[Member]:
    """Each member once, whatever number of facts it is; `at` is none, as nothing says by when. No deeper than seen."""
    mine: QuerySet[Fact] = standing(user, member=OuterRef("pk"))
    other = standing(user, member=OuterRef("member"), fact=OuterRef("fact"))
    differs = other.exclude(source=OuterRef("source")).exclude(value=OuterRef("value"))
    found: QuerySet[Member] = queries.members_for(user).filter(Exists(mine.filter(Exists(differs))))
    return found.annotate(at=Cast(Value(None), DateTimeField()))  # by a bare NULL PostgreSQL puts nothing in order


def standing(user: Person, **of: object) -> QuerySet[Fact]:
    """What is so today, as deep as this person sees, and was not corrected."""
    on = user.standing.on
    today = (Q(since=None) | Q(since__lte=on)) & (Q(until=None) | Q(until__gte=on))
    return Fact.objects.for_user(user).standing().filter(today, **of)


def told(user: Person, keys: Collection[UUID]) -> list[Line]:
    """By name alone: of which fact it is stands on the page, where it is noted that one looked."""
    return [
        Line(
            kind="unsettled", key=one.pk, about=one.called, what=_("Two sources say different things"),
            why=_("Find out what is so, and put it right"), address=address("member_facts", one.public_id),
            member=one.pk,
        )
        for one in queries.members_for(user).filter(pk__in=list(keys))
    ]  # fmt: skip


OFFER = Offer(
    "unsettled", gettext_lazy("What sources disagree on"), SETTLE, unsettled, told, moment="at",
    parts=all_ours(unsettled),
)  # fmt: skip
