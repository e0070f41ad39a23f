"""The end of the month: four plans at a glance, one plan's files before they go out, and after."""

from datetime import date
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from wholeperson.access.attached import attached
from wholeperson.access.request import Request
from wholeperson.casework.care import actions as care_actions
from wholeperson.casework.care import queries as care
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as people
from wholeperson.casework.members.days import day_of
from wholeperson.exchange import actions, presenters, queries
from wholeperson.exchange.actions import sending
from wholeperson.exchange.forms import CorrectForm, LeadsForm, TrialForm
from wholeperson.exchange.kinds import type_of
from wholeperson.exchange.layouts import layouts
from wholeperson.exchange.models import Sent
from wholeperson.exchange.monthly import MonthsFile, PlanMonth, plan_month, plan_months
from wholeperson.formats.files import sample, writing
from wholeperson.record import documents, trail, wall
from wholeperson.record.models import AuditRow
from wholeperson.rules.problems import Refused

ROWS_OF_A_TEST, ON_A_PAGE, MONTHS = 5, 50, 6


@require_safe
def month_end(request: Request) -> HttpResponse:
    """What each plan still waits for. Last month, where nobody says another."""
    months = queries.months_before(request.today, MONTHS)
    asked = queries.month_of(request.GET.get("month", ""))
    month = asked if asked in months else months[1]
    told = {"month": month, "months": months, "plans": plan_months(request.user, month, at=request.now)}
    return render(request, "exchange/month_end.html", told)


@require_safe
def return_file(request: Request, plan: str, month: str) -> HttpResponse:
    return _preview(request, plan, month)


def _preview(request: Request, plan: str, month: str, **forms: Any) -> HttpResponse:
    """Everybody in the file, those who lack something first, and how each file stands."""
    with wall.opened("exchange.month"):  # once for all of it
        found = plan_month(request.user, plan, _first(request, month), at=request.now)
        if found is None:
            raise Http404
        wanted, glance = found
        which = (wanted.organisation, wanted.plan, wanted.month)
        page = Paginator(range(glance.gaps.people), ON_A_PAGE).get_page(request.GET.get("page"))
        at, on = (page.start_index() - 1, page.end_index()), day_of(request.now)  # as the rows are told
        keys = care.to_mend_first(*which, *at, on=on) if glance.gaps.people else []
        rows = [
            presenters.Row(one) for one in care.shown_of(keys, wanted.organisation, wanted.month, known_at=request.now)
        ]
    shown = people.members_for(request.user).filter(pk__in=[row.month.case.member_id for row in rows])
    members.look_at_list(shown, "file.preview", by=request.user, at=request.now)
    leads = care.leads_at(wanted.organisation, request.today)
    given = {
        "trial": TrialForm(today=request.today, layouts=wanted.asking), "leads": LeadsForm(leads=leads),
        "correct": CorrectForm(), **forms,
    }  # fmt: skip
    told = {
        "wanted": wanted, "page": page, "rows": rows, "forms": given, "gone": _gone(wanted), "glance": glance,
    }  # fmt: skip
    return render(
        request, "exchange/return.html", told, status=422 if any(form.errors for form in given.values()) else 200
    )


def _gone(wanted: PlanMonth) -> list[tuple[MonthsFile, list[AuditRow]]]:
    """The files that went out, each with who took it along."""
    sent = {each.sent.pk: each for each in wanted.gone if each.sent}
    taken = queries.taken_along(each.sent for each in sent.values() if each.sent)
    return [(each, taken[key]) for key, each in sent.items()]


@require_POST
def leads(request: Request, plan: str, month: str) -> HttpResponse:
    """Somebody leads the care of everybody for whom the month named nobody."""
    wanted = _wanted(request, plan, month)
    form = LeadsForm(request.POST, leads=care.leads_at(wanted.organisation, request.today))
    if not form.is_valid():
        return _preview(request, plan, month, leads=form)
    done = care_actions.lead_all(
        form.cleaned_data["lead"], organisation=wanted.organisation, plan=wanted.plan, month=wanted.month,
        by=request.user, at=request.now,
    )  # fmt: skip
    messages.success(
        request, ngettext("%(n)d person has a name now.", "%(n)d people have a name now.", done) % {"n": done}
    )
    return _to(wanted)


