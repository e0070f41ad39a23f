"""Today's people, one case, and what is done with it: a contact, a step, a name."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access import compiled, upto
from wholeperson.access.request import Request
from wholeperson.casework.care import actions, phone, presenters, queries
from wholeperson.casework.care.forms import ContactForm, HandOverForm, LeadForm, ReviewForm, StepForm
from wholeperson.casework.care.models import Case
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import needs
from wholeperson.casework.members import queries as people
from wholeperson.record.refusals import Overtaken, Unlawful

ON_A_PAGE = 25
BOTH = ["GET", "HEAD", "POST"]
SHOWN = 50  # reviews of the care plan of one case
LATEST = 10  # contacts: all of them have a page of their own
MOST_WORDS = 300


@require_safe
def today(request: Request) -> HttpResponse:
    """Who is mine and was not seen this month stands first."""
    whole_team = "team" in request.GET or not request.user.may("care.work")
    page, cases = _of_the_day(request, everybody=whole_team)
    shown = people.reasons_of(request.user, [case.member_id for case in cases])
    members.look_at_list(shown, "care.today", by=request.user, at=request.now)
    may_work = request.user.may("care.work")
    told = {
        "page": page,
        "behind": upto.address_of((cases[-1].reached_at, "case", cases[-1].pk)) if cases else "",
        "cards": _cards(request, cases),
        "team": whole_team,
        "today": request.today,
        "may_work": may_work,
        "may_lead": request.user.may("care.lead"),
    }
    return phone.page(request, "care/today.html", told)


def _of_the_day(request: Request, *, everybody: bool) -> tuple[Page[Any], list[Case]]:
    """A page and its cases: by its number from the top, behind a place without counting."""
    after, number = upto.place(request.GET.get("after", "")), request.GET.get("page")
    if after:
        place = (after[0], after[2])
        further = compiled.found_after(queries.behind, request.user, everybody, ON_A_PAGE + 1, place=place)
        return upto.rest(further, ON_A_PAGE, number), further[:ON_A_PAGE]
    count = queries.number_of(request.user, everybody=everybody)
    page = upto.Pages(range(count), ON_A_PAGE).get_page(number)
    which = (everybody, max(0, page.start_index() - 1), page.end_index())
    return page, compiled.found(queries.on_page, request.user, *which) if count else []


def _cards(request: Request, cases: Iterable[Case]) -> list[presenters.Card]:
    """Each with its number, but for who asked not to be reached: there the rule stands in its place."""
    cases = list(cases)
    phones, rules = queries.phones_for(request.user, cases), queries.rules_for(request.user, cases)
    return [
        presenters.Card(
            case, "" if case.member_id in rules else phones.get(case.member_id, ""),
            queries.was_seen(case, request.today), rules.get(case.member_id),
        )
        for case in cases
    ]  # fmt: skip


@require_safe
def case(request: Request, public_id: str) -> HttpResponse:
    found = _case(request, public_id, "care.case")
    reviews = list(queries.reviews_of(request.user, found)[:SHOWN])
    contacts = [presenters.Told(one) for one in queries.contacts_for(request.user, found)[: LATEST + 1]]
    told = {
        "card": _cards(request, [found])[0], "case": found, "contacts": contacts[:LATEST],
        "more_contacts": len(contacts) > LATEST and request.user.may("contact.record"),
        "steps": presenters.open_steps(found, request.user), "may_work": request.user.may("care.work"),
        "may_strike": request.user.may("contact.strike"),
        "may_authorize": request.user.may("authorization.record"),
        "reviews": reviews,
        "review": next((one for one in reviews if one.struck_at is None), None),
        "may_tell": request.user.may("member.reach"),
        "language": needs.of_language(
            found.member, next(iter(people.language_for(request.user, found.member)), None)
        ),
    }  # fmt: skip
    return render(request, "care/case.html", told)


@require_http_methods(BOTH)
def contact(request: Request, public_id: str) -> HttpResponse:
    found = _case(request, public_id, "care.open_contact")
    form = ContactForm(_sent(request), case=found, today=request.today)
    key = request.POST.get("key", "")[:40] or secrets.token_urlsafe(12)
    if form.is_valid():
        if _keep(request, found, form, key):
            messages.success(request, _("Kept: %(name)s") % {"name": found.member.called})
            if phone.is_from_phone(request):
                return HttpResponse(status=204)
            return HttpResponseRedirect(reverse("today"), status=303)
        key = secrets.token_urlsafe(12)  # of another contact, if this one is to be kept too
    told = {
        "form": form, "card": _cards(request, [found])[0], "case": found, "key": key,
    }  # fmt: skip
    return phone.page(request, "care/contact.html", told, status=422 if form.errors else 200)


def _keep(request: Request, found: Case, form: ContactForm, key: str) -> bool:
    """Whether it is kept; not where one with this key was kept with other words, which the form then says."""
    said, day = form.said(request.now), form.cleaned_data["day"]
    try:
        actions.record_contact(found, said, on=day, key=key, by=request.user, at=request.now)
    except members.ToldOtherwise:
        words = _("This was kept before, with other words. If that was wrong, open %(name)s and strike it out.")
        form.add_error(None, words % {"name": found.member.called})
        form.add_error(None, _("Press Keep to keep this one too."))
        return False
    return True


@require_POST
def strike(request: Request, public_id: str, contact_id: str) -> HttpResponse:
    """A contact that was never so: the wrong person, or a slip of the thumb."""
    found = _case(request, public_id, "care.open_contact")
    wrong = queries.contacts_for(request.user, found).filter(public_id=contact_id).first()
    if wrong is None:
        raise Http404
    members.strike_contact(wrong, by=request.user, at=request.now)
    messages.success(request, _("Struck out. It no longer counts."))
    return _to(found)


@require_http_methods(BOTH)
def step(request: Request, public_id: str, verb: str) -> HttpResponse:
    found = _case(request, public_id, "care.open_step")
    if verb not in presenters.VERBS:
        raise Http404
    form = StepForm(_sent(request), case=found, verb=verb, today=request.today)
    if form.is_valid():
        _take(request, found, verb, form.cleaned_data)
        return _to(found)
    if found.lifecycle.find(verb, found.status) is None:
        return _to(found)
    told = {"form": form, "card": presenters.Card(found), "case": found, "verb": presenters.VERBS[verb]}
    return render(request, "care/step.html", told, status=422 if form.errors else 200)


def _take(request: Request, found: Case, verb: str, told: dict[str, Any]) -> None:
    try:
        actions.take_step(
            found, verb, on=told["on"], reason=told.get("reason", ""), by=request.user, at=request.now
        )  # fmt: skip
    except (Overtaken, Unlawful):
        messages.info(request, _("Somebody was faster. Here is where it stands."))


@require_http_methods(BOTH)
def lead(request: Request, public_id: str) -> HttpResponse:
    found = _case(request, public_id, "care.open_lead")
    form = LeadForm(_sent(request), case=found, today=request.today)
    if form.is_valid():
        told = form.cleaned_data
        actions.name_lead(found, told["lead"], since=told["since"], by=request.user, at=request.now)
        return _to(found)
    verb = _("Who leads the care?")
    return render(
        request, "care/step.html", {"form": form, "card": presenters.Card(found), "case": found, "verb": verb},
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_http_methods(BOTH)
def review(request: Request, public_id: str) -> HttpResponse:
    """The care plan was looked at: the duty is done until the day that is set here."""
    found = _case(request, public_id, "care.open_review")
    form = ReviewForm(_sent(request), case=found, today=request.today)
    if form.is_valid():
        actions.review_plan(found, **form.cleaned_data, by=request.user, at=request.now)
        messages.success(request, _("Kept."))
        return _to(found)
    verb = _("Look at the care plan again")
    return render(
        request, "care/step.html", {"form": form, "card": presenters.Card(found), "case": found, "verb": verb},
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_POST
def strike_review(request: Request, public_id: str) -> HttpResponse:
    """A review that was not so, or on another day; without a why it is asked for again."""
    found = _case(request, public_id, "care.open_review")
    rows = {str(row.pk): row for row in queries.reviews_of(request.user, found)}
    if (wrong := rows.get(request.POST.get("which", ""))) is None:
        raise Http404
    why = request.POST.get("why", "").replace("\0", "").strip()[:MOST_WORDS]
    if not why:
        messages.error(request, _("Say why it is wrong: nothing was changed."))
        return _to(found)
    actions.strike_review(wrong, why=why, by=request.user, at=request.now)
    messages.success(request, _("Struck out. What was told before it holds again."))
    return _to(found)


@require_http_methods(BOTH)
def hand_over(request: Request) -> HttpResponse:
    """Everybody whose care one person leads goes to another, in one action."""
    form = HandOverForm(_sent(request), person=request.user, today=request.today)
    if form.is_valid():
        told = form.cleaned_data
        done = actions.hand_over(
            told["leaving"], told["person"], organisation=form.organisation_meant, since=told["since"],
            by=request.user, at=request.now,
        )  # fmt: skip
        words = ngettext(
            "%(n)d person has a new Lead Care Manager.", "%(n)d people have a new Lead Care Manager.", done
        )
        messages.success(request, words % {"n": done})
        return HttpResponseRedirect(f"{reverse('today')}?team", status=303)
    return render(request, "care/hand_over.html", {"form": form}, status=422 if form.errors else 200)


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _case(request: Request, public_id: str, verb: str) -> Case:
    """The case, and in the trail that its member was looked at; not there for whoever may not see it."""
    found = queries.case_for(request.user, public_id)
    if found is None or members.look_at(found.member, by=request.user, at=request.now, verb=verb) is None:
        raise Http404
    return found


def _to(found: Case) -> HttpResponse:
    return HttpResponseRedirect(reverse("case", args=[found.public_id]), status=303)
