"""What a team wrote down of reaching a member: shown on one page, and struck out where it was not so."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wholeperson.access.request import Request
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.contacts import METHODS
from wholeperson.casework.members.views.seen import seen

ON_A_PAGE = 25


@require_safe
def member_contacts(request: Request, public_id: str) -> HttpResponse:
    member, _sight = seen(request, public_id, verb="member.contacts", depth="care")
    page = Paginator(queries.contacts_for(request.user, member), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        (one, METHODS[one.method], one.struck_at is None and actions.may_strike(one, request.user))
        for one in page.object_list
    ]
    return render(request, "members/contacts.html", {"member": member, "page": page, "rows": rows})


@require_POST
def strike(request: Request, public_id: str, contact_id: str) -> HttpResponse:
    """A contact of another day or person, or one that never was."""
    member, _sight = seen(request, public_id, verb="member.contacts", depth="care")
    wrong = queries.contacts_for(request.user, member).filter(public_id=contact_id).first()
    if wrong is None or not actions.may_strike(wrong, request.user):
        raise Http404
    actions.strike_contact(wrong, by=request.user, at=request.now)
    messages.success(request, _("Struck out. It no longer counts."))
    return HttpResponseRedirect(reverse("member_contacts", args=[member.public_id]), status=303)
