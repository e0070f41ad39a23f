"""Until when each step is to be done. No source sets these days: they are our aim, and the pages say so.

An application that nobody answers is forgotten by everybody but the one who wrote it; hence a day for each step.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

# clock of the lifecycle: calendar days
DAYS = {
    "screening": 10,
    "asking_for_papers": 5,
    "answering": 21,
    "handing_in": 30,
    "vetting": 30,
    "contracting": 30,
    "listing": 14,
}
LINK_DAYS = 180  # how long a private link opens the application
SOON = timedelta(days=7)  # when we remind
RENEW_AHEAD = timedelta(days=60)  # how early a statement that ends stands on the list
ATTESTED_FOR = timedelta(days=365)  # until a plan says otherwise


def due(clock: str, at: datetime) -> datetime:
    """The last second, in California, of the day by which it is to be done."""
    return end_of_day(at, DAYS[clock])


def end_of_day(at: datetime, days: int) -> datetime:
    here = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(at.astimezone(here).date() + timedelta(days=days), time(23, 59, 59), here)
