"""The telephone: a script for whoever answers it, and the calls that were missed, until each is called back."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wholeperson.access.request import Request
from wholeperson.casework.referrals import actions, placing, presenters, queries, sayings, telephone
from wholeperson.casework.referrals.choices import languages
from wholeperson.casework.referrals.models import Asking, Callback
from wholeperson.casework.referrals.views.desk import ON_A_PAGE
from wholeperson.rules.problems import Refused

BOTH = require_http_methods(["GET", "HEAD", "POST"])
TAKEN = "call taken"  # of the session: the request that was written down last, to read its number aloud


@require_safe
def calls(request: Request) -> HttpResponse:
    """A call now; those that were missed, what is due first."""
    waiting = queries.callbacks(request.user).filter(status="waiting")
    page = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [presenters.Missed(one) for one in page.object_list]
    told = {"rows": rows, "page": page, "now": request.now, "call": secrets.token_urlsafe(6)}
    return render(request, "referrals/calls.html", told)


@BOTH
def take(request: Request) -> HttpResponse:
    """The script, in the language of whoever calls; what they ask for is a request like any other."""
    callback = _missed(request, request.GET.get("back", ""))
    speaks = request.GET.get("in") or (callback.language if callback else _mine())
    language = telephone.language_of(speaks)
    sent = request.POST if request.method == "POST" else None
    form = telephone.CallForm(
        sent, today=request.today, person=request.user, callback=callback, initial=_begins(callback, speaks)
    )
    if form.is_valid():
        try:
            asking = _taken(request, form, language, callback)
        except placing.Nowhere:
            return render(request, "referrals/nowhere.html", status=503)
        request.session[TAKEN] = [asking.public_id, language]
        return HttpResponseRedirect(reverse("call_taken"), status=303)
    told = {
        "form": form, "parts": form.script(language), "language": language, "languages": languages(),
        "greeting": telephone.said(telephone.GREETING, language), "back": callback.public_id if callback else "",
        "closing": telephone.said(telephone.CLOSING, language), "key": _key(request),
        "call": request.GET.get("call", "")[:12],  # what was typed in one call is not given back in the next
    }  # fmt: skip
    return render(request, "referrals/call.html", told, status=422 if form.errors else 200)


def _mine() -> str:
    return get_language() or "en"


def _begins(callback: Callback | None, speaks: str) -> dict[str, Any]:
    """What the missed call told already: of whoever called, who may not be whom the help is for."""
    told: dict[str, Any] = {"spoken": speaks}
    if callback:
        told |= {"name": callback.name, "own_phone": callback.phone, "comment": callback.said}
    if callback and callback.message == "no":
        told["safe_to_contact"] = "ask_first"
    return told


def _taken(request: Request, form: telephone.CallForm, language: str, callback: Callback | None) -> Asking:
    asker = form.asker(language, form.organisation_meant)
    return actions.take_call(
        form.about({}), form.wanted(), asker, key=_key(request), callback=callback, by=request.user, at=request.now
    )


@require_safe
@never_cache
def taken(request: Request) -> HttpResponse:
    """The number, large and in pieces, to be read aloud."""
    number, language = request.session.get(TAKEN, ("-", "en"))
    asking = queries.asking_of(number)
    if asking is None:
        raise Http404
    told = {
        "asking": asking, "name": presenters.name_as_told(asking), "language": language,
        "spelled": presenters.spelled(asking.public_id), "says": telephone.said(telephone.NUMBER, language),
        "last": telephone.said(telephone.LAST, language),
        "rows": [presenters.Status(one, False) for one in queries.referrals_of(asking)],
    }  # fmt: skip
    return render(request, "referrals/call_taken.html", told)


@BOTH
def missed(request: Request) -> HttpResponse:
    """Keep a call that nobody could take."""
    form = telephone.MissedForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        whose, told = form.organisation_meant, form.cleaned_data
        call = actions.Missed(**{name: value for name, value in told.items() if name != "organisation"})
        actions.keep_missed(call, organisation=whose, key=_key(request), by=request.user, at=request.now)
        messages.success(request, _("Kept. It is due by the end of the next working day."))
        return HttpResponseRedirect(reverse("calls"), status=303)
    told = {"form": form, "key": _key(request)}
    return render(request, "referrals/call_missed.html", told, status=422 if form.errors else 200)


@BOTH
def back(request: Request, public_id: str) -> HttpResponse:
    """One missed call: how to call, and how it went."""
    callback = _missed(request, public_id)
    if callback is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = telephone.CalledForm(sent, callback=callback)
    if form.is_valid():
        _went(request, callback, form.cleaned_data["outcome"])
        return HttpResponseRedirect(reverse("calls"), status=303)
    told = {"form": form, "call": presenters.Missed(callback), "now": request.now, "key": _key(request)}
    return render(request, "referrals/call_back.html", told, status=422 if form.errors else 200)


def _went(request: Request, callback: Callback, outcome: str) -> None:
    try:
        actions.call_back(callback, outcome, key=_key(request), by=request.user, at=request.now)
        messages.success(request, _("Kept: %(outcome)s") % {"outcome": sayings.CALLS[outcome]})
    except Refused:
        messages.info(request, _("Somebody was faster. Here is how it stands."))


def _missed(request: Request, public_id: str) -> Callback | None:
    return queries.callbacks(request.user).filter(public_id=public_id).first() if public_id else None


def _key(request: Request) -> str:
    return request.POST.get("key", "")[:40] or secrets.token_urlsafe(24)
