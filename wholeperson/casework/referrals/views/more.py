"""After a request was sent: what it was, a few questions, another program with one press, papers, and the sheet."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.request import Request
from wholeperson.casework.members import queries as people
from wholeperson.casework.providers.views.applying import REFUSALS
from wholeperson.casework.referrals import actions, forms, presenters, programmes, queries, questions, sheet
from wholeperson.casework.referrals.knowing import learns_all
from wholeperson.casework.referrals.models import Asking
from wholeperson.casework.referrals.queries import Seen
from wholeperson.casework.referrals.views.desk import seen_or_404
from wholeperson.record import documents, uploads
from wholeperson.rules.problems import Refused

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def asked(request: Request, public_id: str) -> HttpResponse:
    """What somebody asked for just now, its number, and what goes well with it."""
    asking = _own(request, public_id)
    everything = learns_all(asking, on=request.today, at=request.now)
    found = queries.referrals_of(asking)
    rows = [presenters.Status(one, everything) for one in found]
    wanted = [one.programme for one in found]
    told = {
        "asking": asking, "rows": rows, "name": presenters.name_as_told(asking), "now": request.now,
        "questions": len(_questions(request, asking)),
        "also": [(word, programmes.name(word), why) for _from, word, why in programmes.follow_ons(wanted)],
    }  # fmt: skip
    return render(request, "referrals/asked.html", told)


@require_POST
def also(request: Request, public_id: str) -> HttpResponse:
    """One more program, with one press and nothing typed again."""
    asking = _own(request, public_id)
    programme = request.POST.get("program", "")
    if programme not in programmes.askable():
        raise Http404
    made = actions.also(asking, programme, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("referral_asked", args=[made.public_id]), status=303)


@BOTH
def more(request: Request, public_id: str) -> HttpResponse:
    """A few questions that would settle most; each may stay open."""
    asking = _own(request, public_id)
    facts = _questions(request, asking)
    form = forms.QuestionsForm(request.POST if request.method == "POST" else None, facts=facts)
    if form.is_valid():
        if form.facts():
            actions.tell_more(asking, form.facts(), by=request.user, at=request.now)
        messages.success(request, _("Kept. It goes along with the request."))
        return HttpResponseRedirect(reverse("referral_asked", args=[asking.public_id]), status=303)
    told = {"form": form, "asking": asking, "name": presenters.name_as_told(asking)}
    return render(request, "referrals/more.html", told, status=422 if form.errors else 200)


def _questions(request: Request, asking: Asking) -> list[str]:
    """What is not told yet, nor known already to whoever may see it."""
    known = dict(presenters.Told(asking).told.get("facts") or {})
    known |= {row.fact: row.value for row in people.facts_for(request.user, asking.member)}
    wanted = [one.programme for one in queries.referrals_of(asking)]
    return questions.open_questions(wanted, known, asking.member, on=request.today)


@BOTH
def papers(request: Request, public_id: str) -> HttpResponse:
    """The papers that the policy names, which of them are there, and one more. None of them stops anything."""
    seen = seen_or_404(request, public_id)
    referral = seen.referral
    sent = request.method == "POST"
    form = forms.PaperForm(
        request.POST if sent else None, request.FILES if sent else None, programme=referral.programme
    )
    if sent and uploads.was_too_large(request):
        form.errors["file"] = form.error_class([str(REFUSALS["too_large"])])
    elif form.is_valid() and _kept(request, referral, form):
        messages.success(request, _("The paper is kept."))
        return HttpResponseRedirect(reverse("referral_papers", args=[referral.public_id]), status=303)
    page = presenters.Page(seen, request.user, request.now)
    told = {"form": form, "page": page, "papers": presenters.checklist(referral, everything=page.shows_papers)}
    return render(request, "referrals/papers.html", told, status=422 if form.errors else 200)


def _kept(request: Request, referral: Any, form: forms.PaperForm) -> bool:
    file = form.cleaned_data["file"]
    received = documents.Received(file.name, file.read())
    try:
        actions.add_paper(referral, received, item=form.cleaned_data["item"], by=request.user, at=request.now)
    except Refused as refused:
        form.add_error("file", REFUSALS.get(refused.problems[0].code, REFUSALS["other"]))
        return False
    return True


@require_safe
def sheet_page(request: Request, public_id: str) -> HttpResponse:
    """The whole request on one sheet: for whoever handles it."""
    seen = seen_or_404(request, public_id)
    if seen.as_what != "handler":
        raise Http404
    page = presenters.Page(seen, request.user, request.now)
    told = {
        "page": page, "parts": sheet.parts(seen.referral, request.user, today=request.today),
        "plan_forms": queries.forms_for(seen.referral),
    }  # fmt: skip
    return render(request, "referrals/sheet.html", told)


@BOTH
def confirm(request: Request, public_id: str, asking_id: str) -> HttpResponse:
    """Somebody made sure what whoever asked is to the person: they learn how it stands in full."""
    seen, asking = _asking(request, public_id, asking_id)
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.confirm(asking, form.cleaned_data["as_what"], by=request.user, at=request.now)
        return HttpResponseRedirect(reverse("referral", args=[public_id]), status=303)
    page = presenters.Page(seen, request.user, request.now)
    told = {"form": form, "page": page, "told": presenters.Told(asking)}
    return render(request, "referrals/confirm.html", told, status=422 if form.errors else 200)


@require_POST
def look(request: Request, public_id: str, asking_id: str) -> HttpResponse:
    """What somebody told who asked for it later becomes known too."""
    seen, asking = _asking(request, public_id, asking_id)
    actions.look_at_asking(asking, seen.referral, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("referral", args=[public_id]), status=303)


def _asking(request: Request, public_id: str, asking_id: str) -> tuple[Seen, Asking]:
    """One who asked for this very referral; for whoever handles it."""
    seen = seen_or_404(request, public_id)
    asking = next((one for one in queries.askings_of(seen.referral) if one.public_id == asking_id), None)
    if seen.as_what != "handler" or asking is None:
        raise Http404
    return seen, asking


@require_POST
def told(request: Request, public_id: str) -> HttpResponse:
    """What could not be written was told another way."""
    seen = seen_or_404(request, public_id)
    page = presenters.Page(seen, request.user, request.now)
    if not page.works_on_it:
        raise Http404
    for unwritten in page.held_back:
        actions.told_another_way(unwritten.notice, seen.referral, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("referral", args=[public_id]), status=303)


def _own(request: Request, public_id: str) -> Asking:
    found = queries.own_asking(request.user, public_id)
    if found is None:
        raise Http404
    return found
