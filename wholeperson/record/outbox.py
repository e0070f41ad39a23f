"""What leaves the house. An action puts it here in its own transaction; the worker hands it to a channel afterwards.

It is handed over at least once, always with the same key: a receiver that knows the key takes it once. A demo and the
tests have no channel, so there everything stays here.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from wholeperson.record import steps, wall
from wholeperson.record.actors import Actor, System
from wholeperson.record.models import OUTGOING, Outgoing

POSTMAN = System("outbox", frozenset({"outbox.send"}))
LEASE = timedelta(minutes=5)  # so long one worker has for handing over
FIRST_PAUSE = timedelta(minutes=1)  # doubles with every try
MOST_TRIES = 12  # a day and a half
MOST = 100  # in one round


class NotSent(Exception):
    """The channel could not take it now; its words are for the log and name nobody."""


class Channel(Protocol):
    """A way out. `send` returns when the other side has it, or raises NotSent."""

    def send(self, *, key: str, to: str, content: Mapping[str, Any]) -> None: ...


MayGo = Callable[..., bool]  # of what a member reads themselves: key=, subject=, at=


def put(
    *,
    key: str,
    channel: str,
    to: str,
    content: Mapping[str, Any],
    by: Actor,
    at: datetime,
    subject: UUID | None = None,
    to_subject: bool = False,
) -> Outgoing:
    """Ask for something to be sent. The same key again is the same thing, and changes nothing.

    What the member it is about reads themselves (`to_subject`) is looked at once more before it goes.
    """
    with wall.opened("outbox.put"):
        if known := Outgoing.objects.filter(key=key).first():
            return known
        row = Outgoing(
            key=key, channel=channel, to=to, content=json.dumps(dict(content)), subject_id=subject,
            to_subject=to_subject, made_at=at, next_at=at,
        )  # fmt: skip
        steps.begin(row, by=by, at=at, subject=subject)
        return row


def channels() -> dict[str, Channel]:
    """Those of this installation."""
    return {name: import_string(path)() for name, path in settings.WHOLEPERSON_CHANNELS.items()}


def send_waiting(
    *, at: datetime, through: Mapping[str, Channel] | None = None, may_go: MayGo | None = None
) -> int:  # fmt: skip
    """Hand over what waits and has a channel; returns how much was taken."""
    ways = channels() if through is None else through
    asks = may_go or import_string(settings.WHOLEPERSON_MAY_GO)
    waiting = Outgoing.objects.filter(status=OUTGOING.begins, channel__in=list(ways), next_at__lte=at)
    with wall.opened("outbox.send"):
        return sum(_send(row, ways[row.channel], asks, at) for row in waiting.order_by("pk")[:MOST])


def _send(row: Outgoing, way: Channel, may_go: MayGo, at: datetime) -> bool:
    mine = Outgoing.objects.filter(pk=row.pk, status=OUTGOING.begins, next_at=row.next_at)
    if not mine.update(next_at=at + LEASE, tries=row.tries + 1):
        return False
    if row.to_subject and _is_held(row, may_go, at):
        return False
    try:
        way.send(key=row.key, to=row.to, content=json.loads(row.content))
    except NotSent:
        return _not_now(row, at)
    steps.take(row, "send", by=POSTMAN, at=at, key="sent", subject=row.subject_id)
    return True


@transaction.atomic
def _is_held(row: Outgoing, may_go: MayGo, at: datetime) -> bool:
    """Since it was asked for, the member may have asked to be left alone."""
    if may_go(key=row.key, subject=row.subject_id, at=at):
        return False
    steps.take(row, "hold", by=POSTMAN, at=at, subject=row.subject_id)
    return True


def _not_now(row: Outgoing, at: datetime) -> bool:
    if row.tries + 1 >= MOST_TRIES:
        steps.take(row, "give_up", by=POSTMAN, at=at, subject=row.subject_id)
    else:
        Outgoing.objects.filter(pk=row.pk).update(next_at=at + FIRST_PAUSE * 2**row.tries)
    return False
