"""What `actions.record` does, for hundreds of members with a few questions in all."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from wholeperson.access.models import Organisation
from wholeperson.casework.authorizations import actions
from wholeperson.casework.authorizations.actions import LATER, Decision
from wholeperson.casework.authorizations.lifecycle import DECISIONS, ECM, OPEN
from wholeperson.casework.authorizations.models import Authorization, Told
from wholeperson.casework.members.days import day_of, month_after
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.casework.referrals.queries import referrals_taken
from wholeperson.record.pile import Pile
from wholeperson.rules.problems import Refused

SAID = ("decision", "number", "begins", "ends", "units", "reason")
Key = tuple[UUID, str]


class Authorizations:
    """What a plan decided for a provider's members, as far as it is kept; what is new goes onto the pile.

    Members are locked before. What is kept already and changes, which is seldom, is written at once by `actions`.
    """

    def __init__(
        self, pile: Pile, known: Collection[Member], *, organisation: Organisation, plan: Organisation
    ) -> None:
        actions.require_at(pile.by, organisation)
        self.pile, self.organisation, self.plan = pile, organisation, plan
        self._theirs: dict[Key, list[Authorization]] = {}
        self._last: dict[UUID, Any] = {}
        self._reasons: dict[UUID, list[Relationship]] = {}  # those on the pile, by what they are about
        members = [one.pk for one in known]
        self._referrals = referrals_taken(members, organisation.pk)
        found = Authorization.objects.filter(member__in=members, organisation=organisation, plan=plan)
        for one in found.defer("number").order_by("kept_at", "id"):
            self._theirs.setdefault((one.member_id, one.programme), []).append(one)
        kept = [one.pk for some in self._theirs.values() for one in some]
        for row in Told.objects.filter(authorization__in=kept).defer("who").order_by("kept_at", "id"):
            self._last[row.authorization_id] = row

    def record(self, member: Member, told: Decision) -> Authorization:
        """Keep it. The same number of the same service is the same authorization; the same words change nothing."""
        if told.begins and told.ends and told.ends < told.begins:
            raise Refused(actions.ends_first(told))
        told = replace(told, number=told.number.strip())
        found = self._known(member, told) or self._new(member, told)
        last = self._last.get(found.pk)
        if last is not None and all(getattr(last, name) == getattr(told, name) for name in SAID):
            return found
        self._last[found.pk] = told
        if found._state.adding:
            self._keep(found, told)
            self._decided(found, told)
        else:
            actions.told_again(found, told, by=self.pile.by, at=self.pile.at)
        return found

    def _known(self, member: Member, told: Decision) -> Authorization | None:
        theirs = self._theirs.get((member.pk, told.programme), [])
        if told.number:
            mark = actions.mark(told.number)
            same = next((one for one in theirs if one.fingerprint == mark), None)
            waiting = [one for one in theirs if (one.status, one.fingerprint) == ("undecided", "")]
            return same or (waiting[-1] if waiting else None)
        going = [one for one in theirs if one.status != "ended"]
        return going[-1] if going else None

    def _new(self, member: Member, told: Decision) -> Authorization:
        made = Authorization(
            member_id=member.pk, organisation_id=self.organisation.pk, plan_id=self.plan.pk, programme=told.programme,
            kept_at=self.pile.at, fingerprint=actions.mark(told.number),
            referral_id=self._referrals.get((member.pk, told.programme)),
            **{name: getattr(told, name) for name in LATER},
        )  # fmt: skip
        self.pile.begin(made, subject=member.pk)
        self._see(made, told.on)
        self._theirs.setdefault((member.pk, told.programme), []).append(made)
        return made

    def _keep(self, found: Authorization, told: Decision) -> None:
        changed = {name: getattr(told, name) for name in LATER if getattr(told, name) not in (None, "")}
        for name, value in changed.items():
            setattr(found, name, value)
        found.fingerprint = actions.mark(found.number)
        self.pile.keep(actions.told_row(found, told, by=self.pile.by, at=self.pile.at))
        self.pile.wrote(found, "authorization.told", subject=found.member_id, details={"how": told.how})

    def _decided(self, found: Authorization, told: Decision) -> None:
        verb = "overturn" if (found.status, told.decision) == ("denied", "approved") else DECISIONS.get(told.decision)
        if (found.status, told.decision) == ("approved", "denied"):
            self.pile.take(found, "end", subject=found.member_id, ended_on=told.on)
        elif verb and found.lifecycle.find(verb, found.status):
            self.pile.take(found, verb, subject=found.member_id)
        else:
            return
        self._see(found, told.on)

    def _see(self, found: Authorization, on: date) -> None:
        """As `actions` has it, of what lies on the pile."""
        if found.programme == ECM:
            return
        today, mine = day_of(self.pile.at), self._reasons.setdefault(found.pk, [])
        since, going = min(on, today), [one for one in mine if one.until is None]
        if found.status not in OPEN:
            for one in going:
                one.until = month_after(max(on, today))
        elif not any(one.since <= since for one in going):
            mine.append(made := actions.sight_of(found, since=since))
            self.pile.keep(made)
            self.pile.wrote(made, "relationship.open", subject=found.member_id, details={"scope": made.scope})
