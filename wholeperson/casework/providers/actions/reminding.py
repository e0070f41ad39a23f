"""What happens by itself: an applicant is reminded, and a form that nobody came back to is forgotten."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count

from wholeperson.casework.providers import letters
from wholeperson.casework.providers.clocks import RENEW_AHEAD, SOON, end_of_day
from wholeperson.casework.providers.lifecycle import WRITABLE
from wholeperson.casework.providers.models import Application, Attestation
from wholeperson.record import steps
from wholeperson.record.actors import System

KEEPER = System("applications", frozenset({"application.lapse"}))
FORGOTTEN: dict[str, Any] = {
    "legal_name": "-", "other_name": "", "npi": "", "tin": "", "address": "", "contact_name": "-", "contact_title": "",
    "contact_email": "nobody@example.invalid", "contact_phone": "", "experience": "",
}  # fmt: skip


def remind(*, at: datetime) -> int:
    """Once for each day by which an applicant should answer, a week before. Returns how many were due."""
    waiting = Application.objects.filter(status__in=WRITABLE, due_at__gt=at, due_at__lte=at + SOON).order_by("pk")
    done = 0
    for application in waiting.iterator(chunk_size=200):
        if application.due_at:
            with transaction.atomic():
                key = f"application-day:{application.pk}:{application.due_at.date().isoformat()}"
                letters.post(application, key, partial(letters.of_day, application.due_at), by=KEEPER, at=at)
            done += 1
    return done


def remind_to_renew(*, at: datetime) -> int:
    """Once for what an organization said and what ends on one day, sixty days before. Returns how many were due."""
    today = end_of_day(at, 0).date()
    ending = Attestation.objects.filter(application__status="listed", renew_by__range=(today, today + RENEW_AHEAD))
    days = list(ending.values_list("application", "renew_by").annotate(Count("pk")).order_by("application", "renew_by"))
    applications = Application.objects.in_bulk({key for key, _, _ in days})
    for key, day, number in days:
        letter = partial(letters.of_statements, number, day)
        with transaction.atomic():
            letters.post(applications[key], f"attestations:{key}:{day.isoformat()}", letter, by=KEEPER, at=at)
    return len(days)


def lapse_unsent(*, at: datetime) -> int:
    """Forget what was never sent and whose day has passed: the words go, that there was something stays."""
    late = Application.objects.filter(status="draft", due_at__lte=at).order_by("pk")
    for application in (found := list(late[:500])):
        with transaction.atomic():
            steps.take(application, "lapse", by=KEEPER, at=at, **FORGOTTEN)
            application.links.all().delete()
    return len(found)
