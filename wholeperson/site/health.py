"""``/healthz``: is the database there, does the worker live, is the trail sealed, which policy decides."""

from datetime import datetime
from functools import lru_cache
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


@require_safe
@never_cache
def healthz(request: Request) -> JsonResponse:
    """200 while pages can be served; 503 when the database does not answer."""
    said: dict[str, Any] = {"schema": "wholeperson/healthz@1", "at": _shown(request.now), "policy": _policy()}
    try:
        beat = Beat.objects.filter(part=WORKER).first()
        oldest = sealing.oldest_unsealed()
    except DatabaseError as failed:
        return JsonResponse({**said, "database": type(failed).__name__}, status=503)
    worker = _since("last_beat", beat.at if beat else None, request.now)
    trail = _since("oldest_unsealed", oldest, request.now)
    return JsonResponse({**said, "database": "ok", "worker": worker, "trail": trail})


@lru_cache(maxsize=1)
def _policy() -> dict[str, Any]:
    """Its version, and the day on which the first of its federal authorities ends. Read once for each process."""
    try:
        policy = load_policy()
    except Refused:
        return {"version": None, "authority_until": None}
    days = [one.authority_until for one in policy.programmes.values() if one.authority_until]
    return {"version": policy.version, "authority_until": min(days).isoformat() if days else None}


def _since(name: str, at: datetime | None, now: datetime) -> dict[str, Any]:
    """A moment there may never have been, and how long ago it was."""
    if at is None:
        return {name: None, "seconds_ago": None}
    return {name: _shown(at.astimezone(now.tzinfo)), "seconds_ago": round((now - at).total_seconds())}


def _shown(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
