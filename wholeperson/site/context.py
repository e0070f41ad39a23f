"""What every page knows of the site."""

from functools import partial
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from wholeperson.access.request import Request
from wholeperson.access.sign_in import lock, proof


def site(request: HttpRequest) -> dict[str, Any]:
    """What is asked only where a page wants to know is a function."""
    ours = cast(Request, request)
    return {
        "is_demo": settings.DEMO,
        "lacks_second_factor": partial(proof.lacks_second_factor, ours),
        "screen_locks": partial(lock.locks, ours),
        "screen_is_locked": partial(lock.shows, ours),
    }
