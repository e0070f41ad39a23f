"""A plan assigns members: one, or hundreds with a few questions in all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wholeperson.access.models import Organisation
from wholeperson.casework.authorizations.actions.recording import Authorizations, Decision
from wholeperson.casework.care.lifecycle import OPEN
from wholeperson.casework.care.models import Assignment, Case, Standing
from wholeperson.casework.members.actions.reasons import open_reason
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.record import wall
from wholeperson.record.actors import Actor, require
from wholeperson.record.pile import Pile


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
    pile, partners = Pile(by=by, at=at), {"organisation": organisation, "plan": plan}
    with wall.opened("care.assign"):
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        cases = Cases(pile, [member], Authorizations(pile, [member], **partners), **partners)
        case = cases.assign(member, month=month, authorization=authorization, assigned_on=assigned_on)
        pile.write()
    return case


class Cases:
    """The cases of a plan's members with a provider, as far as they are kept; what is new goes onto the pile.

    Members are locked before.
    """

    def __init__(
        self,
        pile: Pile,
        known: Collection[Member],
        authorizations: Authorizations,
        *,
        organisation: Organisation,
        plan: Organisation,
    ) -> None:
        require(pile.by, "care.assign")
        self.pile, self.organisation, self.plan, self.authorizations = pile, organisation, plan, authorizations
        found = Case.objects.filter(member__in=[one.pk for one in known], organisation=organisation, plan=plan)
        self._theirs: dict[UUID, list[Case]] = {}
        for one in found.order_by("pk"):
            self._theirs.setdefault(one.member_id, []).append(one)
        kept = [one.pk for some in self._theirs.values() for one in some]
        self._months = set(Assignment.objects.filter(case__in=kept).values_list("case_id", "month"))

    def assign(
        self, member: Member, *, month: date, authorization: Authorization, assigned_on: date | None = None
    ) -> Case:
        """The plan names the member in the file of a month. A case that is open goes on; what is told twice is one."""
        month = month.replace(day=1)
        case = self._known(member, month)
        if case is None:
            case = self._begun(member, assigned_on or max(month, authorization.begins or month), authorization)
        elif authorization.number and authorization.number != case.authorization_number and case.status in OPEN:
            self._renew(case, authorization)
        if authorization.number:
            self.authorizations.record(member, decision(authorization, self.pile.at))
        if (case.pk, month) not in self._months:
            self._months.add((case.pk, month))
            self.pile.keep(Assignment(case_id=case.pk, member_id=member.pk, month=month, kept_at=self.pile.at))
            self.pile.wrote(case, "care.assign", subject=member.pk, details={"month": month.isoformat()[:7]})
        return case

    def _known(self, member: Member, month: date) -> Case | None:
        theirs = self._theirs.get(member.pk, [])
        named = next((one for one in theirs if (one.pk, month) in self._months), None)
        return named or next((one for one in theirs if one.ended_on is None), None)

    def _begun(self, member: Member, assigned_on: date, told: Authorization) -> Case:
        case = case_of(member, self.organisation, self.plan, assigned_on, told, self.pile.at)
        self.pile.begin(case, subject=member.pk)
        self.pile.keep(standing_of(case, assigned_on, at=self.pile.at))
        sight = sight_of(case, at=self.pile.at)
        self.pile.keep(sight)
        self.pile.wrote(sight, "relationship.open", subject=member.pk, details={"scope": sight.scope})
        self._theirs.setdefault(member.pk, []).append(case)
        return case

    def _renew(self, case: Case, told: Authorization) -> None:
        """The case goes on by another authorization."""
        case.authorization_number, case.authorized_from, case.authorized_until = told.number, told.begins, told.ends
        if not case._state.adding:
            case.save(update_fields=["authorization_number", "authorized_from", "authorized_until"])
        self.pile.wrote(case, "care.renew", subject=case.member_id)


def decision(told: Authorization, at: datetime) -> Decision:
    """A number in a file of the plan is a yes."""
    return Decision("ecm", "approved", "file", day_of(at), told.number, told.begins, told.ends)


def case_of(
    member: Member, organisation: Organisation, plan: Organisation, assigned_on: date, told: Authorization, at: datetime
) -> Case:
    """A case as it is to be kept."""
    return Case(
        member=member, organisation=organisation, plan=plan, assigned_on=assigned_on,
        authorization_number=told.number, authorized_from=told.begins, authorized_until=told.ends, kept_at=at,
    )  # fmt: skip


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