@require_POST
def trial(request: Request, plan: str, month: str) -> HttpResponse:
    wanted = _wanted(request, plan, month)
    form = TrialForm(request.POST, today=request.today, layouts=wanted.asking)
    if not form.is_valid():
        return _preview(request, plan, month, trial=form)
    for name in form.layouts_meant:
        actions.accept_trial(
            layouts()[name], wanted.organisation, wanted.plan, accepted_on=form.cleaned_data["accepted_on"],
            by=request.user, at=request.now,
        )  # fmt: skip
    return _to(wanted)


@require_safe
def test_file(request: Request, plan: str, month: str) -> HttpResponse:
    """A file of a layout with invented rows, for the plan to try."""
    wanted = _wanted(request, plan, month)
    asked = request.GET.get("file", "rtf")
    layout = next((each.layout for each in wanted.files if each.layout.file == asked), None)
    if layout is None:
        raise Http404
    out = BytesIO()
    writing.write(layout, sample.records(layout, ROWS_OF_A_TEST, 1), out)
    return attached(out.getvalue(), name=f"test-{layout.id}.{sending.ENDINGS[layout.kind]}", kind=type_of(layout))


@require_POST
def send(request: Request, plan: str, month: str) -> HttpResponse:
    """Every file that the plan wants of this month, made and kept."""
    wanted = _wanted(request, plan, month)
    try:
        gone = actions.send_month(wanted.organisation, wanted.plan, wanted.month, by=request.user, at=request.now)
    except Refused as refused:
        messages.warning(request, str(refused.problems[0].problem))
    else:
        _say_what_was_made(request, wanted, gone)
    return _to(wanted)


def _say_what_was_made(request: Request, wanted: PlanMonth, gone: list[Sent]) -> None:
    """Only what is new; and of which file there was nothing to tell."""
    known = {each.sent.pk for each in wanted.gone if each.sent}
    if new := [row for row in gone if row.pk not in known]:
        messages.success(request, ngettext("%(n)d file is made.", "%(n)d files are made.", len(new)) % {"n": len(new)})
    told = {row.layout for row in gone}
    for each in wanted.waiting:
        if each.layout.id not in told:
            nothing = _("%(file)s is not made: nothing was done in this month that it could tell the plan.")
            messages.info(request, nothing % {"file": each.layout.name})


@require_POST
def correct(request: Request, plan: str, month: str) -> HttpResponse:
    """A file in place of one that went out."""
    wanted, form = _wanted(request, plan, month), CorrectForm(request.POST)
    known = next(
        (each.sent for each in wanted.files if each.sent and each.sent.public_id == request.POST.get("of")), None
    )
    if known is None:
        raise Http404
    if not form.is_valid():
        return _preview(request, plan, month, correct=form)
    try:
        actions.correct(known, why=form.cleaned_data["why"], by=request.user, at=request.now)
        messages.success(request, _("The corrected file is made. Send it to the plan in place of the earlier one."))
    except Refused:
        messages.warning(request, _("It would say the same as the file that went out. Correct the record first."))
    return _to(wanted)


@require_safe
def sent(request: Request, public_id: str) -> HttpResponse:
    """A file that went out, as it went out."""
    found = queries.sent_for(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    content = documents.content(queries.paper(found), by=request.user, at=request.now)
    trail.read(found, queries.TAKE_ALONG, by=request.user, at=request.now)
    layout = layouts()[found.layout]
    return attached(content, name=sending.name_of(layout, found.month, found.number), kind=type_of(layout))


def _wanted(request: Request, plan: str, month: str) -> PlanMonth:
    """The month that an address means; not there for whoever has nothing with that plan."""
    months = plan_months(request.user, _first(request, month), at=request.now, lacking=False)
    found = [one for one in months if one.plan.public_id == plan]
    if not found:
        raise Http404
    return found[0]


def _first(request: Request, month: str) -> date:
    """The first day of a month that has begun."""
    first = queries.month_of(month)
    if first is None or first > request.today:
        raise Http404
    return first


def _to(wanted: PlanMonth) -> HttpResponse:
    return HttpResponseRedirect(reverse("return_file", args=wanted.address), status=303)
