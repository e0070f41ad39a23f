"""``/refer/``: anyone asks, without an account; with the number and the birth date they look again.

Whoever looks again is told that it is received, worked on or closed, whoever they say they are: nothing that tells
whether the person is anybody's member.
"""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from wholeperson.access.often import Limits, too_often
from wholeperson.access.request import Request
from wholeperson.casework.members.presenters import value_in_words
from wholeperson.casework.members.screening import NotTakenOver, Screening, take_over
from wholeperson.casework.referrals import actions, forms, offered, placing, presenters, programmes, queries
from wholeperson.casework.referrals.holders import STRANGER, AskerAgain
from wholeperson.casework.referrals.models import AskedFor, Asking
from wholeperson.rules.problems import Refused

BOTH = require_http_methods(["GET", "HEAD", "POST"])
HELD = "asking"
# a shelter and a clinic may share one address; nobody tries numbers one after another
LIMITS = Limits("refer", {"refer": "60/h/ip", "refer_again": "60/h/ip,10/h/key"})


@BOTH
@never_cache
def refer(request: Request) -> HttpResponse:
    """One form; the screener's answers go on with it where they came along."""
    screening, trouble = _screening(request)
    sent = request.POST if request.method == "POST" else None
    begins = _initial(screening) | _chosen(request) | _wished(request)
    form = forms.PublicForm(sent, today=request.today, initial=begins)
    if form.is_valid():
        if not LIMITS.allow(request, "refer"):
            return too_often(request)
        asking = _ask(request, form, screening)
        if asking is None:
            return render(request, "referrals/nowhere.html", status=503)
        request.session[HELD] = asking.public_id
        return HttpResponseRedirect(reverse("refer_mine"), status=303)
    return _written(request, form, screening, trouble)


# The screener sets no cookie, so what comes from it bears no token; nothing is kept here, and the form that follows
# bears one.
@csrf_exempt
@never_cache
@BOTH
def with_answers(request: Request) -> HttpResponse:
    """The same form, begun with the screener's answers."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("refer"))
    screening, trouble = _screening(request)
    form = forms.PublicForm(None, today=request.today, initial=_initial(screening))
    return _written(request, form, screening, trouble)


def _written(request: Request, form: forms.PublicForm, screening: Screening | None, trouble: str) -> HttpResponse:
    told = {"form": form, "trouble": trouble, "carried": request.POST.get("screening", ""), "facts": _said(screening)}
    return render(request, "referrals/refer.html", told, status=422 if form.errors else 200)


def _screening(request: Request) -> tuple[Screening | None, str]:
    """What the screener hands over, and what is said where it could not be taken."""
    carried = request.POST.get("screening", "")
    if not carried:
        return None, ""
    try:
        return take_over(carried, at=request.now), ""
    except NotTakenOver:
        return None, _("Your answers could not be taken along: they are too old. Please fill in the form.")


def _initial(screening: Screening | None) -> dict[str, Any]:
    told: dict[str, Any] = {"secret": secrets.token_urlsafe(24), "spoken": get_language() or "en"}
    if screening:
        askable = {word for word, _name in programmes.choices(without=programmes.BY_ITSELF)}
        fit = [one if one in askable else programmes.ECM for one in screening.may_fit]
        told |= {
            "programmes": list(dict.fromkeys(fit)), "plan": screening.plan or "", "spoken": screening.language,
            "standing": "self" if screening.who == "me" else None,
        }  # fmt: skip
    return told


def _wished(request: Request) -> dict[str, Any]:
    """Whoever came from the directory's *refer here*: what is given there, and by whom."""
    service = offered.service_of(request.GET.get("provider", ""))
    return {"programmes": [service.programme], "comment": str(service.organisation)} if service else {}


def _chosen(request: Request) -> dict[str, Any]:
    """A program's page leads here with that program ticked; a population's with the care management it opens."""
    named = [programmes.ECM if one.startswith("pof_") else one for one in request.GET.getlist("program")[:20]]
    return {"programmes": named} if named else {}


def _said(screening: Screening | None) -> list[tuple[str, str]]:
    """What was answered, so that whoever asks sees what goes along."""
    if screening is None:
        return []
    words = programmes.words()
    return [(words.ask(one.fact), value_in_words(one.value)) for one in screening.facts]


