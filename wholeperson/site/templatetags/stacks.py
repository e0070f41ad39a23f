"""A table that a phone shows as cards: each cell then says its column, and each part that it is one of a table."""

import re
from html import unescape

from django import template
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
PART = re.compile(r"<(thead|tbody|tr|th|td)(?=[ >])")
ROLE = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}


@register.filter
def stacked(table: SafeString) -> SafeString:
    """The same table, its parts with the roles that a style sheet takes away, its cells with the words of the head.

    The table has one row in its head, and no cell that spans columns. A head that is only heard is no label.
    """
    head, found, body = table.partition("</thead>")
    words = ["" if "wp-heard" in one else unescape(strip_tags(one)).strip() for one in HEAD.findall(head)]
    # a template has escaped what it holds; what is added is escaped here
    labels = [f' data-label="{escape(one)}"' if one else "" for one in words]
    of_head = PART.sub(lambda part: _told(part[1], "columnheader"), head)
    of_rows = (_row(row, labels) for row in re.split(r"(?=<tr[ >])", body))
    return mark_safe("".join([of_head, found, *of_rows]))


def _row(row: str, labels: list[str]) -> str:
    columns = iter(labels)

    def told(part: re.Match[str]) -> str:
        name = part[1]
        label = next(columns, "") if name in ("th", "td") else ""
        return _told(name, "rowheader", label if name == "td" else "")

    return PART.sub(told, row)


def _told(name: str, of_heads: str, label: str = "") -> str:
    return f'<{name} role="{ROLE.get(name, of_heads)}"{label}'
