"""``/healthz``: is the database there, does the worker live, is the trail sealed, which policy decides, and until when.

It tells nothing of anybody, so anyone may ask. 503 means that somebody has to look: `down` says after what.
"""

import time
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import DatabaseError
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.record import sealing
from wholeperson.record.models import Beat
from wholeperson.record.work import WORKER
from wholeperson.rules.problems import Refused
from wholeperson.rules.reading.cache import load_policy
from wholeperson.rules.reading.files import folder_in_use

SCHEMA = "wholeperson/healthz@1"
SILENT = timedelta(minutes=5)  # a worker that has not been heard of for so long
UNSEALED = timedelta(minutes=15)  # a row of the trail that waits for so long
WAKING = 120.0  # seconds after our own start in which the worker may still be starting too
_STARTED = time.monotonic()


@require_safe
@never_cache
def healthz(request: Request) -> JsonResponse:
    """200 while all is well; 503 and what is down otherwise."""
    try:
        beat = Beat.objects.filter(part=WORKER).values_list("at", flat=True).first()
        oldest = sealing.oldest_unsealed()
    except DatabaseError as failed:
        return JsonResponse({"schema": SCHEMA, "database": type(failed).__name__, "down": ["database"]}, status=503)
    policy = _policy()
    down = [*_late(beat, oldest, request.now), *([] if policy["version"] else ["policy"])]
    told = {
        "schema": SCHEMA,
        "at": _shown(request.now, request.now),
        "down": down,
        "database": "ok",
        "worker": {"last_beat": _shown(beat, request.now), "seconds_ago": _seconds(beat, request.now)},
        "audit": {"oldest_unsealed": _shown(oldest, request.now), "seconds_ago": _seconds(oldest, request.now)},
        "policy": policy,
    }
    return JsonResponse(told, status=503 if down else 200)


def _late(beat: datetime | None, oldest: datetime | None, now: datetime) -> list[str]:
    """A worker that never was is found by the rows it does not seal."""
    if time.monotonic() - _STARTED < WAKING:
        return []
    late = {"worker": beat is not None and now - beat > SILENT, "audit": oldest is not None and now - oldest > UNSEALED}
    return [part for part, is_late in late.items() if is_late]


@cache
def _policy() -> dict[str, Any]:
    """The version of all programmes together, and the first day on which one's federal authority ends."""
    try:
        policy = load_policy(folder_in_use(), language="en")
    except Refused:
        return {"version": None, "authority_until": None}
    ends = [one.authority_until for one in policy.programmes.values() if one.authority_until]
    return {"version": policy.version, "authority_until": min(ends).isoformat() if ends else None}


def _seconds(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else round((now - moment).total_seconds())


def _shown(moment: datetime | None, now: datetime) -> str | None:
    return None if moment is None else moment.astimezone(now.tzinfo).isoformat(timespec="seconds")
