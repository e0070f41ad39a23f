"""A table of the desk as a file for a spreadsheet: the page's own numbers and words."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wholeperson.access.attached import spreadsheet


def as_file(name: str, head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """The table as CSV under this name. A number that is None is not told, and says so."""
    return spreadsheet(name, (map(_cell, row) for row in (head, *rows)))


def _cell(value: Any) -> Any:
    return _("10 or fewer people, or it would tell of them") if value is None else value
