"""What every page knows of the site."""

from functools import partial
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from wholeperson.access.request import Request
from wholeperson.access.sign_in import proof


def site(request: HttpRequest) -> dict[str, Any]:
    missing = partial(proof.lacks_second_factor, cast(Request, request))  # asked only where a page wants to know
    return {"is_demo": settings.DEMO, "lacks_second_factor": missing}
