"""What the plan sees of applications: the list, one of them, its steps, notes and papers, and what falls due."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.attached import attached
from wholeperson.access.request import Request
from wholeperson.casework.providers import actions, asked, presenters, queries
from wholeperson.casework.providers.forms import DecideForm, FindingForm, LookForm, NoteForm
from wholeperson.casework.providers.models import Application
from wholeperson.rules.problems import Refused

ON_A_PAGE = 25
ALONE = ("screen", "clear")  # steps that need no words


@require_safe
def applications(request: Request) -> HttpResponse:
    form = FindingForm(request.GET, statuses=presenters.status_choices())
    asked_for = {name: str(value) for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    found = queries.listed(request.user, asked_for, now=request.now)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [presenters.Told(one, request.now) for one in page.object_list]
    facts = {
        "form": form, "page": page, "rows": rows, "now": request.now, "asked": asked_for,
        "to_renew": queries.to_renew(request.user, today=request.today).count(),
    }  # fmt: skip
    return render(request, "providers/applications.html", facts)


@require_safe
def application(request: Request, public_id: str) -> HttpResponse:
    return _page(request, application_or_404(request, public_id), NoteForm())


def _page(request: Request, one: Application, form: NoteForm) -> HttpResponse:
    page = presenters.Decided(one, request.now, request.user)
    facts = {"page": page, "form": form, "now": request.now, "looking": LookForm(application=one)}
    return render(request, "providers/application.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, public_id: str, verb: str) -> HttpResponse:
    """One step: a page that asks what it needs, and then the step itself."""
    one = application_or_404(request, public_id)
    if verb not in presenters.VERBS:
        raise Http404
    if request.method != "POST" and one.lifecycle.find(verb, one.status) is None:
        return to_application(one)
    form = DecideForm(request.POST if request.method == "POST" else None, verb=verb, application=one)
    if form.is_valid() and _taken(request, one, verb, form):
        return to_application(one)
    key = request.POST.get("key") or secrets.token_urlsafe(12)
    facts = {
        "form": form, "page": presenters.Decided(one, request.now, request.user), "verb": presenters.VERBS[verb],
        "key": key, "alone": verb in ALONE,
    }  # fmt: skip
    return render(request, "providers/decide.html", facts, status=422 if form.errors else 200)


def _taken(request: Request, one: Application, verb: str, form: DecideForm) -> bool:
    said: Any = form.cleaned_data.get("said")
    key = f"{verb}:{request.POST.get('key', '')[:40]}"
    try:
        if verb == "list":
            actions.list_it(one, name=said, by=request.user, at=request.now, key=key)
        else:
            actions.decide(one, verb, said=said, by=request.user, at=request.now, key=key)
    except Refused as refused:
        return _told(request, form, refused.problems[0].code)
    messages.success(request, _("Done. The applicant is told that something has changed."))
    return True


def _told(request: Request, form: DecideForm, code: str) -> bool:
    """Whether to go back to the application: somebody else was faster, or it was done already."""
    if code == "name_taken":
        form.add_error("said", _("There is an organization with this name. Add something that tells them apart."))
        return False
    if code == "not_ready":
        form.add_error(None, _("It needs an NPI first. Ask the applicant for it."))
        return False
    if code == "not_looked_at":
        form.add_error(None, _("Something has not been looked at yet. Go back, look at it and tick it."))
        return False
    messages.info(request, _("It had been taken on already. Here is where it stands."))
    return True


@require_POST
def note(request: Request, public_id: str) -> HttpResponse:
    one = application_or_404(request, public_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form)
    actions.note(one, text=form.cleaned_data["text"], by=request.user, at=request.now)
    return to_application(one)


@require_POST
def look(request: Request, public_id: str) -> HttpResponse:
    """Keep what of the vetting has been looked at."""
    one = application_or_404(request, public_id)
    form = LookForm(request.POST, application=one)
    if form.is_valid() and one.status == "vetting":
        actions.look_at(one, form.cleaned_data["items"], by=request.user, at=request.now)
        messages.success(request, _("Kept."))
    else:
        messages.info(request, _("It had been taken on already. Here is where it stands."))
    return to_application(one)


@require_safe
def paper(request: Request, public_id: str, document: str) -> HttpResponse:
    """A paper of an application, handed over as a file."""
    found = actions.open_paper(application_or_404(request, public_id), document, by=request.user, at=request.now)
    if found is None:
        raise Http404
    row, content = found
    return attached(content, name=row.name, kind=row.kind)


@require_safe
def to_renew(request: Request) -> HttpResponse:
    """Statements that end soon or have ended."""
    page = Paginator(queries.to_renew(request.user, today=request.today), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, asked.name(row.programme), _says(row.programme, row.item)) for row in page.object_list]
    return render(request, "providers/to_renew.html", {"page": page, "rows": rows, "today": request.today})


def _says(programme: str, item: str) -> str:
    return next((one.says for one in asked.items([programme]) if one.id == item), item)


@require_POST
def renew(request: Request, attestation: str) -> HttpResponse:
    row = queries.to_renew(request.user, today=request.today).filter(public_id=attestation).first()
    if row is None:
        raise Http404
    actions.renew(row, on=request.today, by=request.user, at=request.now)
    messages.success(request, _("Noted. It holds for a year."))
    return HttpResponseRedirect(reverse("attestations"), status=303)


def application_or_404(request: Request, public_id: str) -> Application:
    found = queries.application_for(request.user, public_id)
    if found is None:
        raise Http404
    return found


def to_application(one: Application) -> HttpResponse:
    return HttpResponseRedirect(reverse("application", args=[one.public_id]), status=303)
