"""Inviting somebody to an organisation, and what the link of an invitation opens."""

from functools import partial

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wholeperson.access import actions, invited
from wholeperson.access.forms import InvitationForm, NewcomerForm
from wholeperson.access.models import Invitation, Organisation, Person
from wholeperson.access.request import Request
from wholeperson.access.roles import ROLES
from wholeperson.access.views import LOOK_OR_SEND, organisation_or_404, to_organisation
from wholeperson.rules.problems import Refused

HELD = "invitation"


@LOOK_OR_SEND
@never_cache
def invite(request: Request, public_id: str) -> HttpResponse:
    of = organisation_or_404(request, public_id)
    given = request.POST if request.method == "POST" else None
    form = InvitationForm(given, kind=of.kind, initial={"since": request.today})
    if form.is_valid():
        write = partial(_letter, request, of)
        made, token = actions.invite(
            organisation=of, **form.cleaned_data, by=request.user, at=request.now, letter=write
        )
        facts = {"of": of, "made": made, "role": ROLES[made.role]}
        if actions.sends_mail():
            return render(request, "access/invited.html", facts)
        return render(request, "access/invited.html", {**facts, "link": _link(request, token)})
    return render(request, "access/invite.html", {"form": form, "of": of}, status=422 if form.errors else 200)


def _letter(request: Request, of: Organisation, token: str) -> tuple[str, str]:
    subject = _("You are invited to Whole Person")
    text = _("%(organisation)s invites you. Open this link within 7 days; it works once:")
    return subject, f"{text % {'organisation': of.name}}\n\n{_link(request, token)}\n"


def _link(request: Request, token: str) -> str:
    return request.build_absolute_uri(reverse("invitation_link", args=[token]))


@require_POST
def withdraw(request: Request, public_id: str, invitation: str) -> HttpResponse:
    of = organisation_or_404(request, public_id)
    row = Invitation.objects.filter(organisation=of, public_id=invitation).first()
    if row is None:
        raise Http404
    try:
        actions.withdraw(row, by=request.user, at=request.now)
    except Refused:
        messages.error(request, _("This invitation was accepted or withdrawn already."))
    return to_organisation(of)


@require_safe
@never_cache
def open_link(request: Request, token: str) -> HttpResponse:
    """Take the token out of the address at once; the session keeps only its fingerprint. Looking accepts nothing."""
    request.session[HELD] = invited.mark(token)
    return HttpResponseRedirect(reverse("invitation"))


@LOOK_OR_SEND
@never_cache
def invitation(request: Request) -> HttpResponse:
    """What the link of this session opens."""
    found = invited.found_by_mark(request.session.get(HELD, ""))
    if found is None or not invited.is_open(found, at=request.now):
        return render(request, "access/invitation_closed.html", status=410)
    if bool(request.user.is_authenticated):
        return _as_somebody(request, found)
    if Person.objects.filter(email=found.email).exists():
        return _show(request, found, "access/invitation_known.html")
    return _as_newcomer(request, found)


def _as_somebody(request: Request, found: Invitation) -> HttpResponse:
    if request.user.email != found.email:
        return _show(request, found, "access/invitation_other.html", status=403)
    if request.method != "POST":
        return _show(request, found, "access/invitation_known.html")
    actions.accept_as_somebody(found, person=request.user, at=request.now)
    del request.session[HELD]
    messages.success(request, _("You have a new role."))
    return HttpResponseRedirect(reverse("desk"), status=303)


def _as_newcomer(request: Request, found: Invitation) -> HttpResponse:
    form = NewcomerForm(request.POST if request.method == "POST" else None, email=found.email)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return _show(request, found, "access/invitation.html", status=status, form=form)
    person = actions.accept_as_newcomer(found, **form.cleaned_data, at=request.now)
    del request.session[HELD]
    login = Login(user=person, redirect_url=reverse("mfa_index"))
    answer: HttpResponse = perform_password_login(request, {"email": person.email}, login)
    reauthenticate_by_password(request)  # they have just chosen the password: the second step need not ask for it
    return answer


def _show(request: Request, found: Invitation, page: str, status: int = 200, **more: object) -> HttpResponse:
    return render(request, page, {"invitation": found, "role": ROLES[found.role], **more}, status=status)
