"""Who may do what, and the pages on which administrators set up their organisation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access import actions, drafts, presenters, queries
from wholeperson.access.forms import LastDayForm, NumberForm, OrganisationForm
from wholeperson.access.models import Membership, Organisation
from wholeperson.access.request import Request
from wholeperson.access.sign_in import lock

ON_A_PAGE = 50
LOOK_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def roles(request: Request) -> HttpResponse:
    return render(request, "access/roles.html", {"cards": presenters.role_cards(), "who_may": presenters.who_may()})


@require_safe
def organisations(request: Request) -> HttpResponse:
    page = Paginator(queries.organisations_for(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "access/organisations.html", {"page": page, "may_add": _may_add(request)})


@LOOK_OR_SEND
def add_organisation(request: Request) -> HttpResponse:
    if not _may_add(request):
        raise Http404
    form = OrganisationForm(request.POST) if request.method == "POST" else OrganisationForm()
    if form.is_valid():
        made = actions.add_organisation(**form.cleaned_data, by=request.user, at=request.now)
        return to_organisation(made)
    return render(request, "access/add_organisation.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def organisation(request: Request, public_id: str) -> HttpResponse:
    page = presenters.OrganisationPage(organisation_or_404(request, public_id), request.now, request.today)
    return render(request, "access/organisation.html", {"page": page})


@LOOK_OR_SEND
def add_number(request: Request, public_id: str) -> HttpResponse:
    of = organisation_or_404(request, public_id)
    form = NumberForm(request.POST) if request.method == "POST" else NumberForm()
    if form.is_valid():
        actions.add_identifier(of=of, **form.cleaned_data, by=request.user, at=request.now, since=request.today)
        return to_organisation(of)
    return render(request, "access/add_number.html", {"form": form, "of": of}, status=422 if form.errors else 200)


@LOOK_OR_SEND
def end_role(request: Request, public_id: str, membership: str) -> HttpResponse:
    """Say the last day of somebody's role."""
    of = organisation_or_404(request, public_id)
    row = Membership.objects.filter(public_id=membership, organisation=of).select_related("person").first()
    if row is None:
        raise Http404
    form = LastDayForm(request.POST) if request.method == "POST" else LastDayForm(initial={"until": request.today})
    if form.is_valid():
        actions.end_role(row, until=form.cleaned_data["until"], by=request.user, at=request.now)
        return to_organisation(of)
    facts = {"form": form, "of": of, "one": presenters.MemberOfStaff(row, request.today)}
    return render(request, "access/end_role.html", facts, status=422 if form.errors else 200)


@require_safe
def sessions(request: Request) -> HttpResponse:
    """Where somebody is signed in."""
    return render(request, "access/sessions.html", {"sessions": queries.sessions_of(request.user)})


@require_POST
def session_end(request: Request, session: str) -> HttpResponse:
    found = [one for one in queries.sessions_of(request.user) if one.mark == session]
    if not found:
        raise Http404
    actions.end_session(found[0].row, by=request.user, at=request.now)
    messages.success(request, _("That browser is signed out."))
    return HttpResponseRedirect(reverse("sessions"), status=303)


@require_POST
def lock_screen(request: Request) -> HttpResponse:
    """Lock now. The page sends along what was typed, to which form it belongs, and where that form stands."""
    if not lock.locks(request):
        return HttpResponseRedirect(reverse("desk"), status=303)
    form = lock.own_path(request, request.POST.get("draft_of", ""))
    if form:
        sent = request.POST.copy()
        for name in ("draft_of", "page"):
            sent.pop(name, None)
        drafts.keep(request, form.partition("?")[0], sent)
    lock.lock(request)
    page = lock.own_path(request, request.POST.get("page", "")) or lock.page_of_form(request)
    return lock.way_back(request, page)


@require_safe
def still_here(request: Request) -> HttpResponse:
    """Somebody is typing: the gate has seen it."""
    return HttpResponse(status=204)


def organisation_or_404(request: Request, public_id: str) -> Organisation:
    """One that this administrator reaches."""
    found = queries.organisations_for(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def to_organisation(one: Organisation) -> HttpResponse:
    return HttpResponseRedirect(reverse("organisation", args=[one.public_id]), status=303)


def _may_add(request: Request) -> bool:
    return request.user.standing.reaches(None, "organisation.change")
