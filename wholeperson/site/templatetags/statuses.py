"""A status as a word in its tone, as `c-status` writes it, for lists that have it on every line."""

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from wholeperson.access.filled import filled

register = template.Library()
STATUS = '<span class="wp-status wp-status--{tone}">{word}</span>'


@register.filter
def status(word: "str | Promise", tone: str) -> SafeString:
    """No template is read for it."""
    return filled(STATUS, tone=tone, word=word)
