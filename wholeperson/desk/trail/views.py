"""The auditor's page. It names nobody whose record it is: who asks knows the number, and that they did is kept."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from wholeperson.access.request import Request
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.numbers import FORMS as NUMBERS
from wholeperson.desk.trail import reads
from wholeperson.desk.trail.words import LOOKED_AT
from wholeperson.record import trail as kept

ON_A_PAGE = 50
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Looking(forms.Form):
    """Which record, and when. The number is heard by POST alone: it stands in no address."""

    number = forms.CharField(label=_("Medi-Cal number of the person"), max_length=20, required=False)
    first = forms.DateField(label=_("From"), widget=DAY)
    last = forms.DateField(label=_("Up to and including"), widget=DAY)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("first") and told.get("last") and told["first"] > told["last"]:
            self.add_error("last", _("The last day must not lie before the first."))
        return told


@require_http_methods(["GET", "HEAD", "POST"])
def trail(request: Request) -> HttpResponse:
    """`record`, `first` and `last` in the address; without days the last month that is over."""
    if request.method == "POST":
        return _found(request)
    record = reads.record(request.GET["record"][:30]) if "record" in request.GET else None
    first, last = last_month(request.today)
    asked = {name: request.GET[name] for name in ("first", "last") if name in request.GET}
    instead = _month_instead(request, record, asked)
    if instead:
        first, last = instead, min(last_of(instead), request.today)
    form = Looking({"first": first, "last": last} | ({} if instead else asked))
    told: dict[str, Any] = {"form": form, "record": request.GET.get("record", "")[:30], "instead": instead}
    if form.is_valid() and record:
        told |= _reads(request, record, form.cleaned_data["first"], form.cleaned_data["last"])
    return render(request, "desk/trail.html", told, status=422 if form.errors else 200)


def _month_instead(request: Request, record: Member | None, asked: dict[str, str]) -> date | None:
    """Where nobody chose other days and nobody looked in the last month: the latest month in which somebody did."""
    first, last = last_month(request.today)
    usual = {"first": first.isoformat(), "last": last.isoformat()}
    if record is None or usual | asked != usual or reads.reads(record, request.user, first, last).exists():
        return None
    return reads.latest_month(record, request.user, request.today)


def _found(request: Request) -> HttpResponse:
    """By the number, or once more the record that is open, for other days."""
    form = Looking(request.POST)
    typed = "".join(request.POST.get("number", "").split()).upper()
    record = request.POST.get("record", "")[:30]
    if not typed and form.is_valid() and (found := reads.record(record)):
        return _to(found, form)
    if form.is_valid() and not NUMBERS["cin"][0].fullmatch(typed[:9]):
        form.add_error("number", _("A Medi-Cal number has eight digits and a letter, like 91234567A."))
    found = reads.numbered(typed[:9], request.user) if form.is_valid() else None
    if form.is_valid() and found is None:
        form.add_error("number", _("There is no record with this number, or none that your organization could read."))
    if found is None:
        return render(request, "desk/trail.html", {"form": form, "record": ""}, status=422)
    return _to(found, form)


def _to(found: Member, form: Looking) -> HttpResponse:
    asked = {"record": found.public_id, "first": form.cleaned_data["first"], "last": form.cleaned_data["last"]}
    return HttpResponseRedirect(f"{reverse('trail')}?{urlencode(asked)}", status=303)


def _reads(request: Request, record: Member, first: date, last: date) -> dict[str, Any]:
    kept.read(record, "trail.look_at", by=request.user, at=request.now, subject=record.pk)
    page = Paginator(reads.reads(record, request.user, first, last), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    places = reads.organisations(shown, record)
    return {"page": page, "rows": [(row, LOOKED_AT.get(row.verb, row.verb), places[row.pk]) for row in shown]}


def last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def last_month(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
