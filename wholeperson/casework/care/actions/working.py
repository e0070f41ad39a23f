"""What a care team does with a case: contacts, and the steps of its life."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.care.actions.assigning import open_sight, stood
from wholeperson.casework.care.lifecycle import WORK
from wholeperson.casework.care.models import Case
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.days import month_after
from wholeperson.casework.members.models import Contact, Relationship
from wholeperson.casework.referrals import actions as referrals
from wholeperson.record import refusals, steps, wall
from wholeperson.rules.problems import Problem, Refused, Where

ENDS = ("decline", "lose_touch", "discontinue")


@transaction.atomic
def record_contact(case: Case, said: Said, *, on: date, key: str, by: Person, at: datetime) -> Contact:
    """Keep a contact; the first one begins the outreach. The same key again changes nothing."""
    _require_there(case, by)
    made, is_new = members.record_contact(case.member, said, organisation=case.organisation, key=key, by=by, at=at)
    if is_new:
        _hold(case)
        if case.status == "assigned":
            take_step(case, "reach_out", on=max(on, case.assigned_on), by=by, at=at)
        referrals.was_reached(made, by=by, at=at)
    return made


def _hold(case: Case) -> None:
    """As it stands now: a contact is kept whoever else moved the case since it was read."""
    if case.status == "assigned":
        with wall.opened("care.contact"):
            as_it_is = Case.objects.select_for_update(no_key=True)
            case.refresh_from_db(fields=["status", "due_at"], from_queryset=as_it_is)


@transaction.atomic
def take_step(case: Case, verb: str, *, on: date, by: Person, at: datetime, reason: str = "", key: str = "") -> Case:
    """Take a step that holds from the day `on`. Refuses a day before the assignment or in the future."""
    _require_there(case, by)
    if not case.assigned_on <= on or on > max(by.standing.on, case.assigned_on):
        raise Refused(_not_that_day(case, on))
    with wall.opened("care.step"):
        before = case.status
        steps.take(case, verb, by=by, at=at, key=key or None, subject=case.member_id, **_changes(verb, on, reason))
        if case.status != before:
            stood(case, on, at=at)
            _see(case, verb, on, by, at)
    return case


def _changes(verb: str, on: date, reason: str) -> dict[str, Any]:
    if verb == "enrol":
        return {"enrolled_on": on}
    if verb in ENDS:
        return {"ended_on": on, "reason": reason if verb == "discontinue" else ""}
    return {"ended_on": None, "reason": ""}


def _see(case: Case, verb: str, on: date, by: Person, at: datetime) -> None:
    """After an end the provider sees the member until the next month is over: its return file is still to be made."""
    rows = Relationship.objects.filter(about_kind="ecm_case", about_id=case.pk)
    if verb in ENDS:
        for row in rows.filter(until=None):
            last = month_after(max(on, row.since))
            Relationship.objects.filter(pk=row.pk).update(until=last)
    elif verb == "resume":
        open_sight(case, by=by, at=at)


def _require_there(case: Case, by: Person) -> None:
    if case.organisation_id not in by.standing.organisations_where(WORK):
        raise refusals.not_allowed(by.label, WORK)


def _not_that_day(case: Case, on: date) -> Problem:
    return Problem(
        "not_that_day", f"{on} is before the member was assigned, or has not come yet",
        "a step holds from the day on which it happened", "give the day when it happened", Where(path="on"),
        (f"{case.assigned_on} until today",),
    )  # fmt: skip
