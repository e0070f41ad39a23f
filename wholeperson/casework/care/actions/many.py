"""What `assign` does, for hundreds of members with a few questions in all."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from wholeperson.access.models import Organisation
from wholeperson.casework.authorizations.many import Authorizations
from wholeperson.casework.care.actions import assigning
from wholeperson.casework.care.actions.assigning import Authorization
from wholeperson.casework.care.lifecycle import OPEN
from wholeperson.casework.care.models import Assignment, Case
from wholeperson.casework.members.models import Member
from wholeperson.record.actors import require
from wholeperson.record.pile import Pile


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
            self.authorizations.record(member, assigning.decision(authorization, self.pile.at))
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
        case = assigning.case_of(member, self.organisation, self.plan, assigned_on, told, self.pile.at)
        self.pile.begin(case, subject=member.pk)
        self.pile.keep(assigning.standing_of(case, assigned_on, at=self.pile.at))
        sight = assigning.sight_of(case, at=self.pile.at)
        self.pile.keep(sight)
        self.pile.wrote(sight, "relationship.open", subject=member.pk, details={"scope": sight.scope})
        self._theirs.setdefault(member.pk, []).append(case)
        return case

    def _renew(self, case: Case, told: Authorization) -> None:
        if not case._state.adding:
            assigning.renew(case, told, by=self.pile.by, at=self.pile.at)
            return
        assigning.renewed(case, told)
        self.pile.wrote(case, "care.renew", subject=case.member_id)
