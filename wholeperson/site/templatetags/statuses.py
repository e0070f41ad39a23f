"""A status as a word in its tone, as `c-status` writes it, for lists that have it on every line."""

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def status(word: "str | Promise", tone: str) -> SafeString:
    """No template is read for it."""
    return format_html('<span class="wp-status wp-status--{}">{}</span>', tone, word)
