"""Forms of plans: bring one, say what goes where, try it with SAMPLE; and one referral as a filled form."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholeperson.access.attached import attached
from wholeperson.access.request import Request
from wholeperson.casework.providers.views.applying import REFUSALS
from wholeperson.casework.referrals import actions, pdf_forms, plan_form_boxes, presenters, queries, sayings, sheet
from wholeperson.casework.referrals.models import PlanForm
from wholeperson.casework.referrals.plan_form_fields import MappingForm, PdfForm
from wholeperson.casework.referrals.views.desk import seen_or_404
from wholeperson.record import documents, trail, uploads
from wholeperson.rules.problems import Refused

BOTH = require_http_methods(["GET", "HEAD", "POST"])
PDF = "application/pdf"


@BOTH
def plan_forms(request: Request) -> HttpResponse:
    form = PdfForm(*((request.POST, request.FILES) if request.method == "POST" else ()), person=request.user)
    if uploads.was_too_large(request):
        form.add_error("file", REFUSALS["too_large"])
    elif form.is_valid() and (kept := _kept(request, form)):
        return _to(kept)
    told = {"form": form, "rows": [presenters.KeptForm(one) for one in queries.plan_forms(request.user)]}
    return render(request, "referrals/plan_forms.html", told, status=422 if form.errors else 200)


def _kept(request: Request, form: PdfForm) -> PlanForm | None:
    told = form.cleaned_data
    received = documents.Received(told["file"].name, told["file"].read())
    try:
        return actions.keep_form(
            received, name=told["name"], plan_word=told["plan"], programme=told["programme"],
            organisation=form.organisation_meant, by=request.user, at=request.now,
        )  # fmt: skip
    except Refused as refused:
        first = refused.problems[0]
        form.add_error("file", form.SAYS.get(first.code) or REFUSALS.get(first.code, REFUSALS["other"]))
        return None


@BOTH
def plan_form(request: Request, public_id: str) -> HttpResponse:
    """Its fields, each with what goes into it."""
    found = _form(request, public_id)
    content = actions.blank_of(found, by=request.user, at=request.now)
    blanks = pdf_forms.blanks(content)
    form = MappingForm(request.POST if request.method == "POST" else None, blanks=blanks, mapping=found.mapping)
    if form.is_valid():
        actions.map_form(found, form.mapping(), by=request.user, at=request.now)
        messages.success(request, _("Kept. Try it with SAMPLE before it is used."))
        return _to(found)
    return render(
        request, "referrals/plan_form.html", {"form": form, "kept": found}, status=422 if form.errors else 200
    )


@require_safe
def sample(request: Request, public_id: str) -> HttpResponse:
    """The form with SAMPLE in each field that is filled, and each box ticked; of one-of-several the first."""
    found = _form(request, public_id)
    words = {key: f"SAMPLE {says}" for key, says in sayings.FORM_FIELDS.items()}
    every = {box for box, when in found.mapping.items() if "=" in when}
    return _filled(request, found, words, every, f"sample-{found.public_id}.pdf")


@require_POST
def retire(request: Request, public_id: str) -> HttpResponse:
    actions.retire_form(_form(request, public_id), by=request.user, at=request.now)
    messages.success(request, _("The form is offered no more."))
    return HttpResponseRedirect(reverse("plan_forms"), status=303)


@require_safe
def referral_form(request: Request, public_id: str, form_id: str) -> HttpResponse:
    """One referral as that plan's filled form: for whoever handles it."""
    seen = seen_or_404(request, public_id)
    found = queries.forms_for(seen.referral).filter(public_id=form_id).first()
    if seen.as_what != "handler" or found is None:
        raise Http404
    told = sheet.values(seen.referral, request.user, today=request.today)
    trail.read(seen.referral, "referral.form", by=request.user, at=request.now, subject=seen.referral.member_id)
    ticked = plan_form_boxes.ticked(found.mapping, sheet.said(seen.referral))
    return _filled(request, found, told, ticked, f"{seen.referral.public_id}.pdf")


def _filled(request: Request, form: PlanForm, told: dict[str, str], ticked: set[str], name: str) -> HttpResponse:
    blank = actions.blank_of(form, by=request.user, at=request.now)
    values = {field: told.get(key, "") for field, key in form.mapping.items() if "=" not in key}
    return attached(pdf_forms.filled(blank, values, ticked), name=name, kind=PDF)


def _form(request: Request, public_id: str) -> PlanForm:
    found = queries.plan_forms(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _to(form: PlanForm) -> HttpResponse:
    return HttpResponseRedirect(reverse("plan_form", args=[form.public_id]), status=303)
