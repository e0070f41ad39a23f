"""What a page has fifty times, written without reading a template: a row with its places filled."""

from functools import lru_cache
from html import escape

from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString

STATUS = '<span class="wp-status wp-status--{tone}">{word}</span>'
A_PLACE = "0000000000"  # stands for the public id while the address is made


def filled(row: str, **values: object) -> SafeString:
    """As `format_html` fills it, four times as fast: what is not safe already is escaped."""
    return SafeString(row.format_map({name: _safe(value) for name, value in values.items()}))


def _safe(value: object) -> str:
    return value if isinstance(value, SafeString) else escape(str(value))


def status(word: object, tone: str) -> SafeString:
    """A status as a word in its tone, as `c-status` writes it."""
    return filled(STATUS, tone=tone, word=word)


def address(name: str, public_id: str) -> str:
    """The address of that name for one of our public ids, which are letters, digits and a stroke."""
    before, after = _around(name, get_script_prefix())
    return f"{before}{public_id}{after}"


@lru_cache(maxsize=256)
def _around(name: str, _prefix: str) -> tuple[str, str]:
    before, _place, after = reverse(name, args=[A_PLACE]).partition(A_PLACE)
    return before, after
