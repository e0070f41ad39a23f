"""The pages of files: the ledger with its upload, one file that came, a month's file before and after it goes out."""

from datetime import date
from io import BytesIO
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.attached import attached
from wholeperson.access.models import Organisation
from wholeperson.access.request import Request
from wholeperson.casework.care import queries as care
from wholeperson.casework.members import actions as members
from wholeperson.casework.members import queries as people
from wholeperson.exchange import actions, presenters, queries
from wholeperson.exchange.actions import receiving, sending
from wholeperson.exchange.forms import FileForm, TrialForm
from wholeperson.exchange.layouts import layout_of, layouts
from wholeperson.exchange.models import Received
from wholeperson.formats.files import fix_list, sample, writing
from wholeperson.formats.files.layout import Layout
from wholeperson.record import documents, trail
from wholeperson.record.refusals import Overtaken
from wholeperson.record.uploads import was_too_large
from wholeperson.rules.problems import Refused

ON_A_PAGE = 25
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": EXCEL, "csv": "text/csv; charset=utf-8", "pipe": "text/plain; charset=utf-8"}
ROWS_OF_A_TEST = 5


# ── what comes in ──


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: Request) -> HttpResponse:
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()), person=request.user)
    if was_too_large(request):
        form.add_error("file", _("This file is larger than 20 MB. Ask the plan for it in parts."))
    if form.is_valid() and (found := _received(request, form)):
        return _to(found)
    page = Paginator(queries.received_for(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    told = {
        "form": form, "page": page, "files": [presenters.FilePage(row) for row in page.object_list],
        "sent": [
            (row, sending.name_of(layouts()[row.layout], row.month))
            for row in queries.sent_for(request.user)[:ON_A_PAGE]
        ],
        "partners": queries.partners(request.user),
        "months": queries.months_before(request.today, 3),
    }  # fmt: skip
    return render(request, "exchange/exchange.html", told, status=422 if form.errors else 200)


def _received(request: Request, form: FileForm) -> Received | None:
    told = form.cleaned_data
    file = documents.Received(told["file"].name or "file", told["file"].read())
    layout = layout_of(told["kind"], told["plan"])
    came = actions.Came(file, form.organisation_meant, told["plan"], layout)
    try:
        found, is_new = actions.receive(came, by=request.user, at=request.now)
    except Refused as refused:
        form.add_error("file", str(refused.problems[0].problem))
        return None
    if not is_new and found.status == "loaded":
        messages.info(request, _("This file was loaded before. Nothing was done a second time."))
    return found


@require_safe
def file(request: Request, public_id: str) -> HttpResponse:
    found = _file(request, public_id)
    trail.read(found, "file.look_at", by=request.user, at=request.now)
    return render(request, "exchange/file.html", {"page": presenters.FilePage(found)})


@require_POST
def load(request: Request, public_id: str) -> HttpResponse:
    found = _file(request, public_id)
    try:
        actions.load(found, by=request.user, at=request.now)
    except Overtaken:
        messages.info(request, _("Somebody has just loaded it. Nothing was done a second time."))
    return _to(found)


@require_safe
def mending(request: Request, public_id: str) -> HttpResponse:
    """The file as Excel, its cells marked, for whoever mends it: checked once more, beside our records of today."""
    found = _file(request, public_id)
    content = documents.content(queries.paper(found), by=request.user, at=request.now)
    report = receiving.judge(content, layouts()[found.layout], request.today)
    out = BytesIO()
    fix_list.write_fix_list(BytesIO(content), report, out)
    return attached(out.getvalue(), name=f"fix-{found.public_id}.xlsx", kind=EXCEL)


def _file(request: Request, public_id: str) -> Received:
    found = queries.received_for(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _to(found: Received) -> HttpResponse:
    return HttpResponseRedirect(reverse("exchange_file", args=[found.public_id]), status=303)


# ── what goes out ──


class Wanted(NamedTuple):
    """A month's file of one plan."""

    organisation: Organisation
    plan: Organisation
    month: date
    layout: Layout

    @property
    def address(self) -> list[str]:
        return [self.plan.public_id, f"{self.month:%Y-%m}"]


@require_safe
def return_file(request: Request, plan: str, month: str) -> HttpResponse:
    return _preview(request, _wanted(request, plan, month), TrialForm(today=request.today))


def _preview(request: Request, wanted: Wanted, form: TrialForm) -> HttpResponse:
    organisation, plan, month, layout = wanted
    months = care.months(organisation, plan, month, known_at=request.now)
    rows = [presenters.Row(one) for one in months]
    shown = people.members_for(request.user).filter(pk__in=[one.case.member_id for one in months])
    members.look_at_list(shown, "file.preview", by=request.user, at=request.now)
    trial = sending.trial(layout, organisation, plan)
    told = {
        "wanted": wanted, "rows": sorted(rows, key=lambda row: not row.missing), "form": form, "trial": trial,
        "sent": sending.sent(layout, organisation, plan, month), "asks": layout.needs_a_trial and trial is None,
        "is_over": care.month_begins(care.next_month(month)) <= request.now,
        "to_mend": sum(bool(row.missing) for row in rows),
    }  # fmt: skip
    return render(request, "exchange/return.html", told, status=422 if form.errors else 200)


@require_POST
def trial(request: Request, plan: str, month: str) -> HttpResponse:
    wanted = _wanted(request, plan, month)
    form = TrialForm(request.POST, today=request.today)
    if not form.is_valid():
        return _preview(request, wanted, form)
    day = form.cleaned_data["accepted_on"]
    actions.accept_trial(
        wanted.layout, wanted.organisation, wanted.plan, accepted_on=day, by=request.user, at=request.now
    )
    return HttpResponseRedirect(reverse("return_file", args=wanted.address), status=303)


@require_safe
def test_file(request: Request, plan: str, month: str) -> HttpResponse:
    """A file of this layout with invented rows, for the plan to try."""
    layout, out = _wanted(request, plan, month).layout, BytesIO()
    writing.write(layout, sample.records(layout, ROWS_OF_A_TEST, 1), out)
    return attached(out.getvalue(), name=f"test-{layout.id}.{sending.ENDINGS[layout.kind]}", kind=_type(layout))


@require_POST
def send(request: Request, plan: str, month: str) -> HttpResponse:
    wanted = _wanted(request, plan, month)
    try:
        actions.send(
            wanted.layout, wanted.organisation, wanted.plan, wanted.month, by=request.user, at=request.now
        )  # fmt: skip
    except Refused as refused:
        messages.warning(request, str(refused.problems[0].problem))
    return HttpResponseRedirect(reverse("return_file", args=wanted.address), status=303)


@require_safe
def sent(request: Request, public_id: str) -> HttpResponse:
    """A file that went out, as it went out."""
    found = queries.sent_for(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    content = documents.content(queries.paper(found), by=request.user, at=request.now)
    trail.read(found, "file.take_along", by=request.user, at=request.now)
    layout = layouts()[found.layout]
    return attached(content, name=sending.name_of(layout, found.month), kind=_type(layout))


def _wanted(request: Request, plan: str, month: str) -> Wanted:
    """The file that an address means; not there for whoever has nothing with that plan."""
    first = queries.month_of(month)
    theirs = [pair for pair in queries.partners(request.user) if pair[1].public_id == plan]
    if first is None or first > request.today or not theirs:
        raise Http404
    organisation, found = theirs[0]
    return Wanted(organisation, found, first, layout_of("rtf", found))


def _type(layout: Layout) -> str:
    return TYPES.get(layout.kind, "text/plain; charset=utf-8")
