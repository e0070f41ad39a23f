"""The auditor's page. It names nobody whose record it is: who asks knows the number, and that they did is kept."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from wholeperson.access.request import Request
from wholeperson.casework.members.days import local
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.numbers import FORMS as NUMBERS
from wholeperson.desk.taken_along import as_file
from wholeperson.desk.trail import reads
from wholeperson.desk.trail.words import said
from wholeperson.record import trail as kept

ON_A_PAGE = 50
WHAT = [("", _("Who read or changed it")), ("read", _("Who read it")), ("wrote", _("Who changed it"))]
HEAD = (_("Who"), _("When"), _("What they did"), _("What it was"), _("On behalf of"), _("In the words of the trail"))
DID = {"read": _("Looked"), "wrote": _("Changed")}
WITHIN = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31)))
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Looking(forms.Form):
    """Which record, and when. The number is heard by POST alone: it stands in no address."""

    number = forms.CharField(
        label=_("Medi-Cal number of the person"),
        max_length=20,
        help_text=_("Eight digits and a letter, like 91234567A."),
    )
    what = forms.ChoiceField(label=_("What do you want to know?"), choices=WHAT, required=False)
    first = forms.DateField(label=_("From"), widget=DAY, validators=WITHIN)
    last = forms.DateField(label=_("Up to and including"), widget=DAY, validators=WITHIN)

    def __init__(self, *given: Any, is_open: bool = False, **named: Any) -> None:
        """`is_open`: a record is being looked at, and goes on without its number."""
        super().__init__(*given, **named)
        self.fields["number"].required = not is_open

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("first") and told.get("last") and told["first"] > told["last"]:
            self.add_error("last", _("The last day must not lie before the first."))
        return told


@require_http_methods(["GET", "HEAD", "POST"])
def trail(request: Request) -> HttpResponse:
    """`record`, `first`, `last` and `what` in the address; without days the last month that is over."""
    if request.method == "POST":
        return _found(request)
    record, first, last = _record(request), *last_month(request.today)
    if record is None and not request.GET:
        return render(request, "desk/trail.html", {"form": Looking(initial={"first": first, "last": last})})
    asked = _days(request)
    instead = _month_instead(request, record, asked)
    if instead:
        first, last = instead, min(last_of(instead), request.today)
    days = {"first": first, "last": last} | ({} if instead else asked)
    form = Looking(days | {"what": request.GET.get("what", "")}, is_open=True)
    told: dict[str, Any] = {"form": form, "record": request.GET.get("record", "")[:30], "instead": instead}
    if form.is_valid() and record:
        told |= _rows(request, record, form.cleaned_data)
    return render(request, "desk/trail.html", told, status=422 if form.errors else 200)


@require_safe
def trail_file(request: Request) -> HttpResponse:
    """The same rows, all of them, for a spreadsheet. Nobody's name but of those who looked or changed."""
    record, form = _record(request), Looking(request.GET, is_open=True)
    if record is None or not form.is_valid():
        raise Http404
    kept.read(record, "trail.export", by=request.user, at=request.now, subject=record.pk)
    told = form.cleaned_data
    found = list(reads.rows(record, request.user, told["first"], told["last"], told["what"]))
    places = reads.organisations(found, record)
    lines = (
        (row.actor_label, local(row.at).isoformat(timespec="seconds"), DID[row.did], said(row),
         places[row.pk], f"{row.thing_kind} {row.verb}")
        for row in found
    )  # fmt: skip
    return as_file(f"{record.public_id}-{told['first']}-{told['last']}", HEAD, lines)


def _record(request: Request) -> Member | None:
    return reads.record(request.GET["record"][:30]) if "record" in request.GET else None


def _days(request: Request) -> dict[str, str]:
    return {name: request.GET[name] for name in ("first", "last") if name in request.GET}


def _month_instead(request: Request, record: Member | None, asked: dict[str, str]) -> date | None:
    """Where nobody chose other days and nothing stands in the last month: the latest month in which something does."""
    (first, last), what = last_month(request.today), request.GET.get("what", "")
    usual = {"first": first.isoformat(), "last": last.isoformat()}
    if record is None or usual | asked != usual or reads.rows(record, request.user, first, last, what).exists():
        return None
    return reads.latest_month(record, request.user, request.today, what)


def _found(request: Request) -> HttpResponse:
    """By the number, or once more the record that is open, for other days."""
    typed = "".join(request.POST.get("number", "").split()).upper()
    record = request.POST.get("record", "")[:30]
    form = Looking(request.POST, is_open=bool(record))
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
    told = form.cleaned_data
    asked = {"record": found.public_id, "first": told["first"], "last": told["last"]}
    asked |= {"what": told["what"]} if told["what"] else {}
    return HttpResponseRedirect(f"{reverse('trail')}?{urlencode(asked)}", status=303)


def _rows(request: Request, record: Member, told: dict[str, Any]) -> dict[str, Any]:
    kept.read(record, "trail.look_at", by=request.user, at=request.now, subject=record.pk)
    found = reads.rows(record, request.user, told["first"], told["last"], told["what"])
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    places = reads.organisations(shown, record)
    asked = {"record": record.public_id, "first": told["first"], "last": told["last"], "what": told["what"]}
    rows = [(row, DID[row.did], said(row), places[row.pk]) for row in shown]
    return {"page": page, "rows": rows, "file": f"{reverse('trail_file')}?{urlencode(asked)}"}


def last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def last_month(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
