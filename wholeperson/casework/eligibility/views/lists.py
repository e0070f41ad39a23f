"""What came out otherwise on a day."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.casework.eligibility import queries
from wholeperson.casework.eligibility.programs import changes_of
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as of_members
from wholeperson.casework.members.days import midnight

ON_A_PAGE = 25


@require_safe
def changes(request: Request) -> HttpResponse:
    """`day` in the address; today without it. Only answers that the reader may know, each with why."""
    day = _day(request.GET.get("day", ""), request.today)
    begins = midnight(day)
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
