"""The directory in the words of HSDS 3.0: what goes out, what comes in, and the API that anyone may read."""

from datetime import datetime
from typing import Any


def every_service(*, at: datetime) -> list[dict[str, Any]]:
    """All services that are not over, as HSDS tells them; in the order in which they came."""
    from wholeperson.casework.providers.models import Service
    from wholeperson.casework.providers.roominess import whole
    from wholeperson.exchange.hsds import telling

    found = whole(Service.objects.exclude(status="ended"), at=at).select_related("organisation__listing")
    return [telling.service(one) for one in found.prefetch_related("organisation__identifiers").order_by("pk")]
