"""The pages of one member, and the list of those one may see."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wholeperson.access.request import Request
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.presenters import MemberPage


@require_safe
def member_list(request: Request) -> HttpResponse:
    return render(request, "members/list.html", {"members": queries.members_for(request.user)})


@require_safe
def member(request: Request, public_id: str) -> HttpResponse:
    found = queries.member_for(request.user, public_id)
    sight = actions.look_at(found, by=request.user, at=request.now) if found else None
    if found is None or sight is None:
        raise Http404
    return render(request, "members/member.html", {"page": MemberPage(found, sight, request.today)})
