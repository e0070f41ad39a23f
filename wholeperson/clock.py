"""The one place that reads a clock, for the doors; everything below is told the day."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wholeperson.rules.calendar import FIRST_YEAR, LAST_YEAR
from wholeperson.rules.problems import PART_IS_MISSING, Problem, Refused, Where

CALIFORNIA = "America/Los_Angeles"
FIRST, LAST = FIRST_YEAR, LAST_YEAR


def now() -> datetime:
    """This moment in California, or the one that WHOLEPERSON_NOW pins."""
    pinned = os.environ.get("WHOLEPERSON_NOW")
    zone = _zone()
    if not pinned:
        return datetime.now(zone)
    try:
        moment = datetime.fromisoformat(pinned)
        return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        raise Refused(_no_moment(pinned)) from None


def in_california(moment: datetime) -> date:
    """The day a moment falls on there; one without an offset is taken as said there."""
    return moment.astimezone(_zone()).date() if moment.tzinfo else moment.date()


def today() -> date:
    """This day in California."""
    day = now().date()
    if not FIRST <= day.year <= LAST:
        raise Refused(_no_moment(os.environ.get("WHOLEPERSON_NOW", "")))
    return day


def _zone() -> ZoneInfo:
    try:
        return ZoneInfo(CALIFORNIA)
    except ZoneInfoNotFoundError:
        raise Refused(
            Problem(
                PART_IS_MISSING,
                f"this machine has no time zone {CALIFORNIA}",
                "days are counted there",
                "install the system's time zones (tzdata), or the Python package tzdata",
                Where("time zones"),
            )
        ) from None


def _no_moment(pinned: str) -> Problem:
    return Problem(
        "not_a_moment",
        f"WHOLEPERSON_NOW is {pinned:.40}, which is no moment between {FIRST} and {LAST}",
        "the clock is read from it",
        "write it as 2026-11-21T09:00-08:00, or unset it",
        Where("WHOLEPERSON_NOW"),
        ("2026-11-21T09:00-08:00",),
    )
