"""A list to choose from, written once for all who read it: sixty counties with each page are most of a form's time.

Only for what is the same for everybody: counties, programs, languages. Nothing of a person may stand in it.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

GROUP = '\n  <optgroup label="{}">{}\n  </optgroup>'
OPTION, CHOSEN = '\n  <option value="{}">{}</option>', '\n  <option value="{}" selected>{}</option>'
Lines = tuple[tuple[str, str], ...]
Choices = tuple[tuple[str, Lines], ...]  # the name of each group, "" for what stands alone, and its values with words


class Written(forms.Select):
    """A select whose options are read from no template."""

    template_name = "access/written.html"

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """None: nobody asks for them one by one."""
        return []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        told = super().get_context(name, value, attrs)
        groups, asked = tuple(self._groups()), told["widget"]["value"][:1]
        known = {value for _name, lines in groups for value, _said in lines}  # what is none of them is kept for nobody
        told["widget"]["written"] = options(groups, *(one for one in asked if one in known))
        return told

    def _groups(self) -> Iterator[tuple[str, Lines]]:
        for value, label in self.choices:
            if isinstance(label, (list, tuple)):
                yield str(value), tuple((str(one), str(said)) for one, said in label)
            else:
                yield "", (("" if value is None else str(value), str(label)),)


@lru_cache(maxsize=512)
def options(groups: Choices, *chosen: str) -> SafeString:
    """The options; of those that are chosen the first is marked."""
    left = list(chosen)
    return format_html_join("", "{}", ((_group(name, lines, left),) for name, lines in groups))


def _group(name: str, lines: Lines, left: list[str]) -> SafeString:
    written = format_html_join("", "{}", ((_option(value, said, left),) for value, said in lines))
    return format_html(GROUP, name, written) if name else written


def _option(value: str, said: str, left: list[str]) -> SafeString:
    if value not in left:
        return format_html(OPTION, value, said)
    left.clear()
    return format_html(CHOSEN, value, said)
