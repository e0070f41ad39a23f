"""What belongs to one referral, for whoever sees that referral: questions that are built once for all its readers.

Unscoped: the wall is opened for them, so each is asked only by who was let in to the referral.
"""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.lookups import IsNull

from wholeperson.access import compiled
from wholeperson.access.models import Person
from wholeperson.casework.members.models import Contact
from wholeperson.casework.referrals.lifecycle import REFERRAL
from wholeperson.casework.referrals.models import AskedFor, Asking, Elsewhere, Notice, Referral, Sending, StateStatus
from wholeperson.record import wall
from wholeperson.record.models import Step


def of(referral: Referral, reader: Person, question: Callable[..., QuerySet[Any]]) -> list[Any]:
    """The rows of one of the questions below."""
    with wall.opened("referral.page"):
        return compiled.found(question, reader, keys=[referral.pk])


def askings(_reader: Person | None, keys: Collection[UUID]) -> QuerySet[AskedFor]:
    """Who asked for it, and what they told, the first on top."""
    told_by = ("asking__person", "asking__organisation", "asking__member")
    return AskedFor.objects.filter(referral__in=keys).order_by("asking__at", "pk").select_related(*told_by)


def first_keys(_reader: Person, keys: Collection[UUID]) -> QuerySet[Any]:
    """Of each of these referrals the key of who asked first, before whoever took it back."""
    first = AskedFor.objects.filter(referral=OuterRef("pk")).order_by(
        IsNull(F("asking__withdrawn_at"), False), "asking__at", "pk"
    )
    told = Subquery(first.values("asking")[:1], output_field=UUIDField())
    found: QuerySet[Any] = Referral.objects.filter(pk__in=keys).annotate(first=told).values_list("pk", "first")
    return found


def asking_rows(_reader: Person, keys: Collection[UUID]) -> QuerySet[Asking]:
    return Asking.objects.filter(pk__in=keys).select_related("person", "organisation", "member")


def sendings(_reader: Person, keys: Collection[UUID]) -> QuerySet[Sending]:
    """Where it was sent, the newest first."""
    rows: QuerySet[Sending] = Sending.objects.filter(referral__in=keys).select_related("organisation", "sent_by")
    return rows.order_by("-sent_at", "-pk")


def state_statuses(_reader: Person, keys: Collection[UUID]) -> QuerySet[StateStatus]:
    """What the State is told of it, the newest first."""
    return StateStatus.objects.filter(referral__in=keys).order_by("-on", "-kept_at", "-pk")


def told_elsewhere(_reader: Person, keys: Collection[UUID]) -> QuerySet[Elsewhere]:
    """What a plan or provider outside said of it."""
    return Elsewhere.objects.filter(referral__in=keys).select_related("kept_by").order_by("-on", "-kept_at")


def held_back(_reader: Person, keys: Collection[UUID]) -> QuerySet[Notice]:
    """Notices that nobody may send before a person has looked."""
    rows = Notice.objects.filter(referral__in=keys, looked_at=None).exclude(held_back="")
    return rows.select_related("asking__person", "asking__member").order_by("at")


def steps(_reader: Person, keys: Collection[UUID]) -> QuerySet[Step]:
    """What happened to it, in its order."""
    return Step.objects.filter(of=REFERRAL.of, thing_id__in=keys).order_by("at", "pk")


def tries(reader: Person, keys: Collection[UUID]) -> QuerySet[Contact]:
    """Of these contacts those that this person may see, and nobody struck out; behind the wall."""
    return Contact.objects.for_user(reader).filter(pk__in=keys, struck_at=None).select_related("person")
