"""What a member agreed to: read, written down, taken back."""

import contextlib
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholeperson.access import choosing, typed
from wholeperson.access.models import Person
from wholeperson.access.request import Request
from wholeperson.casework.members import actions, minors, queries
from wholeperson.casework.members.forms import ConsentForm
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.casework.members.presenters import ConsentCard, who_sees
from wholeperson.casework.members.views.seen import seen, seen_consent
from wholeperson.record.refusals import Overtaken, Unlawful

ON_A_PAGE, SEEN_ON_A_PAGE = 25, 100


@require_safe
def consents(request: Request, public_id: str) -> HttpResponse:
    member, sight = seen(request, public_id, verb="consent.list", depth="care")
    page = Paginator(queries.consents_for(request.user, member), ON_A_PAGE).get_page(request.GET.get("page"))
    cards = [ConsentCard(one, request.today) for one in page.object_list]
    told: dict[str, Any] = {
        "member": member,
        "page": page,
        "cards": cards,
        "may_record": request.user.may("consent.record"),
    }
    if sight.row.reason == "self":
        told["seen"] = Paginator(_everybody(request, member), SEEN_ON_A_PAGE).get_page(request.GET.get("seen"))
        told["who"] = who_sees(told["seen"].object_list)
    return render(request, "members/consents.html", told)


def _everybody(request: Request, member: Member) -> list[Relationship]:
    return queries.everybody_who_sees(member, on=request.today, at=request.now)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, public_id: str) -> HttpResponse:
    if choosing.is_typing(request):
        return _found(request, public_id)
    member, _sight = seen(request, public_id, verb="consent.open_form", depth="care")
    family = _family(request, member)
    sent = request.POST if request.method == "POST" else None
    form = ConsentForm(sent, family=family, initial={"since": request.today})
    if choosing.is_search(request):
        form = ConsentForm(family=family)
        typed.fill(form, dict(request.POST.lists()))
    if not form.is_bound or not form.is_valid():
        return render(
            request, "members/consent_new.html", {"member": member, "form": form}, status=422 if form.errors else 200
        )
    actions.give_consent(member, **form.cleaned_data, language=member.language, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("consents", args=[public_id]), status=303)


def _family(request: Request, member: Member) -> list[Person]:
    """Whom a minor may let see what is theirs; asked of nobody who is family."""
    if not minors.is_minor(member, request.today) or queries.is_near(request.user, member):
        return []
    return queries.family_of(member, on=request.today, at=request.now)


def _found(request: Request, public_id: str) -> HttpResponse:
    """While somebody types a name: organisations alone, so nothing of the member is read, and no row is kept of it."""
    if not queries.members_for(request.user).filter(public_id=public_id).exists():
        raise Http404
    return choosing.found(ConsentForm(request.POST), "recipients")


@require_safe
def consent(request: Request, public_id: str, consent_id: str) -> HttpResponse:
    member, _sight = seen(request, public_id, verb="consent.read", depth="care")
    found = seen_consent(request, member, consent_id)
    told = {
        "member": member,
        "card": ConsentCard(found, request.today),
        "recipients": queries.recipients(found),
        "may_revoke": found.status == "given" and request.user.may("consent.revoke"),
    }
    return render(request, "members/consent.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: Request, public_id: str, consent_id: str) -> HttpResponse:
    """Asks once more and says what happens; by POST it happens. What was taken back meanwhile is simply shown."""
    member, _sight = seen(request, public_id, verb="consent.open_revoke", depth="care")
    found = seen_consent(request, member, consent_id)
    if request.method != "POST":
        told = {"member": member, "card": ConsentCard(found, request.today), "recipients": queries.recipients(found)}
        return render(request, "members/consent_revoke.html", told)
    with contextlib.suppress(Overtaken, Unlawful):  # it has one step only: somebody took it back just before
        actions.revoke_consent(found, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("consents", args=[public_id]), status=303)
