"""Forms of plans that are elsewhere: brought, told what goes where, and put away."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.referrals import pdf_forms, plan_form_boxes, sayings
from wholeperson.casework.referrals.models import PlanForm
from wholeperson.casework.referrals.queries import KEEP_FORMS
from wholeperson.record import documents, refusals, trail, wall


@transaction.atomic
def keep_form(
    received: documents.Received,
    *,
    name: str,
    plan_word: str,
    programme: str,
    organisation: Organisation,
    by: Person,
    at: datetime,
) -> PlanForm:
    """Keep the PDF, or refuse it whole. Nothing is filled before somebody said what goes where."""
    _require(organisation, by)
    pdf_forms.require_fillable(received.content)
    kept = documents.keep(received, by=by, at=at, organisation=organisation.pk)
    made = PlanForm(
        organisation=organisation, plan_word=plan_word, programme=programme, name=name, document=kept, kept_by=by,
        kept_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    trail.wrote(made, "form.keep", by=by, at=at)
    return made


@transaction.atomic
def map_form(form: PlanForm, mapping: Mapping[str, str], *, by: Person, at: datetime) -> None:
    """Which of the form's fields is filled with what; which box is ticked when. What is left out stays as it came."""
    _require(form.organisation, by)
    known = sayings.FORM_FIELDS.keys() | plan_form_boxes.choices().keys()
    told = {blank: key for blank, key in mapping.items() if key in known}
    PlanForm.objects.filter(pk=form.pk).update(mapping=told)
    trail.wrote(form, "form.map", by=by, at=at, details={"fields": len(told)})


@transaction.atomic
def retire_form(form: PlanForm, *, by: Person, at: datetime) -> None:
    """It is offered no more. A second time changes nothing."""
    _require(form.organisation, by)
    if PlanForm.objects.filter(pk=form.pk, retired_at=None).update(retired_at=at):
        trail.wrote(form, "form.retire", by=by, at=at)


def blank_of(form: PlanForm, *, by: Person, at: datetime) -> bytes:
    """The form as it came. Whoever asks was let to it before; the row of its bytes lies behind the wall."""
    with wall.opened("form.blank"):
        document = form.document
    return documents.content(document, by=by, at=at)


def _require(organisation: Organisation, by: Person) -> None:
    if organisation.pk not in by.standing.organisations_where(KEEP_FORMS):
        raise refusals.not_allowed(by.label, KEEP_FORMS)
