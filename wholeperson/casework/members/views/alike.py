"""Records that may be of one person, side by side, for who may see both."""

import contextlib

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wholeperson.access.request import Request
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.presenters import pairs_of
from wholeperson.record.refusals import Overtaken, Unlawful

ON_A_PAGE = 10
WAYS = {"apart": actions.tell_apart, "again": actions.ask_again}


@require_safe
def twice(request: Request) -> HttpResponse:
    page = Paginator(queries.alike_for(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    pairs = pairs_of(page.object_list, request.user)
    shown = queries.members_for(request.user).filter(pk__in=[one.member.pk for pair in pairs for one in pair.both])
    actions.look_at_list(shown, "member.look_at_alike", by=request.user, at=request.now)
    return render(request, "members/twice.html", {"page": page, "pairs": pairs})


@require_POST
def decide(request: Request, pair_id: str) -> HttpResponse:
    pair = queries.alike_for(request.user).filter(public_id=pair_id).first()
    if pair is None:
        raise Http404
    say = WAYS.get(request.POST.get("said", ""))
    if say is None:
        raise BadRequest(f"`said` is one of {', '.join(WAYS)}")
    with contextlib.suppress(Overtaken, Unlawful):  # somebody was faster: the list shows what they said
        say(pair, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("members_twice"), status=303)
