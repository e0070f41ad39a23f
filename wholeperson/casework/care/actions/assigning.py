"""A plan assigns a member; somebody is named to lead the care; a whole caseload goes to somebody else."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wholeperson.access.models import Membership, Organisation, Person
from wholeperson.access.queries import current
from wholeperson.casework.authorizations import actions as authorizations
from wholeperson.casework.authorizations.actions import Decision
from wholeperson.casework.care import queries
from wholeperson.casework.care.lifecycle import LEADS, OPEN
from wholeperson.casework.care.models import Assignment, Case, Lead, Standing
from wholeperson.casework.members.actions.reasons import open_reason
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.record import refusals, steps, trail, wall
from wholeperson.record.actors import Actor, require
from wholeperson.rules.problems import Problem, Refused, Where


@dataclass(frozen=True)
class Authorization:
    """What the plan said of it; any of it may be missing."""

    number: str = ""
    begins: date | None = None
    ends: date | None = None


@transaction.atomic
def assign(
    member: Member,
    *,
    organisation: Organisation,
    plan: Organisation,
    month: date,
    by: Actor,
    at: datetime,
    authorization: Authorization = Authorization(),
    assigned_on: date | None = None,
) -> Case:
    """The plan names the member in the file of a month. A case that is open goes on; what is told twice is one."""
    require(by, "care.assign")
    month = month.replace(day=1)
    with wall.opened("care.assign"):
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        theirs = Case.objects.filter(member=member, organisation=organisation, plan=plan)
        case = theirs.filter(assignments__month=month).first() or theirs.filter(ended_on=None).first()
        if case is None:
            case = _begun(
                member,
                organisation,
                plan,
                assigned_on or max(month, authorization.begins or month),
                authorization,
                by,
                at,
            )
        elif authorization.number and authorization.number != case.authorization_number and case.status in OPEN:
            renew(case, authorization, by=by, at=at)
        if authorization.number:
            told = decision(authorization, at)
            authorizations.record(member, told, organisation=organisation, plan=plan, by=by, at=at)
        _, is_new = Assignment.objects.get_or_create(case=case, month=month, defaults={"member": member, "kept_at": at})
    if is_new:
        trail.wrote(case, "care.assign", by=by, at=at, subject=member.pk, details={"month": month.isoformat()[:7]})
    return case


def decision(told: Authorization, at: datetime) -> Decision:
    """A number in a file of the plan is a yes."""
    return Decision("ecm", "approved", "file", day_of(at), told.number, told.begins, told.ends)


def _begun(
    member: Member, organisation: Organisation, plan: Organisation, assigned_on: date, told: Authorization, by: Actor,
    at: datetime,
) -> Case:  # fmt: skip
    case = case_of(member, organisation, plan, assigned_on, told, at)
    steps.begin(case, by=by, at=at, subject=member.pk)
    stood(case, case.assigned_on, at=at)
    open_sight(case, by=by, at=at)
    return case


def case_of(
    member: Member, organisation: Organisation, plan: Organisation, assigned_on: date, told: Authorization, at: datetime
) -> Case:
    """A case as it is to be kept."""
    return Case(
        member=member, organisation=organisation, plan=plan, assigned_on=assigned_on,
        authorization_number=told.number, authorized_from=told.begins, authorized_until=told.ends, kept_at=at,
    )  # fmt: skip


def renewed(case: Case, told: Authorization) -> None:
    """The case goes on by another authorization; nothing is kept yet."""
    case.authorization_number, case.authorized_from, case.authorized_until = told.number, told.begins, told.ends


def renew(case: Case, told: Authorization, *, by: Actor, at: datetime) -> None:
    """Keep it."""
    renewed(case, told)
    case.save(update_fields=["authorization_number", "authorized_from", "authorized_until"])
    trail.wrote(case, "care.renew", by=by, at=at, subject=case.member_id)


def stood(case: Case, since: date, *, at: datetime) -> None:
    """Keep how the case stands from a day on."""
    standing_of(case, since, at=at).save(force_insert=True)


def standing_of(case: Case, since: date, *, at: datetime) -> Standing:
    """How it stands, as it is to be kept."""
    return Standing(
        case_id=case.pk, member_id=case.member_id, status=case.status, since=since, reason=case.reason, kept_at=at
    )  # fmt: skip


def open_sight(case: Case, *, by: Actor, at: datetime) -> None:
    """The provider may see whom it was assigned, as far as care needs."""
    open_reason(sight_of(case, at=at), by=by, at=at)


def sight_of(case: Case, *, at: datetime) -> Relationship:
    """Why its provider sees the member."""
    return Relationship(
        member_id=case.member_id, organisation_id=case.organisation_id, reason="assignment", scope="care",
        since=min(case.assigned_on, day_of(at)), about_kind="ecm_case", about_id=case.pk,
    )  # fmt: skip


@transaction.atomic
def name_lead(case: Case, person: Person, *, since: date, by: Person, at: datetime) -> Case:
    """Who leads the care from that day on. Named again, nothing changes."""
    _require_there(case, by, "care.lead")
    if not may_lead(person, case.organisation, since):
        raise Refused(_no_lead(person))
    if case.lead_id == person.pk:
        return case
    with wall.opened("care.lead"):
        case.lead = person
        case.save(update_fields=["lead"])
        row = Lead(case=case, member_id=case.member_id, person=person, since=since, kept_at=at)
        row.save(force_insert=True)
    trail.wrote(case, "care.lead", by=by, at=at, subject=case.member_id)
    return case


@transaction.atomic
def lead_all(
    person: Person, *, organisation: Organisation, plan: Organisation, month: date, by: Person, at: datetime
) -> int:
    """Whoever of the month's people had nobody leading their care is that person's from the month on; how many."""
    with wall.opened("care.lead_all"):
        if not may_lead(person, organisation, by.standing.on):
            raise Refused(_no_lead(person))
        if organisation.pk not in by.standing.organisations_where("care.lead"):
            raise refusals.not_allowed(by.label, "care.lead")
        cases = list(queries.without_lead(organisation, plan, month))
        for case in cases:
            _led(case, person, max(month, case.assigned_on), by, at)
    return len(cases)


def _led(case: Case, person: Person, since: date, by: Actor, at: datetime) -> None:
    """Keep it, also from a day in the past; whoever leads the care by now goes on."""
    if case.lead_id is None:
        case.lead = person
        case.save(update_fields=["lead"])
    row = Lead(case=case, member_id=case.member_id, person=person, since=since, kept_at=at)
    row.save(force_insert=True)
    trail.wrote(case, "care.lead", by=by, at=at, subject=case.member_id)


@transaction.atomic
def hand_over(
    leaving: Person, person: Person, *, organisation: Organisation, since: date, by: Person, at: datetime
) -> int:
    """All open cases that one leads there go to another; returns how many."""
    with wall.opened("care.hand_over"):
        found = Case.objects.filter(organisation=organisation, lead=leaving, status__in=OPEN)
        cases = list(found.select_related("organisation").order_by("pk"))
    for case in cases:
        name_lead(case, person, since=since, by=by, at=at)
    return len(cases)


def may_lead(person: Person, organisation: Organisation, on: date) -> bool:
    roles = Membership.objects.filter(current(on), person=person, organisation=organisation, role__in=LEADS)
    return person.is_active and roles.exists()


def _require_there(case: Case, by: Person, word: str) -> None:
    if case.organisation_id not in by.standing.organisations_where(word):
        raise refusals.not_allowed(by.label, word)


def _no_lead(person: Person) -> Problem:
    return Problem(
        "no_lead", f"{person.label[:80]} leads nobody's care here", "a member is told who to call, and must reach them",
        "name a Lead Care Manager or a supervisor of the organization", Where(path="lead"), LEADS,
    )  # fmt: skip
