"""Referrals for whoever is signed in: the list whose turn it is, one referral, its steps, and asking for somebody."""

import json
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wholeperson.access import typed, upto
from wholeperson.access.models import Organisation
from wholeperson.access.request import Request
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as people
from wholeperson.casework.referrals import actions, forms, listed, offered, presenters, queries, reached, sayings, tabs
from wholeperson.casework.referrals.lifecycle import ASK
from wholeperson.casework.referrals.models import Asking, Referral
from wholeperson.casework.referrals.queries import Seen
from wholeperson.casework.referrals.turns import KIND, Turns
from wholeperson.record import wall
from wholeperson.record.refusals import NotAllowed
from wholeperson.rules.problems import Refused

BOTH = require_http_methods(["GET", "HEAD", "POST"])
ON_A_PAGE = 25
LISTS = {"open": queries.all_open, "ended": queries.ended}


@require_safe
def referrals(request: Request) -> HttpResponse:
    """Whose turn it is, what I asked for, and all that I may see: what is mine comes first."""
    lists = tabs.open_to(request.user)
    which = request.GET.get("show", "")
    which = which if which in lists else next(iter(lists))
    told = {
        "which": which, "tabs": lists, "nothing": tabs.NOTHING[which], "now": request.now,
        "may_ask": request.user.may(ASK), "may_ask_many": request.user.may("referral.ask_many"),
        "halves": [presenters.Half(one) for one in queries.halves_of(request.user)] if which in tabs.MINE else [],
        **(_asked(request) if which == "asked" else _rows(request, which)),
    }  # fmt: skip
    return render(request, "referrals/list.html", told)


