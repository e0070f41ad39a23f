"""``/healthz``: is the database there, does the worker live, is the trail sealed, which policy decides."""

from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.record.models import Beat
from wholeperson.record.work import WORKER


@require_safe
@never_cache
def healthz(request: Request) -> JsonResponse:
    """200 while pages can be served; 503 when the database does not answer."""
    try:
        beat = Beat.objects.filter(part=WORKER).first()
    except DatabaseError as failed:
        return JsonResponse({"schema": "wholeperson/healthz@1", "database": type(failed).__name__}, status=503)
    return JsonResponse(
        {
            "schema": "wholeperson/healthz@1",
            "at": _shown(request.now),
            "database": "ok",
            "worker": _beat(beat, request.now),
        }
    )


def _beat(beat: Beat | None, now: datetime) -> dict[str, Any]:
    if beat is None:
        return {"last_beat": None, "seconds_ago": None}
    return {"last_beat": _shown(beat.at.astimezone(now.tzinfo)), "seconds_ago": round((now - beat.at).total_seconds())}


def _shown(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
