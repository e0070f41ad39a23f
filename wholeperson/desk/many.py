"""One step for many referrals, as a page: look, say why, press, and see line by line what came of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wholeperson.access.request import Request
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as people
from wholeperson.casework.referrals import queries, sayings
from wholeperson.casework.referrals.forms import StepForm
from wholeperson.casework.referrals.queries import Seen
from wholeperson.desk import bulk, filters


@require_POST
def many(request: Request) -> HttpResponse:
    """First what is ticked and what the step asks for; with `done`, the steps."""
    verb, marks = request.POST.get("verb", ""), _marks(request)
    if verb not in bulk.VERBS or not marks:
        return _back(request, _("Tick what you want to take on, and choose a step."))
    if len(marks) > bulk.MOST:
        return _back(request, _("One press takes 50 lines at most. Tick fewer."))
    return _done(request, verb, marks) if "done" in request.POST else _ask(request, verb, marks)


def _marks(request: Request) -> list[str]:
    """What was ticked; with the button for the whole page, everything that stood on it."""
    name = "shown" if "whole_page" in request.POST else "row"
    return list(dict.fromkeys(one for one in request.POST.getlist(name) if len(one) <= 40 and one.isascii()))


def _back(request: Request, why: str) -> HttpResponse:
    messages.warning(request, why)
    return HttpResponseRedirect(f"{reverse('work')}?{filters.read(request.POST).address}", status=303)


def _ask(request: Request, verb: str, marks: list[str]) -> HttpResponse:
    fit, unfit = bulk.ticked(request, verb, marks)
    _note(request, [one.seen for one in (*fit, *unfit)])
    return _page(request, verb, fit, unfit, bulk.OneLine(verb=verb, today=request.today, prefix=bulk.ALL))


def _page(
    request: Request, verb: str, fit: list[bulk.Ticked], unfit: list[bulk.Ticked], form: bulk.OneLine
) -> HttpResponse:
    wrong = [one for one in fit if one.says]
    told = {
        "verb": verb, "title": sayings.VERBS[verb], "fit": fit, "unfit": unfit, "form": form, "wrong": wrong,
        "every_one": len(wrong) == len(fit) > 1,
        "asked": filters.read(request.POST),
    }  # fmt: skip
    return render(request, "desk/many.html", told, status=422 if wrong else 200)


def _done(request: Request, verb: str, marks: list[str]) -> HttpResponse:
    found = queries.worked_on(request.user, marks)
    last = bulk.last_steps(found)
    told = {one.referral.pk: bulk.said(request.POST, one, verb, request.today) for one in found}
    if not all(form.is_valid() for form in told.values()):
        return _page(request, verb, _wrong(request, verb, found, told), [], _for_all(request, verb))
    lines = [
        bulk.take(request, one, verb, told[one.referral.pk].cleaned_data, last.get(one.referral.pk)) for one in found
    ]
    _note(request, found)
    shown = {
        "title": sayings.VERBS[verb], "lines": lines, "done": sum(line.done for line in lines),
        "gone": len(marks) - len(found), "asked": filters.read(request.POST),
    }  # fmt: skip
    return render(request, "desk/many_done.html", shown)


def _for_all(request: Request, verb: str) -> bulk.OneLine:
    return bulk.OneLine(request.POST, verb=verb, today=request.today, prefix=bulk.ALL)


def _wrong(request: Request, verb: str, found: list[Seen], told: dict[Any, StepForm]) -> list[bulk.Ticked]:
    """The lines as they were sent, each with what it lacks. Nothing is done while one lacks something."""
    return [
        bulk.Ticked(
            seen, request.POST.get(f"{seen.referral.public_id}-after", ""),
            bulk.OneLine(request.POST, verb=verb, today=request.today, prefix=seen.referral.public_id),
            _lacks(told[seen.referral.pk]),
        )
        for seen in found
    ]  # fmt: skip


def _lacks(form: StepForm) -> list[str]:
    return [f"{form.fields[name].label} {texts[0]}" for name, texts in form.errors.items()]


def _note(request: Request, found: list[Seen]) -> None:
    shown = people.members_for(request.user).filter(pk__in=[one.referral.member_id for one in found])
    members.look_at_list(shown, "desk.many", by=request.user, at=request.now)
