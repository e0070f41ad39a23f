"""An overlay is uploaded, approved by a second person, returned, or withdrawn."""

from datetime import date, datetime

from django.db import transaction

from wholeperson.access import queries
from wholeperson.access.models import Identifier, Person
from wholeperson.casework.eligibility import cases, policies
from wholeperson.casework.eligibility.models import Overlay
from wholeperson.record import policies as kept
from wholeperson.record import refusals, steps
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.rules.reading.overlays import canonical_overlay, read_overlay

LATEST_IN_YEARS = 5


@transaction.atomic
def upload(
    plan: str, text: str, *, effective_on: date, by: Person, at: datetime, today: date, note: str = ""
) -> Overlay:
    """Keep a proposal. Refused with every finding of `policy lint`; the same one again is the one that is there."""
    owner = Identifier.objects.filter(system="plan", value=plan, until=None).select_related("organisation").first()
    organisation = owner.organisation if owner else None
    if not by.standing.reaches(organisation.pk if organisation else None, "overlay.upload"):
        raise refusals.not_allowed(by.label, "overlay.upload")
    if not today <= effective_on <= today.replace(year=today.year + LATEST_IN_YEARS, day=min(today.day, 28)):
        raise Refused(_wrong_day())
    policies.forget()
    before = policies.policy_on(effective_on)
    if found := policies.findings(before, plan, text):
        raise Refused(*found)
    version = canonical_overlay(read_overlay(plan, text).by_name[f"plans/{plan}"])[1]
    open_ones = Overlay.objects.filter(status__in=("proposed", "approved"))
    if known := open_ones.filter(plan=plan, version=version, effective_on=effective_on).first():
        return known
    asked, changed = cases.count(before, policies.with_overlay(before, plan, text), plan, on=effective_on)
    made = Overlay(
        plan=plan, organisation=organisation, text=text, version=version, effective_on=effective_on, uploader=by,
        note=note, made_at=at, cases_asked=asked, cases_changed=changed,
    )  # fmt: skip
    steps.begin(made, by=by, at=at)
    return made


@transaction.atomic
def approve(overlay: Overlay, *, by: Person, at: datetime) -> Overlay:
    """Let it hold from its day on. Never by whoever uploaded it; what it then says is kept by its versions."""
    _require_reach(overlay, by, "overlay.approve")
    if queries.may_be_one(by, overlay.uploader):
        raise Refused(_same_person())
    if overlay.effective_on < by.standing.on:
        raise Refused(_wrong_day())
    policies.forget()
    before = policies.policy_on(overlay.effective_on)
    if found := policies.findings(before, overlay.plan, overlay.text):  # the files may have changed meanwhile
        raise Refused(*found)
    steps.take(overlay, "approve", by=by, at=at, approver_id=by.pk, approved_at=at)
    after = policies.with_overlay(before, overlay.plan, overlay.text)
    text, version = canonical_overlay(after.documents.by_name[f"plans/{overlay.plan}"])
    kept.keep_text(version, f"plans/{overlay.plan}", text, at=at)
    for programme in after.programmes:
        kept.keep(after, programme, at=at)
    _changed()
    return overlay


@transaction.atomic
def send_back(overlay: Overlay, *, reason: str, by: Person, at: datetime) -> Overlay:
    """It stays a proposal that came to nothing; the reason says why."""
    _require_reach(overlay, by, "overlay.approve")
    steps.take(overlay, "return", by=by, at=at, reason=reason)
    return overlay


@transaction.atomic
def withdraw(overlay: Overlay, *, by: Person, at: datetime) -> Overlay:
    """From today on what held before it holds again; for the days on which it held, it still stands."""
    _require_reach(overlay, by, "overlay.upload")
    steps.take(overlay, "withdraw", by=by, at=at, withdrawn_on=by.standing.on if overlay.approved_at else None)
    _changed()
    return overlay


def _changed() -> None:
    """Asked again now, and once more when all can see it: in between others read what was before."""
    policies.forget()
    transaction.on_commit(policies.forget)


def _require_reach(overlay: Overlay, by: Person, word: str) -> None:
    if not by.standing.reaches(overlay.organisation_id, word):
        raise refusals.not_allowed(by.label, word)


def _same_person() -> Problem:
    return Problem(
        "same_person", "whoever uploads an overlay cannot approve it, by another account neither",
        "two people must have read it before it holds",
        "ask another administrator of the plan or of the house", Where(path="overlay"),
    )  # fmt: skip


def _wrong_day() -> Problem:
    return Problem(
        "wrong_day", "an overlay holds from today on or later, and within five years",
        "what was decided before today was decided by what held then", "give a day from today on", Where(path="day"),
    )  # fmt: skip
