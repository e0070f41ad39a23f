"""The ledger of files with its upload, and one file that came."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.attached import attached
from wholeperson.access.models import Organisation
from wholeperson.access.request import Request
from wholeperson.exchange import actions, presenters, queries
from wholeperson.exchange.actions import receiving, sending
from wholeperson.exchange.forms import FileForm, Upload
from wholeperson.exchange.kinds import EXCEL
from wholeperson.exchange.layouts import layout_of, layouts
from wholeperson.exchange.models import Received, Sent
from wholeperson.formats.files.findings import Report
from wholeperson.formats.files.layout import Layout
from wholeperson.record import documents, trail
from wholeperson.record.models import AuditRow
from wholeperson.record.refusals import Overtaken, Unlawful
from wholeperson.record.uploads import was_too_large
from wholeperson.rules.problems import Refused

ON_A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: Request) -> HttpResponse:
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()), person=request.user)
    if was_too_large(request):
        form.add_error("file", _("This file is larger than 20 MB. Ask the plan for it in parts."))
    if form.is_valid() and (found := _received(request, form)):
        return to_file(found)
    told = {
        "form": form, **files_of(request, queries.received_for(request.user)),
        "sent": _sent(request),
        "partners": queries.partners(request.user), "has_a_drop": bool(settings.WHOLEPERSON_DROP),
        "turned_away": [
            (row, presenters.turned_away(row)) for row in queries.turned_away_for(request.user)[:ON_A_PAGE]
        ],
    }  # fmt: skip
    return render(request, "exchange/exchange.html", told, status=422 if form.errors else 200)


def _sent(request: Request) -> list[tuple[Sent, str, list[AuditRow]]]:
    """What went out, each with its name and who took it along."""
    rows = list(queries.sent_for(request.user)[:ON_A_PAGE])
    taken = queries.taken_along(rows)
    return [(row, sending.name_of(layouts()[row.layout], row.month, row.number), taken[row.pk]) for row in rows]


def files_of(request: Request, rows: QuerySet[Received]) -> dict[str, Any]:
    """A page of files that came, in words."""
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "files": [presenters.FilePage(row) for row in page.object_list]}


def _received(request: Request, form: FileForm) -> Received | None:
    plan = form.cleaned_data["plan"]
    return take_in(request, form, plan, layout_of(form.cleaned_data["kind"], plan))


def take_in(request: Request, form: Upload, plan: Organisation, layout: Layout) -> Received | None:
    """The file checked and kept; None where it cannot be, and the form says why."""
    sent = form.cleaned_data["file"]
    file = documents.Received(sent.name or "file", sent.read())
    came = actions.Came(file, form.organisation_meant, plan, layout)
    receive = actions.receive_later if sent.size > actions.LARGE_BYTES else actions.receive
    try:
        found, is_new = receive(came, by=request.user, at=request.now)
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
    page = presenters.FilePage(found)
    is_over = found.status == "loaded" and page.may_check_again
    is_too_long = is_over and actions.is_long(found)
    asked = is_over and not is_too_long and "again" in request.GET
    told = {
        "page": page,
        "is_too_long": is_too_long,
        "taken": queries.taken_along([found])[found.pk],
        "is_long": actions.is_long(found),
        "is_being_marked": actions.is_being_marked(found, at=request.now),
        "again": _judged(request, found) if asked else None,
    }
    return render(request, "exchange/file.html", told)


@require_POST
def again(request: Request, public_id: str) -> HttpResponse:
    """By the rules of today. What was loaded stays: only what would be found now is said."""
    found = _file(request, public_id)
    actions.check_again(found, by=request.user, at=request.now)
    return HttpResponseRedirect(f"{reverse('exchange_file', args=[found.public_id])}?again", status=303)


@require_POST
def load(request: Request, public_id: str) -> HttpResponse:
    found = _file(request, public_id)
    work = actions.load_later if actions.is_large(found) else actions.load
    try:
        work(found, by=request.user, at=request.now)
    except (Overtaken, Unlawful):
        messages.info(request, _("Somebody has just loaded it. Nothing was done a second time."))
    return to_file(found)


@require_POST
def stop(request: Request, public_id: str) -> HttpResponse:
    found = _file(request, public_id)
    try:
        actions.stop(found, by=request.user, at=request.now)
    except (Overtaken, Unlawful):
        messages.info(request, _("It was over before it could be stopped."))
    return to_file(found)


@require_safe
def mending(request: Request, public_id: str) -> HttpResponse:
    """The file as Excel, its cells marked, for whoever mends it; a long one as the worker made it."""
    found = _file(request, public_id)
    who: dict[str, Any] = {"by": request.user, "at": request.now}
    kept = actions.made_for(found, **who) if actions.is_long(found) else None
    if actions.is_long(found) and kept is None:
        return to_file(found)
    made = documents.content(kept, **who) if kept else actions.marked(found, **who)
    trail.read(found, queries.TAKE_ALONG, **who)
    return attached(made, name=f"fix-{found.public_id}.xlsx", kind=EXCEL)


@require_POST
def mend_later(request: Request, public_id: str) -> HttpResponse:
    """Have the worker make the Excel of a long file, beside our records of today."""
    found = _file(request, public_id)
    if actions.is_long(found):
        actions.mark_later(found, by=request.user, at=request.now)
    return to_file(found)


def _judged(request: Request, found: Received) -> presenters.Again:
    return presenters.Again(presenters.FilePage(found), _looked_into(request, found)[1])


def _looked_into(request: Request, found: Received) -> tuple[bytes, Report]:
    """Its bytes, and what would be found in them today."""
    content = documents.content(queries.paper(found), by=request.user, at=request.now)
    return content, receiving.judge(content, layouts()[found.layout], request.today, found.organisation)


def _file(request: Request, public_id: str) -> Received:
    found = queries.received_for(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def to_file(found: Received) -> HttpResponse:
    return HttpResponseRedirect(reverse("exchange_file", args=[found.public_id]), status=303)
