"""Who may fit and is not served, by the last sweep; and what came out otherwise on a day."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.casework.eligibility import findings, policies, queries
from wholeperson.casework.eligibility.programs import changes_of
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as of_members

ON_A_PAGE = 25


@require_safe
def changes(request: Request) -> HttpResponse:
    """`day` in the address; today without it. Only answers that the reader may know, each with why."""
    day = _day(request.GET.get("day", ""), request.today)
    begins = datetime.combine(day, time.min, ZoneInfo(settings.TIME_ZONE))
    found = queries.changed(request.user, since=begins, until=begins + timedelta(days=1))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = of_members.members_for(request.user).filter(pk__in={row.member_id for row in page.object_list})
    members.look_at_list(shown, "determination.changes", by=request.user, at=request.now, how={"day": str(day)})
    rows = changes_of(list(page.object_list), request.user, request.today, (get_language() or "en").lower())
    told = {"page": page, "rows": rows, "day": day, "before": day - timedelta(days=1), "today": request.today}
    after = day + timedelta(days=1)
    return render(request, "eligibility/changes.html", told | {"after": after if after <= request.today else None})


def _day(given: str, today: date) -> date:
    try:
        found = parse_date(given)
    except ValueError:
        found = None
    return found if found and date(2020, 1, 1) <= found <= today else today


class Filters(forms.Form):
    """What the list is narrowed to; it stands in the address."""

    programme = forms.ChoiceField(label=_("Program"), required=False)
    county = forms.ChoiceField(label=_("County"), required=False)
    kind = forms.ChoiceField(label=_("What can be done"), required=False)

    def __init__(self, *given: Any, names: dict[str, str], counties: dict[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        kinds = {name: said for name, (said, _tone) in findings.KINDS.items()}
        for field, choices in (("programme", names), ("county", counties), ("kind", kinds)):
            cast(forms.ChoiceField, self.fields[field]).choices = [("", _("All")), *choices.items()]


@require_safe
def may_fit(request: Request) -> HttpResponse:
    """Lines for whoever may see these members; counts alone, and no small ones, for who looks after the network."""
    language = (get_language() or "en").lower()
    known = findings.names(language, request.today)
    counties = {name: row["name"] for name, row in policies.files().counties.items()}
    filters = Filters(request.GET, names=known, counties=counties)
    asked = {name: value for name, value in filters.cleaned_data.items() if value} if filters.is_valid() else {}
    tallies = [(known.get(one, one), counties.get(county, county), many)
               for one, county, many in findings.tallies(request.user)]  # fmt: skip
    told: dict[str, Any] = {"filters": filters, "tallies": tallies, "counts_only": not request.user.may("member.read")}
    if not told["counts_only"]:
        told |= _lines(request, asked, known, language)
    return render(request, "eligibility/may_fit.html", told)


def _lines(request: Request, asked: dict[str, str], known: dict[str, str], language: str) -> dict[str, Any]:
    found = findings.found_for(request.user, on=request.today, asked=asked)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = of_members.members_for(request.user).filter(pk__in={row.member_id for row in page.object_list})
    members.look_at_list(shown, "found.list", by=request.user, at=request.now, how=asked)
    counted = [(one, known.get(one, one), many) for one, many in findings.counts(found)]
    return {"page": page, "rows": findings.lines(page.object_list, language, request.today), "counts": counted}
