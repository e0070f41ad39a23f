"""How the last months went, for all plans or one, and each chart as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wholeperson.access.attached import spreadsheet
from wholeperson.access.charts import Chart
from wholeperson.access.models import Organisation
from wholeperson.access.request import Request
from wholeperson.casework.care.counting import Of
from wholeperson.exchange import queries
from wholeperson.exchange.charts import charts
from wholeperson.exchange.monthly import Pairs

MONTHS = 6


@require_safe
def month_charts(request: Request) -> HttpResponse:
    """`plan` in the address narrows it to one of theirs; another is not heard."""
    partners = queries.partners(request.user)
    plan = _plan(request, partners)
    plans = list({one.pk: one for _, one in partners}.values())
    told = {"plans": plans, "plan": plan, "charts": _charts(request, partners, plan)}
    return render(request, "exchange/charts.html", told)


@require_safe
def month_charts_file(request: Request, key: str) -> HttpResponse:
    partners = queries.partners(request.user)
    chart = next((one for one in _charts(request, partners, _plan(request, partners)) if one.key == key), None)
    if chart is None:
        raise Http404
    return spreadsheet(f"{key}-{request.today}", [(chart.of, *chart.heads), *chart.lines])


def _plan(request: Request, partners: Pairs) -> Organisation | None:
    asked = request.GET.get("plan")
    return next((plan for _, plan in partners if plan.public_id == asked), None)


def _charts(request: Request, partners: Pairs, plan: Organisation | None) -> list[Chart]:
    months = queries.months_before(request.today, MONTHS)[::-1]
    of = Of({organisation.pk for organisation, _ in partners}, plan.pk if plan else None)
    return charts(of, months, request.today)
