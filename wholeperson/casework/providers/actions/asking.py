"""Whoever keeps a service is asked what is free, by a link, when what was said last is old. Looking changes nothing."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from wholeperson.casework.providers import letters
from wholeperson.casework.providers.models import Capacity, Question, Service
from wholeperson.casework.providers.models.room import FREE
from wholeperson.casework.providers.offers import ASK_AGAIN, LINK_FOR
from wholeperson.record import outbox
from wholeperson.record.actors import System
from wholeperson.record.sealed import fingerprint

ASKER = System("directory", frozenset())
AT_ONCE = 500


def ask_keepers(*, at: datetime) -> int:
    """One mail for each service that nobody has said anything new of; returns how many."""
    waiting = list(old(at).order_by("asked_at", "pk")[:AT_ONCE])
    for service in waiting:
        with transaction.atomic():
            _ask(service, at)
    return len(waiting)


def old(at: datetime) -> QuerySet[Service]:
    """Services whose room was never said, or too long ago; those that were asked lately are left in peace."""
    said = Capacity.objects.filter(service=OuterRef("pk"), kind__in=FREE)
    found = Service.objects.listed().exclude(keeper_email="")
    found = found.filter(Q(asked_at=None) | Q(asked_at__lte=at - ASK_AGAIN))
    return found.filter(~Exists(said) | Exists(said.filter(stale_at__lte=at)))


def _ask(service: Service, at: datetime) -> None:
    token = secrets.token_urlsafe(24)
    Question.objects.filter(service=service, expires_at__lte=at).delete()
    mark = fingerprint("room link", token)
    asked = Question(service=service, fingerprint=mark, made_at=at, expires_at=at + LINK_FOR)
    asked.save(force_insert=True)
    Service.objects.filter(pk=service.pk).update(asked_at=at)
    subject, body = letters.of_room(
        service, f"{settings.WHOLEPERSON_ADDRESS}{reverse('room_link', args=[token])}", at + LINK_FOR
    )
    content = {"subject": subject, "body": body, "html": ""}
    outbox.put(key=f"room:{asked.pk}", channel="mail", to=service.keeper_email, content=content, by=ASKER, at=at)
