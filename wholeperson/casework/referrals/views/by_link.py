"""``/r/TOKEN/``: an organization answers without an account.

Opening the link uses nothing up and shows no name. A code goes to the mailbox that we know of the organization; who
reads it is shown the person, and only the button that is pressed does anything, once, and asks who pressed it.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.often import Limits, too_often
from wholeperson.access.request import Request
from wholeperson.casework.members.actions import ToldBefore
from wholeperson.casework.referrals import actions, clocks, forms, links, presenters, queries, questions, sayings
from wholeperson.casework.referrals.holders import LinkHolder
from wholeperson.casework.referrals.models import Referral, SendingLink
from wholeperson.rules.problems import Refused

BOTH = require_http_methods(["GET", "HEAD", "POST"])
ON_A_PAGE = 25
HELD, PROVED = "referral_link", "referral_proved"
LIMITS = Limits("referral_link", {"open": "300/h/ip", "code": "30/h/ip,6/h/key", "prove": "60/h/ip"})
BEFORE, AFTER = ("accept", "decline"), ("reach", "start", "give_back", "close")


@require_safe
@never_cache
def open_link(request: Request, token: str) -> HttpResponse:
    """Take the token out of the address at once; the session keeps only its fingerprint."""
    if not LIMITS.allow(request, "open"):
        return too_often(request)
    link = links.found(token)
    if link is None:
        raise Http404
    if link.expires_at <= request.now:
        return render(request, "referrals/link_expired.html", status=410)
    request.session[HELD] = link.fingerprint
    return HttpResponseRedirect(reverse("referral_link_page"))


@BOTH
@never_cache
def page(request: Request) -> HttpResponse:
    """Before the code: which service, from when, until when, and for which organization; after it, for whom."""
    link = _held(request)
    if not _is_proved(request, link):
        return _before(request, link)
    sending = link.sending
    if sending.status not in ("waiting", "accepted"):
        why = sayings.DECLINES.get(sending.reason, "") if sending.status == "declined" else ""
        return render(request, "referrals/link_over.html", {"link": link, "why": why})
    verbs = BEFORE if sending.status == "waiting" else [
        verb for verb in AFTER if sending.referral.lifecycle.find(verb, sending.referral.status)
    ]  # fmt: skip
    told = {
        "link": link, "sending": sending, "referral": sending.referral,
        "status": presenters.Status(sending.referral, True), "held_until": queries.held_until(sending, request.now),
        "askings": Paginator(_told(sending.referral), ON_A_PAGE).get_page(request.GET.get("page")),
        "verbs": [(verb, sayings.VERBS[verb], place == 0) for place, verb in enumerate(verbs)], "now": request.now,
    }  # fmt: skip
    return render(request, "referrals/link.html", told)


def _told(referral: Referral) -> list[presenters.Told]:
    """Who asks for this help and did not take it back, with what was told that matters for it."""
    facts = questions.that_matter(referral.programme)
    askings = queries.askings_of(referral)
    return [presenters.Told(one, facts) for one in askings if one.withdrawn_at is None]


def _before(request: Request, link: SendingLink) -> HttpResponse:
    form = forms.CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not LIMITS.allow(request, "prove"):
            return too_often(request)
        if actions.prove(link, form.cleaned_data["code"], by=LinkHolder(link.sending, ""), at=request.now):
            until = request.now + clocks.PROOF_LASTS
            request.session[PROVED] = {"link": link.fingerprint, "until": until.isoformat()}
            return _to_page()
        form.add_error("code", _("This is not the code we sent, or it is too old. Ask for a new one."))
    told = {
        "link": link, "form": form, "asked": links.open_code(link, at=request.now) is not None,
        "status": presenters.Status(link.sending.referral, True), "waits": link.sending.status == "waiting",
    }  # fmt: skip
    return render(request, "referrals/link_closed.html", told, status=422 if form.errors else 200)


@require_POST
@never_cache
def send_code(request: Request) -> HttpResponse:
    link = _held(request)
    if not LIMITS.allow(request, "code", link.fingerprint):
        return too_often(request)
    code = actions.send_code(link, by=LinkHolder(link.sending, ""), at=request.now)
    if code and settings.DEMO:
        messages.info(request, _("Demo: nothing is sent. The code in the mail is %(code)s.") % {"code": code})
    return _to_page()


@BOTH
@never_cache
def step(request: Request, verb: str) -> HttpResponse:
    """What is pressed happens, once. Pressed again, or by somebody else meanwhile, the page shows how it stands."""
    link = _held(request)
    if not _is_proved(request, link):
        return _to_page()
    if verb not in (*BEFORE, *AFTER):
        raise Http404
    form = forms.ByLinkForm(request.POST if request.method == "POST" else None, verb=verb, today=request.today)
    if form.is_valid():
        try:
            _do(request, link, verb, form.cleaned_data)
            return _to_page()
        except ToldBefore:
            form.ask_whether_same()
    told = {"form": form, "verb": verb, "title": sayings.VERBS[verb], "person": link.sending.referral.member.called}
    return render(request, "referrals/link_step.html", told, status=422 if form.errors else 200)


def _do(request: Request, link: SendingLink, verb: str, told: dict[str, Any]) -> None:
    holder = LinkHolder(link.sending, told["name"])
    try:
        _act(link, verb, told, holder, request.now)
    except ToldBefore:
        raise
    except Refused:
        messages.info(request, _("This was answered already. Here is how it stands."))


def _act(link: SendingLink, verb: str, told: dict[str, Any], by: LinkHolder, at: datetime) -> None:
    sending, referral = link.sending, link.sending.referral
    if verb == "accept":
        actions.accept(sending, by=by, name=by.name, at=at)
    elif verb == "decline":
        actions.decline(sending, by=by, name=by.name, reason=told["reason"], note=told["detail"], at=at)
    elif verb == "reach":
        actions.reach(referral, forms.said(told, at), by=by, at=at, same=forms.same(told))
    elif verb == "start":
        actions.start(referral, on=told["on"], closes=told["closes"], by=by, at=at)
    elif verb == "give_back":
        actions.give_back(referral, reason=told["reason"], note=told["detail"], by=by, at=at)
    else:
        actions.close(referral, reason=told["reason"], on=told["on"], detail=told["detail"], by=by, at=at)


@require_POST
def leave(request: Request) -> HttpResponse:
    """For a shared computer: this browser forgets the link. The link works on."""
    for name in (HELD, PROVED):
        request.session.pop(name, None)
    return HttpResponseRedirect(reverse("home"), status=303)


def _held(request: Request) -> SendingLink:
    link = links.found_by_mark(request.session.get(HELD, "-"))
    if link is None or link.expires_at <= request.now:
        raise Http404
    return link


def _is_proved(request: Request, link: SendingLink) -> bool:
    proof = request.session.get(PROVED) or {}
    return proof.get("link") == link.fingerprint and datetime.fromisoformat(proof["until"]) > request.now


def _to_page() -> HttpResponse:
    return HttpResponseRedirect(reverse("referral_link_page"), status=303)
