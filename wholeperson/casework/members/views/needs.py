"""How a member speaks, reads and eats, and how they were called before: shown and changed on one page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wholeperson.access.request import Request
from wholeperson.casework.members import actions, needs, queries
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.presenters import NeedsPage
from wholeperson.casework.members.views.seen import seen

ON_A_PAGE = 25
FORMS: dict[str, type[needs.NeedsForm]] = {
    "language": needs.LanguageForm, "food": needs.FoodForm, "name": needs.FormerNameForm,
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def member_needs(request: Request, public_id: str) -> HttpResponse:
    """One form says which of them it is; striking a name out asks nothing more."""
    member, _sight = seen(request, public_id, verb="member.needs", depth="care")
    what = request.POST.get("what", "") if request.method == "POST" else ""
    page = NeedsPage(member, request.user)
    forms = {
        name: form(request.POST if name == what else None, known=page.known(name)) for name, form in FORMS.items()
    }  # fmt: skip
    if what == "strike":
        _strike(request, member)
        return _to(member)
    if what in forms and forms[what].is_valid():
        _keep(request, member, what, forms[what].cleaned_data)
        messages.success(request, _("Kept."))
        return _to(member)
    every = queries.former_names_for(request.user, member)
    names = Paginator(every, ON_A_PAGE).get_page(request.GET.get("names"))
    told = {"page": page, "member": member, "forms": forms, "names": names}
    return render(request, "members/needs.html", told, status=422 if request.method == "POST" else 200)


def _keep(request: Request, member: Member, what: str, told: dict[str, Any]) -> None:
    if what == "language":
        actions.say_language(member, actions.Speaks(**told), by=request.user, at=request.now)
    elif what == "food":
        actions.say_food(member, actions.Eats(**told), by=request.user, at=request.now)
    else:
        actions.add_former_name(member, **told, by=request.user, at=request.now)


def _strike(request: Request, member: Member) -> None:
    name = queries.former_names_for(request.user, member).filter(pk=_key(request.POST.get("name", ""))).first()
    if name is None:
        raise Http404
    actions.strike_former_name(name, by=request.user, at=request.now)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _to(member: Member) -> HttpResponse:
    return HttpResponseRedirect(reverse("member_needs", args=[member.public_id]), status=303)
