"""Somebody is named to lead the care; a whole caseload goes to somebody else."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wholeperson.access.models import Membership, Organisation, Person
from wholeperson.access.queries import current
from wholeperson.casework.care import queries
from wholeperson.casework.care.lifecycle import LEADS, OPEN
from wholeperson.casework.care.models import Case, Lead
from wholeperson.record import refusals, wall
from wholeperson.record.pile import Pile
from wholeperson.rules.problems import Problem, Refused, Where


@transaction.atomic
def name_lead(case: Case, person: Person, *, since: date, by: Person, at: datetime) -> Case:
    """Who leads the care from that day on. Named again, nothing changes."""
    _require_there(case.organisation_id, by, "care.lead")
    if not may_lead(person, case.organisation, since):
        raise Refused(_no_lead(person))
    if case.lead_id != person.pk:
        with wall.opened("care.lead"):
            _lead([case], person, lambda _: since, by=by, at=at)
        case.lead = person
    return case


@transaction.atomic
def lead_all(
    person: Person, *, organisation: Organisation, plan: Organisation, month: date, by: Person, at: datetime
) -> int:
    """Whoever of the month's people had nobody leading their care is that person's from the month on; how many."""
    with wall.opened("care.lead_all"):
        if not may_lead(person, organisation, by.standing.on):
            raise Refused(_no_lead(person))
        _require_there(organisation.pk, by, "care.lead")
        cases = list(queries.without_lead(organisation, plan, month))
        nobodys = [case for case in cases if case.lead_id is None]  # whoever leads the care by now goes on
        _lead(cases, person, lambda case: max(month, case.assigned_on), among=nobodys, by=by, at=at)
    return len(cases)


@transaction.atomic
def hand_over(
    leaving: Person, person: Person, *, organisation: Organisation, since: date, by: Person, at: datetime
) -> int:
    """All open cases that one leads there go to another; returns how many."""
    _require_there(organisation.pk, by, "care.lead")
    with wall.opened("care.hand_over"):
        found = Case.objects.filter(organisation=organisation, lead=leaving, status__in=OPEN)
        cases = list(found.select_for_update(no_key=True).order_by("pk"))
        if cases and not may_lead(person, organisation, since):
            raise Refused(_no_lead(person))
        if person.pk != leaving.pk:
            _lead(cases, person, lambda _: since, by=by, at=at)
    return len(cases)


def _lead(
    cases: Sequence[Case], person: Person, since: Callable[[Case], date], *, by: Person, at: datetime,
    among: Sequence[Case] | None = None,
) -> None:  # fmt: skip
    """Keep since when they are led by them, together; of those `among` them also that they are now."""
    pile = Pile(by=by, at=at)
    Case.objects.filter(pk__in=[case.pk for case in (cases if among is None else among)]).update(lead=person)
    for case in cases:
        pile.keep(Lead(case_id=case.pk, member_id=case.member_id, person_id=person.pk, since=since(case), kept_at=at))
        pile.wrote(case, "care.lead", subject=case.member_id)
    pile.write()


def may_lead(person: Person, organisation: Organisation, on: date) -> bool:
    roles = Membership.objects.filter(current(on), person=person, organisation=organisation, role__in=LEADS)
    return person.is_active and roles.exists()


def _require_there(organisation: UUID, by: Person, word: str) -> None:
    if organisation not in by.standing.organisations_where(word):
        raise refusals.not_allowed(by.label, word)


def _no_lead(person: Person) -> Problem:
    return Problem(
        "no_lead", f"{person.label[:80]} leads nobody's care here", "a member is told who to call, and must reach them",
        "name a Lead Care Manager or a supervisor of the organization", Where(path="lead"), LEADS,
    )  # fmt: skip
