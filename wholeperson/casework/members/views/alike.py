"""Records that may be of one person, side by side, for who may see both."""

import contextlib
from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.request import Request
from wholeperson.casework.members import actions, queries
from wholeperson.casework.members.forms import JoinForm, PartForm
from wholeperson.casework.members.models import Likeness
from wholeperson.casework.members.presenters import Pair, pairs_of
from wholeperson.record.refusals import Overtaken, Unlawful
from wholeperson.rules.problems import Refused

ON_A_PAGE = 10
WAYS = {"apart": actions.tell_apart, "again": actions.ask_again}


@require_safe
def twice(request: Request) -> HttpResponse:
    page = Paginator(queries.alike_for(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    pairs = _looked_at(request, page.object_list)
    return render(request, "members/twice.html", {"page": page, "pairs": pairs})


@require_POST
def decide(request: Request, pair_id: str) -> HttpResponse:
    pair = _pair(request, pair_id)
    say = WAYS.get(request.POST.get("said", ""))
    if say is None:
        raise BadRequest(f"`said` is one of {', '.join(WAYS)}")
    with contextlib.suppress(Overtaken, Unlawful):  # somebody was faster: the list shows what they said
        say(pair, by=request.user, at=request.now)
    return _to_all()


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, pair_id: str) -> HttpResponse:
    """They are one person: which record goes on, and how somebody knows."""
    pair = _joinable(request, pair_id)
    [shown] = _looked_at(request, [pair])
    form = JoinForm(_sent(request), both=[(one.member.public_id, one.named) for one in shown.both])
    if pair.status != "open":
        return _to_all()
    if not form.is_valid():
        return _asked(request, shown, form)
    into = pair.first if form.cleaned_data["into"] == pair.first.public_id else pair.second
    try:
        actions.join(pair, into, why=form.cleaned_data["why"], by=request.user, at=request.now)
        messages.success(request, _("Joined. Both records are one person's from now on."))
    except Overtaken:
        messages.info(request, _("Somebody was faster. Here is where it stands."))
    except Refused:
        messages.warning(request, _("They cannot be joined this way round. Let the other record go on."))
    return _to_all()


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: Request, pair_id: str) -> HttpResponse:
    """That two records were joined was a mistake."""
    pair = _joinable(request, pair_id)
    [shown] = _looked_at(request, [pair])
    form = PartForm(_sent(request))
    if pair.status != "joined":
        return _to_all()
    if not form.is_valid():
        return _asked(request, shown, form)
    with contextlib.suppress(Overtaken):
        actions.part(pair, why=form.cleaned_data["why"], by=request.user, at=request.now)
        messages.success(request, _("Undone. Each record stands for itself again."))
    return _to_all()


def _asked(request: Request, shown: Pair, form: Form) -> HttpResponse:
    return render(request, "members/join.html", {"pair": shown, "form": form}, status=422 if form.errors else 200)


def _looked_at(request: Request, rows: Iterable[Likeness]) -> list[Pair]:
    """Pairs as they are shown; that both were looked at stands in the trail."""
    pairs = pairs_of(rows, request.user)
    shown = queries.members_for(request.user).filter(pk__in=[one.member.pk for pair in pairs for one in pair.both])
    actions.look_at_list(shown, "member.look_at_alike", by=request.user, at=request.now)
    return pairs


def _pair(request: Request, pair_id: str) -> Likeness:
    pair = queries.alike_for(request.user).filter(public_id=pair_id).first()
    if pair is None:
        raise Http404
    return pair


def _joinable(request: Request, pair_id: str) -> Likeness:
    pair = _pair(request, pair_id)
    if not queries.joinable(request.user, [pair]):
        raise Http404
    return pair


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _to_all() -> HttpResponse:
    return HttpResponseRedirect(reverse("members_twice"), status=303)
