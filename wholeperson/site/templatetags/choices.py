"""The lines of a list to choose from, written at once: to read a template for each of sixty counties takes too long."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The options of a select, in their groups, as `widget.optgroups` has them."""
    return mark_safe("".join(_grouped(groups)))


def _grouped(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> Iterator[str]:
    for name, choices, _place in groups:
        if name:
            yield f'\n  <optgroup label="{conditional_escape(name)}">'
        yield from map(_option, choices)
        if name:
            yield "\n  </optgroup>"


def _option(one: dict[str, Any]) -> str:
    value, label = conditional_escape(str(one["value"])), conditional_escape(one["label"])
    chosen = flatatt(one["attrs"]) if one["attrs"] else ""
    return f'\n  <option value="{value}"{chosen}>{label}</option>'
