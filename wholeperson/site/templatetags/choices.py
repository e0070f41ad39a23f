"""The lines of a list to choose from, written at once: to read a template for each of sixty counties takes too long."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wholeperson.access.written import GROUP

register = template.Library()
OPTION = '\n  <option value="{}"{}>{}</option>'
Choices = list[dict[str, Any]]


@register.filter
def options(groups: Iterable[tuple[str | None, Choices, int]]) -> SafeString:
    """The options of a select, in their groups, as `widget.optgroups` has them."""
    return format_html_join("", "{}", ((_group(name, choices),) for name, choices, _place in groups))


def _group(name: str | None, choices: Choices) -> SafeString:
    lines = format_html_join("", OPTION, ((str(one["value"]), _attributes(one), one["label"]) for one in choices))
    return format_html(GROUP, name, lines) if name else lines


def _attributes(one: dict[str, Any]) -> str:
    return flatatt(one["attrs"]) if one["attrs"] else ""
