"""The one place that reads a clock; everything below is told the day."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

from wholeperson.rules.problems import Problem, Refused, Where

CALIFORNIA = "America/Los_Angeles"


def now() -> datetime:
    """This moment in California, or the one that WHOLEPERSON_NOW pins."""
    pinned = os.environ.get("WHOLEPERSON_NOW")
    zone = ZoneInfo(CALIFORNIA)
    if not pinned:
        return datetime.now(zone)
    try:
        moment = datetime.fromisoformat(pinned)
    except ValueError:
        raise Refused(
            Problem(
                "not_a_moment",
                f"WHOLEPERSON_NOW is {pinned}, which is no moment",
                "the clock is read from it",
                "write it as 2026-11-21T09:00-08:00, or unset it",
                Where("WHOLEPERSON_NOW"),
            )
        ) from None
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def today() -> date:
    """This day in California."""
    return now().date()
