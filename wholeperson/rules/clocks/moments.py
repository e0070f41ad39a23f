"""Instants as the clocks count them. Kept in UTC, so that they compare and elapse truly; days are California's.

A day alone is a day on which something came, at whatever hour. An instant without an offset is California's time, but
for the two nights a year when it would name two instants, or none.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wholeperson.rules.calendar import as_day
from wholeperson.rules.problems import Problem, Refused, Where

CALIFORNIA = "America/Los_Angeles"
WRITTEN = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?$")
FIRST_YEAR, LAST_YEAR = 1900, 2200
EXAMPLES = ("2026-12-05", "2026-12-05T10:15-08:00")


class Moment(NamedTuple):
    """The day it was in California, and the instant where somebody told it."""

    day: date
    at: datetime | None = None

    def __str__(self) -> str:
        return spoken(self.at) if self.at else self.day.isoformat()


def california() -> ZoneInfo:
    """The time zone in which everything is counted."""
    try:
        return ZoneInfo(CALIFORNIA)
    except ZoneInfoNotFoundError:
        problem, why = f"this machine has no time zone {CALIFORNIA}", "days are counted there"
        do = "install the system's time zones (tzdata), or the Python package tzdata"
        raise Refused(Problem("part_is_missing", problem, why, do, Where("time zones"))) from None


def instant(at: datetime) -> Moment:
    """The moment of an instant that knows its offset."""
    return Moment(at.astimezone(california()).date(), at.astimezone(UTC))


def read_moment(text: str, where: str) -> Moment:
    """An ISO day or instant; ``where`` names it in what is refused."""
    day = as_day(text)
    found = Moment(day) if day else _read_instant(text, where)
    if found is None or not FIRST_YEAR <= found.day.year <= LAST_YEAR:
        problem = f"{text[:40]} is neither a day nor an instant"
        do = f"write YYYY-MM-DD, or YYYY-MM-DDThh:mm and the offset, between {FIRST_YEAR} and {LAST_YEAR}"
        raise Refused(Problem("not_a_moment", problem, "a clock starts at some moment", do, Where(where), EXAMPLES))
    return found


def _read_instant(text: str, where: str) -> Moment | None:
    try:
        at = datetime.fromisoformat(text) if WRITTEN.match(text) else None
        if at is None or not FIRST_YEAR <= at.year <= LAST_YEAR:
            return None
        return instant(at if at.tzinfo else _in_california(at, where))
    except ValueError:
        return None


def _in_california(at: datetime, where: str) -> datetime:
    """California's time, unless the clocks change in that very hour."""
    first, second = (at.replace(tzinfo=california(), fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    there = first.astimezone(UTC).astimezone(california()).replace(tzinfo=None) == at
    problem = f"{at:%Y-%m-%d %H:%M} {'comes twice' if there else 'does not come'} in California: the clocks change then"
    why, do = "an hour more or less could miss the limit", "give the offset: -07:00 in summer, -08:00 in winter"
    allowed = tuple(each.isoformat(timespec="minutes") for each in (first, second))
    raise Refused(Problem("hour_of_change", problem, why, do, Where(where), allowed))


def end_of(day: date) -> datetime:
    """The last second of the day: what must be done by a day may be done until then."""
    return datetime.combine(day, time(23, 59, 59), california()).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The first second of the day."""
    return datetime.combine(day, time(), california()).astimezone(UTC)


def day_of(at: datetime) -> date:
    """The day it is then in California."""
    return at.astimezone(california()).date()


def elapsed(at: datetime, hours: int) -> datetime:
    """So many hours later by any stopwatch."""
    return at + timedelta(hours=hours)


def spoken(at: datetime) -> str:
    """As California writes it, with the offset of that moment."""
    return at.astimezone(california()).isoformat(timespec="seconds")