def _ask(request: Request, form: forms.PublicForm, screening: Screening | None) -> Asking | None:
    facts = {one.fact: one.value for one in screening.facts} if screening else {}
    asker, channel = form.asker(get_language() or "en"), "screener" if screening else "public"
    try:
        return actions.ask(
            form.about(facts), form.wanted(), asker, channel=channel, key=form.cleaned_data["secret"], by=STRANGER,
            at=request.now,
        )  # fmt: skip
    except placing.Nowhere:
        return None


@BOTH
@never_cache
def again(request: Request) -> HttpResponse:
    """Whoever has number and birth date sees where it stands; a wrong one says only that nothing was found."""
    given = request.POST if request.method == "POST" else None
    form = forms.AgainForm(given, initial={"secret": secrets.token_urlsafe(24)})
    if form.is_valid():
        number = form.cleaned_data["number"]
        if not LIMITS.allow(request, "refer_again", number.strip().lower()):
            return too_often(request)
        asking = queries.asking_again(number, form.cleaned_data["birth_date"])
        if asking is not None:
            request.session[HELD] = asking.public_id
            return HttpResponseRedirect(reverse("refer_mine"), status=303)
        form.add_error("number", _("Nothing was found. Look at the number and the birth date again."))
    return render(request, "referrals/again.html", {"form": form}, status=422 if form.errors else 200)


@BOTH
@never_cache
def mine(request: Request) -> HttpResponse:
    """The number, and where each thing stands. No more than anybody who knows number and birth date may learn."""
    asking = _held(request)
    found = queries.asked_with(asking)
    rows = [presenters.Status(one.referral, False) for one in found]
    told = {
        "asking": asking, "rows": rows, "name": presenters.name_as_told(asking), "now": request.now,
        "question": _question(found), "unreachable": presenters.Told(asking).is_unreachable,
        "may_withdraw": asking.withdrawn_at is None and any(one.is_open for one in rows),
    }  # fmt: skip
    return render(request, "referrals/mine.html", told)


def _question(found: list[AskedFor]) -> AskedFor | None:
    """What they were asked back about."""
    asked = (one for one in found if one.referral.status == "asked")
    return next((one for one in asked if one.referral.asked_of_id == one.asking_id), None)


@BOTH
@never_cache
def answer(request: Request) -> HttpResponse:
    """What was missing, told once."""
    asking = _held(request)
    row = _question(queries.asked_with(asking))
    if row is None:
        return HttpResponseRedirect(reverse("refer_mine"), status=303)
    form = forms.TextForm(request.POST if request.method == "POST" else None, label=_("Your answer"))
    if form.is_valid():
        text, again = form.cleaned_data["text"], AskerAgain(row.asking)
        if _try(lambda: actions.tell_missing(row.referral, text, by=again, at=request.now)):
            messages.success(request, _("Thank you. We have your answer."))
        return HttpResponseRedirect(reverse("refer_mine"), status=303)
    told = {"form": form, "question": row.referral.question}
    return render(request, "referrals/answer.html", told, status=422 if form.errors else 200)


@BOTH
@never_cache
def withdraw(request: Request) -> HttpResponse:
    """Asked once more before it is done."""
    asking = _held(request)
    if request.method != "POST":
        return render(request, "referrals/take_back.html", {"back": reverse("refer_mine")})
    for row in queries.asked_with(asking):
        if presenters.Status(row.referral, False).is_open:
            _try(lambda one=row: actions.withdraw(one.referral, by=AskerAgain(one.asking), at=request.now))
    return HttpResponseRedirect(reverse("refer_mine"), status=303)


@require_POST
def leave(request: Request) -> HttpResponse:
    """For a shared computer: this browser forgets the request."""
    request.session.pop(HELD, None)
    return HttpResponseRedirect(reverse("refer"), status=303)


def _try(work: Any) -> bool:
    """Whether it was done; where somebody was faster the page shows how it stands."""
    try:
        work()
    except Refused:
        return False
    return True


def _held(request: Request) -> Asking:
    asking = queries.asking_of(request.session.get(HELD, "-"))
    if asking is None:
        raise Http404
    return asking
