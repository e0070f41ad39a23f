"""Whom to ask, by plan and by who asks; and an editor's word on which number answers."""

from itertools import groupby

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholeperson.access.request import Request
from wholeperson.handbook.shelf import actions
from wholeperson.handbook.shelf.contacts import FOR, all_contacts, find
from wholeperson.handbook.shelf.forms import CheckForm


@require_safe
def contacts(request: Request) -> HttpResponse:
    chosen = request.GET.get("for", "")
    found = [
        one for one in all_contacts(request.today) if chosen not in FOR or {chosen, "anyone"} & set(one.row["for"])
    ]
    told = {
        "plans": [(name, list(theirs)) for name, theirs in groupby(found, key=lambda one: one.plan_name)],
        "for": FOR.items(),
        "chosen": chosen if chosen in FOR else "",
        "may_verify": request.user.is_authenticated and request.user.may("contact.verify"),
    }
    return render(request, "shelf/contacts.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, plan: str, contact: str) -> HttpResponse:
    found = find(plan, contact, request.today)
    if found is None:
        raise Http404
    form = CheckForm(request.POST if request.method == "POST" else None, today=request.today)
    if form.is_bound and form.is_valid():
        actions.check_contact(
            plan=plan, contact=contact, value=found.value, **form.cleaned_data, by=request.user, at=request.now
        )
        return HttpResponseRedirect(reverse("contacts"), status=303)
    told = {"contact": found, "form": form}
    return render(request, "shelf/contact_check.html", told, status=422 if form.errors else 200)
