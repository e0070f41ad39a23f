"""How long until something is late, in words."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wholeperson.access.filled import filled

register = template.Library()
HOUR, DAY = 3600, 86400
DUE = '<span class="{tone}"><time datetime="{moment}">{words}</time></span>'


@register.filter
def due(at: datetime | None, now: datetime) -> SafeString:
    """When something is due, marked where that is past. A page has it fifty times, so no template is read for it."""
    if at is None:
        return SafeString("–")
    tone = "wp-due wp-due--late" if at < now else "wp-due"
    words, moment = due_in_words(at, now), at.astimezone(timezone.get_current_timezone()).isoformat()
    return filled(DUE, tone=tone, moment=moment, words=words)


def due_in_words(at: datetime, now: datetime) -> str:
    """``due in 3 days``, ``late by 2 hours``: whole days from two days on, else whole hours."""
    seconds = (at - now).total_seconds()
    away = abs(seconds)
    hours = int(away // HOUR) if away < 2 * DAY else 0
    return _said(hours, int(away // DAY) if away >= 2 * DAY else 0, seconds < 0, get_language() or "")


@lru_cache(maxsize=4_096)
def _said(hours: int, days: int, is_late: bool, _language: str) -> str:
    length = _length(hours, days)
    return _("late by %(length)s") % {"length": length} if is_late else _("due in %(length)s") % {"length": length}


def _length(hours: int, days: int) -> str:
    if days:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if hours:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return _("less than an hour")