def _asked(request: Request) -> dict[str, Any]:
    """A page of what this person asked for."""
    with wall.opened("referral.asked_by"):
        page = Paginator(queries.asked_of(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
        many = page.paginator.count
        return {"page": page, "number": many, "many": many,
                "asked": [presenters.Asked(one, False) for one in page.object_list]}  # fmt: skip


def _rows(request: Request, which: str) -> dict[str, Any]:
    """A page of the referrals that this person may see; whose they are stands in the trail."""
    narrow = listed.NarrowForm(request.GET)
    page, found, behind = _listed(request, which, narrow)
    rows = listed.lines(request.user, found)
    shown = people.reasons_of(request.user, [row.referral.member_id for row in rows])
    members.look_at_list(shown, "referral.list", by=request.user, at=request.now)
    number, many = page.paginator.number, page.paginator.found
    return {"page": page, "behind": behind, "rows": rows, "narrow": narrow, "number": number, "many": many}


def _listed(request: Request, which: str, narrow: listed.NarrowForm) -> tuple[Any, list[Referral], str]:
    """The page, its rows, and the place behind the last of them."""
    after, number = upto.place(request.GET.get("after", "")), request.GET.get("page")
    if which == "turn":
        turns = Turns(request.user, after, narrow.chosen)
        page, keys = upto.page_of(turns, ON_A_PAGE, number)
        return page, turns.rows(keys), upto.address_of(keys[-1]) if keys else ""
    rows = listed.narrowing(request.user, narrow.chosen)(LISTS[which](request.user))
    if after:
        page = upto.rest(list(upto.behind(rows, "due_at", after)[: ON_A_PAGE + 1]), ON_A_PAGE, number)
    else:
        page = upto.Pages(rows, ON_A_PAGE).get_page(number)
    found = list(page.object_list)
    last = [(row.due_at or upto.NEVER, KIND, row.pk) for row in found[-1:]]
    return page, found, upto.address_of(*last) if last else ""


@require_safe
def referral(request: Request, public_id: str) -> HttpResponse:
    seen = seen_or_404(request, public_id)
    page = presenters.Page(seen, request.user, request.now)
    with wall.opened("referral.page"):  # once for all that belongs to a referral which this reader may see
        askings = Paginator(page.askings if page.works_on_it else [], ON_A_PAGE).get_page(request.GET.get("page"))
        told = {"page": page, "askings": askings, "now": request.now}
        return render(request, "referrals/referral.html", told)


@BOTH
def step(request: Request, public_id: str, verb: str) -> HttpResponse:
    """One step: what it asks for, then done; who was not the first sees how it stands."""
    seen = seen_or_404(request, public_id)
    page = presenters.Page(seen, request.user, request.now)
    if verb not in {one for one, _said, _first in page.moves}:
        if verb not in sayings.VERBS:
            raise Http404
        return _to(seen.referral)
    form = _form(request, seen, verb)
    if form.is_valid():
        try:
            _do(request, seen, verb, form.cleaned_data)
            return _onward(request, seen.referral)
        except members.ToldBefore:
            form.ask_whether_same()
            page = presenters.Page(seen_or_404(request, public_id), request.user, request.now)
    told = {"form": form, "page": page, "title": sayings.VERBS[verb], "verb": verb, **_offers(request, seen, verb)}
    return render(request, "referrals/step.html", told, status=422 if form.errors else 200)


def _offers(request: Request, seen: Seen, verb: str) -> dict[str, Any]:
    """Those that fit this person, and those whose name was looked for."""
    if verb != "send":
        return {"key": secrets.token_urlsafe(12)}
    find = request.GET.get("find", "")[:100].replace("\0", "")
    return {
        "offers": offered.ranked(seen.referral, on=request.today, at=request.now, by=request.user),
        "find": find,
        "found": offered.called(find, by=request.user),
        "spoken": offered.spoken(seen.referral.member.language),
    }


def _form(request: Request, seen: Seen, verb: str) -> Any:
    sent = request.POST if request.method == "POST" else None
    if verb == "send":
        return forms.SendForm(sent)
    if verb == "send_elsewhere":
        return forms.ElsewhereForm(sent)
    if verb == "hear":
        return forms.HearForm(sent, today=request.today)
    askings = queries.askings_of(seen.referral) if verb == "ask" else None
    return forms.StepForm(sent, verb=verb, today=request.today, askings=askings)


def _do(request: Request, seen: Seen, verb: str, told: dict[str, Any]) -> None:
    try:
        DOES[verb](request, seen, told)
    except NotAllowed:
        raise Http404 from None
    except members.ToldBefore:
        raise
    except Refused as refused:
        code = refused.problems[0].code
        messages.info(request, _REFUSALS.get(code, _("Somebody was faster. Here is how it stands.")))
    else:
        _say_done(request, seen.referral, verb, told.get("reason", ""))


def _say_done(request: Request, referral: Referral, verb: str, reason: str) -> None:
    if verb in sayings.DONE:
        names = {"reason": sayings.DECLINES.get(reason, ""), "handler": referral.handled_by.name}
        messages.success(request, sayings.DONE[verb] % names)


_REFUSALS = {
    "asked_already": gettext_lazy("Something was asked for once already. Go on with what is there."),
    "open_already": gettext_lazy("A newer request for the same program is open. Go on with that one."),
}


def _send(request: Request, seen: Seen, told: dict[str, Any]) -> None:
    to = told["organisation"]
    if not reached.here([to], request.user):
        actions.send_elsewhere(seen.referral, to.name, by=request.user, at=request.now)
        messages.warning(request, _not_here(to))
        return
    heard: list[str] = []

    def address(token: str) -> str:
        heard.append(token)
        return request.build_absolute_uri(reverse("referral_link", args=[token]))

    actions.send(seen.referral, to, by=request.user, at=request.now, address=address)
    if heard and settings.DEMO:
        place = reverse("referral_link", args=[heard[0]])
        said = _("Demo: nothing is sent. The link in the mail is:")
        messages.info(request, format_html('{} <a class="usa-link" href="{}">{}</a>', said, place, place))


def _not_here(to: Organisation) -> str:
    """What is done where nobody answers here: it is asked by telephone, and written down for them."""
    phone = reached.telephone(to)
    call = _("Call them: %(phone)s.") % {"phone": phone} if phone else _("Call them.")
    why = _("%(organization)s has no verified mailbox here, and nobody who signs in.") % {"organization": to.name}
    return f"{why} {call} {_('Then write down what they told.')}"


def _decline(request: Request, seen: Seen, told: dict[str, Any]) -> None:
    actions.decline(
        _sending(seen),
        by=request.user,
        name=request.user.name,
        reason=told["reason"],
        note=told["detail"],
        at=request.now,
    )


def _sending(seen: Seen) -> Any:
    if seen.sending is None:
        raise Http404
    return seen.sending


def _ask_missing(request: Request, seen: Seen, told: dict[str, Any]) -> None:
    asking = next(one for one in queries.askings_of(seen.referral) if one.public_id == told["asking"])
    actions.ask_for_missing(seen.referral, told["text"], of=asking, by=request.user, at=request.now)


def _hear(request: Request, seen: Seen, told: dict[str, Any]) -> None:
    key = request.POST.get("key", "")[:40] or secrets.token_urlsafe(12)
    actions.hear_from_elsewhere(seen.referral, **told, key=key, by=request.user, at=request.now)


DOES: dict[str, Callable[[Request, Seen, dict[str, Any]], object]] = {
    "screen": lambda request, seen, told: actions.screen(seen.referral, by=request.user, at=request.now),
    "ask": _ask_missing,
    "send": _send,
    "send_elsewhere": lambda request, seen, told: actions.send_elsewhere(
        seen.referral, told["to"], by=request.user, at=request.now
    ),
    "hear": _hear,
    "recall": lambda request, seen, told: actions.recall(seen.referral, by=request.user, at=request.now),
    "accept": lambda request, seen, told: actions.accept(
        _sending(seen), by=request.user, name=request.user.name, at=request.now
    ),
    "decline": _decline,
    "give_back": lambda request, seen, told: actions.give_back(
        seen.referral, reason=told["reason"], note=told["detail"], by=request.user, at=request.now
    ),
    "reach": lambda request, seen, told: actions.reach(
        seen.referral, forms.said(told, request.now), by=request.user, at=request.now, same=forms.same(told)
    ),
    "start": lambda request, seen, told: actions.start(seen.referral, **told, by=request.user, at=request.now),
    "hold": lambda request, seen, told: actions.hold(
        seen.referral, reason=told["text"], by=request.user, at=request.now
    ),
    "resume": lambda request, seen, told: actions.resume(seen.referral, by=request.user, at=request.now),
    "close": lambda request, seen, told: actions.close(seen.referral, **told, by=request.user, at=request.now),
    "reopen": lambda request, seen, told: actions.reopen(
        seen.referral, reason=told["text"], by=request.user, at=request.now
    ),
    "withdraw": lambda request, seen, told: actions.withdraw(seen.referral, by=request.user, at=request.now),
    "tell": lambda request, seen, told: actions.tell_missing(
        seen.referral, told["text"], by=request.user, at=request.now
    ),
}


@BOTH
def new(request: Request) -> HttpResponse:
    """For a member one sees nothing is asked that is known; for anybody else who they are comes first."""
    member = people.member_for(request.user, request.GET.get("member", "-"))
    kind = forms.KnownForm if member else forms.NewForm
    sent = request.POST if request.method == "POST" else None
    begun = request.GET.get("kept", "")
    if "later" in request.POST:
        kept = {name: request.POST.getlist(name) for name in request.POST}
        actions.keep_half(kept, by=request.user, at=request.now, instead=begun)
        messages.success(request, _("Kept for thirty days. It stands on your list of referrals."))
        return HttpResponseRedirect(reverse("referrals"), status=303)
    form = kind(sent, today=request.today, initial=_chosen(request))
    if half := queries.half_of(request.user, begun):
        typed.fill(form, json.loads(half.content))
    if form.is_valid():
        asking = _ask(request, form.cleaned_data, member)
        actions.drop_half(begun, by=request.user)
        return HttpResponseRedirect(reverse("referral_asked", args=[asking.public_id]), status=303)
    key = request.POST.get("key") or secrets.token_urlsafe(24)
    told = {"form": form, "member": member, "key": key}
    return render(request, "referrals/new.html", told, status=422 if form.errors else 200)


def _chosen(request: Request) -> dict[str, Any]:
    """With what the form begins: programs that an address names, or a service of the directory and who gives it."""
    chosen: dict[str, Any] = {"programmes": request.GET.getlist("program")[:20], "standing": _standing(request)}
    if service := offered.service_of(request.GET.get("provider", "")):
        chosen |= {"programmes": [service.programme], "wished": service.organisation.name}
    return chosen


def _standing(request: Request) -> str | None:
    return None if request.user.standing.is_staff else "self"


def _ask(request: Request, told: dict[str, Any], member: Any) -> Asking:
    names = (
        "given_name",
        "family_name",
        "birth_date",
        "cin",
        "county",
        "plan",
        "phone",
        "where",
        "safe_to_contact",
        "comment",
    )
    about = actions.About(
        **{name: told[name] for name in names if name in told},
        language=told.get("spoken") or (member.language if member else "en"),
    )
    wanted = actions.Wanted(
        tuple(told["programmes"]), told["urgency"], told["urgency_reason"], told["wished"], told["agrees"]
    )
    organisation = _organisation(request)
    asker = actions.Asker(
        told["standing"], name=request.user.name, works_at=organisation.name if organisation else "",
        language=get_language() or "en", person=request.user, organisation=organisation,
    )  # fmt: skip
    key = f"{request.user.pk}:{request.POST.get('key', '')[:64] or secrets.token_urlsafe(24)}"
    return actions.ask(
        about, wanted, asker, channel="signed_in", key=key, member=member, by=request.user, at=request.now
    )


def _organisation(request: Request) -> Any:
    mine = request.user.standing.organisations_where("referral.ask")
    return Organisation.objects.filter(pk__in=mine).order_by("name").first()


def seen_or_404(request: Request, public_id: str) -> Seen:
    """The referral as this reader sees it, and in the trail that they looked."""
    seen = queries.seen(request.user, public_id)
    if seen is None:
        raise Http404
    if seen.names_person:
        members.look_at(seen.referral.member, by=request.user, at=request.now, verb="referral.look_at")
    return seen


def _onward(request: Request, found: Referral) -> HttpResponse:
    """To the referral again; to the list where whoever said no may not see it any more."""
    if queries.seen(request.user, found.public_id):
        return _to(found)
    return HttpResponseRedirect(reverse("referrals"), status=303)


def _to(found: Referral) -> HttpResponse:
    return HttpResponseRedirect(reverse("referral", args=[found.public_id]), status=303)
