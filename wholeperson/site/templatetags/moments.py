"""How long until something is late, in words."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()
HOUR, DAY = 3600, 86400


@register.filter
def iso(at: datetime) -> str:
    """The moment as a program reads it: what `date:"c"` says, at a tenth of the time."""
    return timezone.localtime(at).isoformat()


@register.filter
def due_in_words(at: datetime, now: datetime) -> str:
    """``due in 3 days``, ``late by 2 hours``: whole days from two days on, else whole hours."""
    seconds = (at - now).total_seconds()
    length = _length(abs(seconds))
    return _("late by %(length)s") % {"length": length} if seconds < 0 else _("due in %(length)s") % {"length": length}


def _length(seconds: float) -> str:
    if seconds < HOUR:
        return _("less than an hour")
    if seconds < 2 * DAY:
        hours = int(seconds // HOUR)
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = int(seconds // DAY)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
