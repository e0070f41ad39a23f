"""A table of the desk as a file for a spreadsheet: the page's own numbers and words."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wholeperson.access.attached import attached, plain


def as_file(name: str, head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """The table as CSV under this name. A number that is None is not told, and says so."""
    file = StringIO()
    csv.writer(file).writerows([map(_cell, row) for row in (head, *rows)])
    return attached(file.getvalue().encode("utf-8-sig"), name=f"{name}.csv", kind="text/csv; charset=utf-8")


def _cell(value: Any) -> int | str:
    if value is None:
        return _("10 or fewer people, or it would tell of them")
    return value if isinstance(value, int) else plain(str(value))
