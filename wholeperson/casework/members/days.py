"""The day on which a moment falls, in California, where days are counted."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def day_of(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
