"""What happens by itself, and how often. The list is code; the table holds when each is due next.

A round is claimed before it runs and closed after: of several workers one runs it, and where that one dies another does
it again some minutes later. So is one that failed, and it keeps nothing else waiting. What takes long asks for a job
instead.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.utils.module_loading import import_string

from wholeperson.record.models import Schedule
from wholeperson.rules.problems import Refused

LEASE = timedelta(minutes=5)
# a disk, a name, a row that is gone, a locked table, a lawful no: what a round may meet without its code being wrong
MET = (OSError, ValueError, LookupError, ObjectDoesNotExist, DatabaseError, Refused)
log = structlog.get_logger("wholeperson.record")


Entry = tuple[timedelta, str]  # how often, and the dotted path of a function that takes at=


def tick(*, at: datetime, entries: Mapping[str, Entry] | None = None) -> list[str]:
    """Do what is due; returns what was done."""
    known: Mapping[str, Entry] = settings.WHOLEPERSON_SCHEDULE if entries is None else entries
    done = []
    for name, (how_often, what) in known.items():
        if _claim(name, how_often, at) and _went_through(name, what, at):
            Schedule.objects.filter(name=name).update(next_at=at + how_often)
            done.append(name)
    return done


def _went_through(name: str, what: str, at: datetime) -> bool:
    work: Callable[..., object] = import_string(what)
    try:
        work(at=at)
    except MET as failed:  # its kind alone: the words may be somebody's data
        log.error("a round failed", part="schedule", entry=name, error=type(failed).__name__)
        return False
    return True


def _claim(name: str, how_often: timedelta, at: datetime) -> bool:
    row, _ = Schedule.objects.get_or_create(name=name, defaults={"next_at": at})
    if row.next_at > at:
        return False
    lease = at + min(how_often, LEASE)
    return bool(Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=lease))
