"""The page of whoever bills."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as people
from wholeperson.exchange.billing.counting import NARROWED, billed
from wholeperson.record import wall

ON_A_PAGE = 25
TABS = [
    ("", _("Running")), ("ending", _("Ending in 30 days")), ("over", _("More used than allowed")),
    ("all", _("All")),
]  # fmt: skip


@require_safe
def billing(request: Request) -> HttpResponse:
    show = request.GET.get("show", "")
    show = show if show in NARROWED else ""
    found = NARROWED[show](billed(request.user), request.today)
    with wall.opened("billing.list"):
        page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
        rows = list(page.object_list)
    shown = people.reasons_of(request.user, {row.member_id for row in rows})
    members.look_at_list(shown, "billing.list", by=request.user, at=request.now, how={"show": show})
    return render(request, "exchange/billing.html", {"page": page, "rows": rows, "show": show, "tabs": TABS})
