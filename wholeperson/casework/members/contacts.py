"""The ways of a contact in words, and when it was."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wholeperson.casework.members.days import day_of

METHODS: dict[str, "str | Promise"] = {
    "phone": _("Phone call"),
    "in_person": _("In person"),
    "video": _("Video call"),
    "text": _("Text message"),
    "email": _("Email"),
    "mail": _("Letter"),
}


def when(day: date, minutes: int, told_at: datetime) -> datetime:
    """Just before it was told; of another day it was noon, which is as near as anybody said."""
    if day_of(told_at) == day:
        return told_at - timedelta(minutes=minutes)
    return datetime.combine(day, time(12), ZoneInfo(settings.TIME_ZONE))
