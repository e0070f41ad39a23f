"""``/become-a-provider/``: what it takes, a form that is saved at each step, and where the application stands.

No account: whoever holds the private link is the applicant. What a link does not open answers 404.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.often import Limits, too_often
from wholeperson.access.request import Request
from wholeperson.casework.providers import actions, asked, clocks, forms, links, presenters, queries
from wholeperson.casework.providers.models import Application
from wholeperson.record import documents, uploads
from wholeperson.rules.problems import Refused

LOOK_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
HELD = "application"
# a shelter and a clinic may share one address; nobody's mailbox is filled by us
LIMITS = Limits(HELD, {"apply_begin": "60/h/ip,6/h/key", "apply_link": "30/h/ip,4/h/key", "apply_open": "300/h/ip"})
REFUSALS = {
    "empty": gettext_lazy("This file is empty. Choose it again."),
    "too_large": gettext_lazy("This file is larger than 20 MB. Send it in parts."),
    "unknown_kind": gettext_lazy(
        "This is no kind of file we keep, whatever it is called. Save it as PDF and send that."
    ),
    "harmful": gettext_lazy(
        "Something harmful was found in this file. Do not open it. Ask whoever sent it for another."
    ),
    "too_many_papers": gettext_lazy(
        "There are too many papers here. Put several pages into one PDF, or take some back."
    ),
    "other": gettext_lazy("This file could not be taken now. Try again in some minutes. Nothing else is lost."),
}


@require_safe
def become_a_provider(request: Request) -> HttpResponse:
    """What it takes, what to have at hand, what happens then."""
    plans = list(queries.plans_here())
    facts = {
        "plans": plans, "elsewhere": asked.elsewhere(queries.plan_words(plans)), "vetting": asked.VETTING.values(),
        "link_days": clocks.LINK_DAYS, "held": _held(request) is not None,
    }  # fmt: skip
    return render(request, "providers/become.html", facts)


@LOOK_OR_SEND
@never_cache
def begin(request: Request) -> HttpResponse:
    given = request.POST if request.method == "POST" else None
    form = forms.BeginForm(given, initial={"secret": secrets.token_urlsafe(24)})
    if not form.is_valid():
        return render(request, "providers/begin.html", {"form": form}, status=422 if form.errors else 200)
    if not LIMITS.allow(request, "apply_begin", form.cleaned_data["contact_email"].lower()):
        return too_often(request)
    said = {name: value for name, value in form.cleaned_data.items() if name != "website"}
    language = get_language() or "en"
    made, token = actions.begin(**said, language=language, at=request.now, address=_address(request))
    request.session[HELD] = links.mark(token)
    facts = {"made": made, "link": _address(request)(token), "until": clocks.end_of_day(request.now, clocks.LINK_DAYS)}
    return render(request, "providers/begun.html", facts)


@LOOK_OR_SEND
@never_cache
def link_again(request: Request) -> HttpResponse:
    """Whoever asks reads the same answer, whether there is such an application or not."""
    given = request.POST if request.method == "POST" else None
    form = forms.LinkAgainForm(given, initial={"secret": secrets.token_urlsafe(24)})
    if not form.is_valid():
        return render(request, "providers/link_again.html", {"form": form}, status=422 if form.errors else 200)
    email = form.cleaned_data["email"]
    if not LIMITS.allow(request, "apply_link", email.lower()):
        return too_often(request)
    actions.link_again(email, secret=form.cleaned_data["secret"], at=request.now, address=_address(request))
    return render(request, "providers/link_sent.html", {"days": clocks.LINK_DAYS})


@require_safe
@never_cache
def open_link(request: Request, token: str) -> HttpResponse:
    """Take the token out of the address at once; the session keeps only its fingerprint. Looking uses nothing up."""
    if not LIMITS.allow(request, "apply_open"):
        return too_often(request)
    found, link = links.found_by_mark(links.mark(token), at=request.now)
    if found is None:
        if link is None:
            raise Http404
        return render(request, "providers/link_expired.html", {"link": link}, status=410)
    request.session[HELD] = links.mark(token)
    return HttpResponseRedirect(reverse("application_mine"))


@require_safe
@never_cache
def mine(request: Request) -> HttpResponse:
    """What is done, what is missing, whose turn it is, what happens next and by when."""
    return _mine(request, *_held_or_404(request))


def _mine(request: Request, application: Application, link: Any, status: int = 200, **more: Any) -> HttpResponse:
    page = presenters.Mine(application, request.now, link.expires_at)
    facts = {"page": page, "key": secrets.token_urlsafe(12), "now": request.now, **more}
    return render(request, "providers/mine.html", facts, status=status)


@LOOK_OR_SEND
@never_cache
def step(request: Request, step: str) -> HttpResponse:
    """One step of the form. What is sent is kept; the next one follows, or the overview where somebody stops here."""
    application, _link = _held_or_404(request)
    if step not in forms.STEPS:
        raise Http404
    if not presenters.Mine(application, request.now, request.now).may_write:
        messages.info(request, _("It is with the plan now, so it cannot be changed."))
        return _to_mine()
    form = forms.STEPS[step](request.POST if request.method == "POST" else None, application=application)
    if form.is_valid():
        try:
            actions.write(application, step, form.cleaned_data, by=links.Holder(application), at=request.now)
        except Refused:  # sent in another window meanwhile
            return _to_mine(request, _("It is with the plan now, so it cannot be changed."))
        return _after(step) if "later" not in request.POST else _to_mine(request, _("Saved. Come back by your link."))
    order = list(forms.STEPS)
    facts = {"form": form, "number": order.index(step) + 1, "of": len(order), "notes": _notes(application, step)}
    return render(request, "providers/step.html", facts, status=422 if form.errors else 200)


def _notes(application: Application, step: str) -> list[str]:
    return asked.notes(row.programme for row in application.services.all()) if step == "statements" else []


def _after(step: str) -> HttpResponse:
    order = list(forms.STEPS)
    place = order.index(step) + 1
    return _see("application_step", order[place]) if place < len(order) else _see("application_papers")


@LOOK_OR_SEND
@never_cache
def papers(request: Request) -> HttpResponse:
    """The papers that are there, and one more. A file that is refused costs nothing of what is there."""
    application, link = _held_or_404(request)
    page = presenters.Mine(application, request.now, link.expires_at)
    if not page.may_write:
        return _to_mine()
    sent = request.method == "POST"
    form = forms.PaperForm(request.POST, request.FILES) if sent else forms.PaperForm(initial={"item": "license"})
    if sent and uploads.was_too_large(request):
        form.errors["file"] = form.error_class([_("This file is larger than 20 MB. Send it in parts.")])
    elif form.is_valid() and _kept(request, application, form):
        messages.success(request, _("The paper is kept."))
        return _see("application_papers")
    return render(request, "providers/papers.html", {"form": form, "page": page}, status=422 if form.errors else 200)


def _kept(request: Request, application: Application, form: forms.PaperForm) -> bool:
    file = form.cleaned_data["file"]
    received = documents.Received(file.name, file.read())
    holder = links.Holder(application)
    try:
        actions.add_paper(application, received, item=form.cleaned_data["item"], by=holder, at=request.now)
    except Refused as refused:
        form.add_error("file", REFUSALS.get(refused.problems[0].code, REFUSALS["other"]))
        return False
    return True


@require_POST
def paper_back(request: Request, document: str) -> HttpResponse:
    application, _link = _held_or_404(request)
    if not presenters.Mine(application, request.now, request.now).may_write:
        return _to_mine()
    if not actions.take_back(application, document, by=links.Holder(application), at=request.now):
        raise Http404
    return _see("application_papers")


@require_POST
def go(request: Request) -> HttpResponse:
    """Send it, answer, or hand in: whichever is the applicant's step now."""
    application, link = _held_or_404(request)
    verb, key = request.POST.get("verb", ""), request.POST.get("key", "")[:40]
    if verb not in actions_of_applicant():
        raise Http404
    try:
        actions.take_own_step(application, verb, by=links.Holder(application), at=request.now, key=key)
    except Refused as refused:
        if refused.problems[0].code == "incomplete":
            return _mine(request, application, link, status=422, lacking=refused.problems[0].allowed)
        messages.info(request, _("This was done already. Here is where it stands."))
    return _to_mine()


