"""Authorizations: the list, one of them, and what is written down of it."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wholeperson.access.request import Request
from wholeperson.casework.authorizations import actions, presenters, queries, standing
from wholeperson.casework.authorizations.forms import AnswerForm, DrawForm, NewForm, ToldForm
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as people
from wholeperson.rules.problems import Refused

ON_A_PAGE = 25
BOTH = ["GET", "HEAD", "POST"]


@require_safe
def authorizations(request: Request) -> HttpResponse:
    """What is open, the one that ends first on top; or only what ends soon; or all."""
    asked = request.GET.get("show", "open")
    found = queries.authorizations_for(request.user)
    if asked == "ending":
        found = queries.ending(found, request.today)
    elif asked != "all":
        found, asked = queries.open_ones(found), "open"
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = people.members_for(request.user).filter(pk__in=[row.member_id for row in page.object_list])
    members.look_at_list(shown, "authorization.list", by=request.user, at=request.now)
    cards = [presenters.Card(row, request.today) for row in page.object_list]
    told = {"page": page, "cards": cards, "show": asked, "may_write": request.user.may("authorization.record")}
    return render(request, "authorizations/list.html", told)


@require_safe
def authorization(request: Request, public_id: str) -> HttpResponse:
    found = _found(request, public_id, "authorization.look_at")
    told = {
        "card": presenters.Card(found, request.today, queries.used(request.user, found)), "row": found,
        "told": [presenters.ToldCard(row) for row in queries.told_for(request.user, found)[:50]],
        "answers": [presenters.AnswerCard(row) for row in standing.of_one(request.user, found)[:50]],
        "may_write": presenters.may_write(request.user, found),
        "behind": found.referral if request.user.may("referral.read") else None,
    }  # fmt: skip
    return render(request, "authorizations/authorization.html", told)


@require_http_methods(BOTH)
def new(request: Request) -> HttpResponse:
    """A plan's decision, by hand."""
    of = request.POST.get("member") or request.GET.get("member") or ""
    sight = members.look_at(of, by=request.user, at=request.now, verb="authorization.new", depth="care") if of else None
    member = sight.row.member if sight else None
    form = NewForm(_sent(request), today=request.today, person=request.user, member=member)
    if form.is_valid() and form.member:
        made = actions.record(
            form.member, form.decided(form.cleaned_data["programme"]), organisation=form.organisation_meant,
            plan=form.cleaned_data["plan"], by=request.user, at=request.now,
        )  # fmt: skip
        messages.success(request, _("Kept."))
        return _to(made)
    told = {"form": form, "member": member, "heading": _("Write down an authorization")}
    return render(request, "authorizations/form.html", told, status=422 if form.errors else 200)


@require_http_methods(BOTH)
def told(request: Request, public_id: str) -> HttpResponse:
    """The plan said something new: a renewal, more units, another day."""
    found = _found(request, public_id, "authorization.open_told")
    form = ToldForm(_sent(request), today=request.today, known=found)
    if form.is_valid():
        actions.record(
            found.member, form.decided(found.programme), organisation=found.organisation, plan=found.plan,
            by=request.user, at=request.now,
        )  # fmt: skip
        return _to(found)
    return _form(request, found, form, _("The plan said something new"))


@require_http_methods(BOTH)
def answer(request: Request, public_id: str) -> HttpResponse:
    found = _found(request, public_id, "authorization.open_answer")
    form = AnswerForm(_sent(request), today=request.today)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.answer(
                found, said["answer"], since=said["since"], closure=said["closure"], by=request.user, at=request.now
            )  # fmt: skip
            return _to(found)
        except Refused:
            form.add_error("answer", _("This provider declined. The plan has to find another; the loop stays open."))
    return _form(request, found, form, _("Where does the referral stand?"))


@require_http_methods(BOTH)
def draw(request: Request, public_id: str) -> HttpResponse:
    found = _found(request, public_id, "authorization.open_draw")
    form = DrawForm(_sent(request), today=request.today)
    if form.is_valid():
        key = f"{request.user.public_id}:{request.POST.get('key', '')[:40] or secrets.token_urlsafe(12)}"
        said = form.cleaned_data
        actions.draw(found, said["units"], on=said["on"], source="hand", key=key, by=request.user, at=request.now)
        return _to(found)
    return _form(request, found, form, _("Units were used"))


def _form(request: Request, found: Authorization, form: forms.Form, heading: str) -> HttpResponse:
    told = {
        "form": form, "row": found, "member": found.member, "heading": heading,
        "key": request.POST.get("key") or secrets.token_urlsafe(12),
    }  # fmt: skip
    return render(request, "authorizations/form.html", told, status=422 if form.errors else 200)


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _found(request: Request, public_id: str, verb: str) -> Authorization:
    """The authorization, and in the trail that its member was looked at; not there for whoever may not see it."""
    found = queries.authorization_for(request.user, public_id)
    if found is None or members.look_at(found.member, by=request.user, at=request.now, verb=verb) is None:
        raise Http404
    return found


def _to(found: Authorization) -> HttpResponse:
    return HttpResponseRedirect(reverse("authorization", args=[found.public_id]), status=303)
