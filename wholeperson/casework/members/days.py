"""The day on which a moment falls, and the moment with which a day begins, in California, where days are counted."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


def day_of(moment: datetime) -> date:
    return local(moment).date()


def local(moment: datetime) -> datetime:
    """The same moment as clocks in California show it."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


def midnight(day: date) -> datetime:
    """The first instant of the day."""
    return datetime.combine(day, time.min, ZoneInfo(settings.TIME_ZONE))


def month_after(day: date) -> date:
    """The last day of the month after this one's."""
    first = day.replace(day=1)
    for _ in range(2):
        first = (first + timedelta(days=31)).replace(day=1)
    return first - timedelta(days=1)
