"""How often the same may be asked in an hour, by one network or about one thing; beyond it, the page that says so."""

from collections.abc import Mapping

from allauth.core.internal import ratelimit
from django.http import HttpResponse

from wholeperson.access.request import Request


class Limits:
    """The limits of one room's actions, each as ``60/h/ip,6/h/key``. Whoever asks keeps to all of an action's."""

    def __init__(self, room: str, limits: Mapping[str, str]) -> None:
        self.room, self.limits = room, limits

    def allow(self, request: Request, action: str, key: str | None = None) -> bool:
        """Whether this may be asked once more; it counts from now on. ``key``: what else it is counted by."""
        config = {action: self.limits[action]}
        return bool(ratelimit.consume(request, app=self.room, action=action, config=config, key=key, limit_get=True))


def too_often(request: Request) -> HttpResponse:
    """The page for whoever asked more often."""
    answer: HttpResponse = ratelimit.respond_429(request)
    return answer
