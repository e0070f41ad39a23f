"""The page of fairness, and each of its tables as a file."""

from itertools import chain
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.desk.equity.tables import GROUPS, Line, lines
from wholeperson.desk.equity.words import ASKED, BEGUN, CLOSED, DAYS, SHARE, TAKEN, TITLES, name
from wholeperson.desk.loop import counting
from wholeperson.desk.loop.views import period
from wholeperson.desk.taken_along import as_file


@require_safe
def equity(request: Request) -> HttpResponse:
    """`to` in the address chooses a quarter of a year."""
    form, days = period(request, across=True)
    told: dict[str, Any] = {"form": form, "days": days, "heads": (ASKED, TAKEN, BEGUN, CLOSED, DAYS)}
    if days:
        counted = _counted(request, days)
        told["tables"] = [(key, *TITLES[key], _rows(key, lines(counted, key))) for key in GROUPS]
    return render(request, "desk/equity.html", told, status=200 if days else 422)


@require_safe
def equity_file(request: Request, key: str) -> HttpResponse:
    _form, days = period(request, across=True)
    if days is None or key not in GROUPS:
        raise Http404
    head = [TITLES[key][1], ASKED, *(f"{stage}{more}" for stage in (TAKEN, BEGUN, CLOSED)
                                     for more in ("", f", {SHARE}")), DAYS]  # fmt: skip
    rows = [(said, one.asked, *chain(*stages), one.days)
            for said, one, stages in _rows(key, lines(_counted(request, days), key))]  # fmt: skip
    return as_file(f"equity-{key}-{days[0]}-{days[1]}", head, rows)


def _counted(request: Request, days: Any) -> list[counting.Counted]:
    """Numbers of whole organizations, whatever else this person may see."""
    return counting.asked_between(counting.sights(request.user)[counting.WHOLE].found, *days)


def _rows(key: str, found: list[Line]) -> list[tuple[Any, Line, list[tuple[int | None, int | None]]]]:
    """Each line with its name, and its stages as a number and a share."""
    return [(name(key, one.group), one, [(many, one.share(many)) for many in (one.taken, one.begun, one.closed)])
            for one in found]  # fmt: skip
