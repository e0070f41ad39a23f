"""The page of the loop, and each of its charts as a file."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wholeperson.access.charts import Chart
from wholeperson.access.request import Request
from wholeperson.desk.loop import counting
from wholeperson.desk.loop.charts import charts
from wholeperson.desk.loop.period import Period, quarter
from wholeperson.desk.loop.words import SIGHTS
from wholeperson.desk.taken_along import as_file


@require_safe
def loop(request: Request) -> HttpResponse:
    """`from` and `to` in the address; a period that is none is said to be, and nothing is counted."""
    of, sights = _sights(request)
    sight = sights[of]
    form, days = period(request, sight.across)
    told: dict[str, Any] = {"form": form, "across": sight.across, "days": days, "of": of, "sights": _named(sights)}
    if days:
        told["charts"] = _charts(request, sight, *days)
    return render(request, "desk/loop.html", told, status=200 if days else 422)


@require_safe
def chart_file(request: Request, key: str) -> HttpResponse:
    of, sights = _sights(request)
    sight = sights[of]
    _form, days = period(request, sight.across)
    found = {one.key: one for one in _charts(request, sight, *days)} if days else {}
    if days is None or key not in found:
        raise Http404
    chart = found[key]
    return as_file(f"loop-{key}-{days[0]}-{days[1]}", (chart.of, *chart.heads), chart.lines)


def _sights(request: Request) -> tuple[str, dict[str, counting.Sight]]:
    """Whose loop is asked for in the address, and which may be; at first one's own."""
    sights = counting.sights(request.user)
    of = request.GET.get("of", "")
    return (of if of in sights else next(iter(sights))), sights


def _named(sights: dict[str, counting.Sight]) -> list[tuple[str, Any]]:
    return [(of, SIGHTS[of]) for of in sights] if len(sights) > 1 else []


def period(request: Request, across: bool) -> tuple[Period, tuple[date, date] | None]:
    """The form, and the days; whole quarters for whoever looks across. None where the days make no sense."""
    form = Period(request.GET, today=request.today)
    if not form.is_valid():
        return form, None
    days = form.cleaned_data["from"], form.cleaned_data["to"]
    days = quarter(days[1], request.today) if across else days
    shown = {"from": str(days[0]), "to": str(days[1])}
    return Period(shown, today=request.today), days


def _charts(request: Request, sight: counting.Sight, first: date, last: date) -> list[Chart]:
    counted = counting.asked_between(sight.found, first, last)
    return charts(counted, counting.waiting(sight.found, request.now), across=sight.across)
