"""How long until something is late, in words."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()
HOUR, DAY = 3600, 86400


@register.filter
def due(at: datetime, now: datetime) -> SafeString:
    """When something is due, marked where that is past. A page has it fifty times, so no template is read for it."""
    tone = "wp-due wp-due--late" if at < now else "wp-due"
    words, moment = due_in_words(at, now), at.astimezone(timezone.get_current_timezone()).isoformat()
    return format_html('<span class="{}"><time datetime="{}">{}</time></span>', tone, moment, words)


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