def actions_of_applicant() -> set[str]:
    return {verb for verb, _said in presenters.OWN.values()}


@LOOK_OR_SEND
@never_cache
def withdraw(request: Request) -> HttpResponse:
    """Asked once more before it is done."""
    application, link = _held_or_404(request)
    page = presenters.Mine(application, request.now, link.expires_at)
    if request.method == "POST" and page.may_withdraw:
        actions.take_own_step(application, "withdraw", by=links.Holder(application), at=request.now)
    if request.method == "POST" or not page.may_withdraw:
        return _to_mine()
    return render(request, "providers/withdraw.html", {"page": page})


@require_POST
def leave(request: Request) -> HttpResponse:
    """For a shared computer: this browser forgets the application. The link works on."""
    request.session.pop(HELD, None)
    return _see("become_a_provider")


def _held(request: Request) -> tuple[Application, Any] | None:
    application, link = links.found_by_mark(request.session.get(HELD, ""), at=request.now)
    return (application, link) if application else None


def _held_or_404(request: Request) -> tuple[Application, Any]:
    found = _held(request)
    if found is None:
        raise Http404
    return found


def _address(request: Request) -> Callable[[str], str]:
    return lambda token: request.build_absolute_uri(reverse("application_link", args=[token]))


def _to_mine(request: Request | None = None, said: str = "") -> HttpResponse:
    if request and said:
        messages.success(request, said)
    return _see("application_mine")


def _see(name: str, *arguments: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=arguments), status=303)
