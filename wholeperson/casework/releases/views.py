"""Who is held here and leaves when; and the page on which a facility says the day."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from wholeperson.access.request import Request
from wholeperson.casework.members import actions as members
from wholeperson.casework.releases import actions, queries
from wholeperson.casework.releases.forms import LeavingForm
from wholeperson.casework.releases.presenters import Held
from wholeperson.record import wall

ON_A_PAGE = 25
TABS = [
    ("", gettext_lazy("Everybody here")),
    ("soon", gettext_lazy("Leaving in two weeks")),
    ("unsaid", gettext_lazy("No day said")),
    ("unasked", gettext_lazy("No help asked for")),
]


@require_safe
def releases(request: Request) -> HttpResponse:
    show = request.GET.get("show", "")
    show = show if show in queries.NARROWED else ""
    found = queries.NARROWED[show](queries.held(request.user), request.today)
    with wall.opened("release.list"):
        page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
        rows = list(page.object_list)
    members.look_at_list(rows, "release.list", by=request.user, at=request.now, how={"show": show})
    told = {
        "page": page, "rows": [Held(row, request.today) for row in rows], "show": show, "tabs": TABS,
        "may_ask": request.user.may("referral.ask"),
    }  # fmt: skip
    return render(request, "releases/list.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: Request, public_id: str) -> HttpResponse:
    """On which day somebody leaves, said by the facility that holds them."""
    sight = members.look_at(public_id, by=request.user, at=request.now, verb="release.open_tell")
    member = sight.row.member if sight else None
    stay = queries.stay_of(request.user, member) if member else None
    if member is None or stay is None:
        raise Http404
    form = LeavingForm(request.POST if request.method == "POST" else None, came=stay.since, today=request.today)
    if form.is_valid():
        actions.tell(stay, by=request.user, at=request.now, **form.told)
        messages.success(request, _("Kept."))
        return HttpResponseRedirect(reverse("releases"), status=303)
    told = {"form": form, "member": member, "days": queries.HANDING_OVER.days}
    return render(request, "releases/tell.html", told, status=422 if form.errors else 200)
