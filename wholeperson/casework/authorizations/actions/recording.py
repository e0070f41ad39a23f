"""What a plan decided is recorded: of one member, or of hundreds with a few questions in all."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.authorizations.lifecycle import DECISIONS, ECM, OPEN, RECORD
from wholeperson.casework.authorizations.models import Authorization, Told
from wholeperson.casework.members.actions.reasons import open_reason
from wholeperson.casework.members.days import day_of, month_after
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.casework.referrals.queries import referrals_taken
from wholeperson.record import refusals, wall
from wholeperson.record.actors import Actor
from wholeperson.record.pile import Pile
from wholeperson.record.sealed import fingerprint
from wholeperson.rules.problems import Problem, Refused, Where

SAID = ("decision", "number", "begins", "ends", "units", "reason")
LATER = {"number", "begins", "ends", "units"}  # what a later word of the plan may change
Key = tuple[UUID, str]


@dataclass(frozen=True)
class Decision:
    """What the plan decided, as somebody told us; `decision` is approved, denied or undecided."""

    programme: str
    decision: str
    how: str
    on: date
    number: str = ""
    begins: date | None = None
    ends: date | None = None
    units: int | None = None
    reason: str = ""
    who: str = ""


@transaction.atomic
def record(
    member: Member, told: Decision, *, organisation: Organisation, plan: Organisation, by: Actor, at: datetime
) -> Authorization:
    """Keep it. The same number of the same service is the same authorization; the same words again change nothing."""
    with wall.opened("authorization.record"):
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        pile = Pile(by=by, at=at)
        found = Authorizations(pile, [member], organisation=organisation, plan=plan).record(member, told)
        pile.write()
    found.member, found.organisation, found.plan = member, organisation, plan
    return found


class Authorizations:
    """What a plan decided for a provider's members, as far as it is kept; what is new goes onto the pile.

    Members are locked before. What is kept already and changes, which is seldom, is written at once.
    """

    def __init__(
        self, pile: Pile, known: Collection[Member], *, organisation: Organisation, plan: Organisation
    ) -> None:
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
        require_at(self.pile.by, self.organisation)
        if told.begins and told.ends and told.ends < told.begins:
            raise Refused(_ends_first(told))
        told = replace(told, number=told.number.strip())
        found = self._known(member, told) or self._new(member, told)
        last = self._last.get(found.pk)
        if last is None or any(getattr(last, name) != getattr(told, name) for name in SAID):
            self._last[found.pk] = told
            self._keep(found, told)
            self._decided(found, told)
        return found

    def _known(self, member: Member, told: Decision) -> Authorization | None:
        """The one with this number; an undecided one that waits for its number; without a number, the open one."""
        theirs = self._theirs.get((member.pk, told.programme), [])
        if told.number:
            sign = mark(told.number)
            same = next((one for one in theirs if one.fingerprint == sign), None)
            waiting = [one for one in theirs if (one.status, one.fingerprint) == ("undecided", "")]
            return same or (waiting[-1] if waiting else None)
        going = [one for one in theirs if one.status != "ended"]
        return going[-1] if going else None

    def _new(self, member: Member, told: Decision) -> Authorization:
        made = Authorization(
            member_id=member.pk, organisation_id=self.organisation.pk, plan_id=self.plan.pk, programme=told.programme,
            kept_at=self.pile.at, fingerprint=mark(told.number),
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
        found.fingerprint = mark(found.number)
        if not found._state.adding:
            found.save(update_fields=[*changed, "fingerprint"])
        self.pile.keep(told_row(found, told, by=self.pile.by, at=self.pile.at))
        self.pile.wrote(found, "authorization.told", subject=found.member_id, details={"how": told.how})

    def _decided(self, found: Authorization, told: Decision) -> None:
        """The step that the plan's word means where it stands; a word that changes nothing takes none."""
        verb = "overturn" if (found.status, told.decision) == ("denied", "approved") else DECISIONS.get(told.decision)
        if (found.status, told.decision) == ("approved", "denied"):
            self.pile.take(found, "end", subject=found.member_id, ended_on=told.on)
        elif verb and found.lifecycle.find(verb, found.status):
            self.pile.take(found, verb, subject=found.member_id)
        else:
            return
        self._see(found, told.on)

    def _see(self, found: Authorization, on: date) -> None:
        """As `see` has it; of what lies on the pile."""
        if not found._state.adding:
            see(found, on, by=self.pile.by, at=self.pile.at)
        if found.programme == ECM or not found._state.adding:
            return
        today, mine = day_of(self.pile.at), self._reasons.setdefault(found.pk, [])
        since, going = min(on, today), [one for one in mine if one.until is None]
        if found.status not in OPEN:
            for one in going:
                one.until = month_after(max(on, today))
        elif not any(one.since <= since for one in going):
            mine.append(made := sight_of(found, since=since))
            self.pile.keep(made)
            self.pile.wrote(made, "relationship.open", subject=found.member_id, details={"scope": made.scope})


def see(found: Authorization, on: date, *, by: Actor, at: datetime) -> None:
    """The provider sees the member while there is something to do, and then until its last file is made.

    Of care management the assignment says it.
    """
    if found.programme == ECM:
        return
    rows = Relationship.objects.filter(about_kind="authorization", about_id=found.pk)
    if found.status in OPEN:
        open_reason(sight_of(found, since=min(on, day_of(at))), by=by, at=at)
    else:
        rows.filter(until=None).update(until=month_after(max(on, day_of(at))))


def sight_of(found: Authorization, *, since: date) -> Relationship:
    """Why its provider sees the member."""
    return Relationship(
        member_id=found.member_id, organisation_id=found.organisation_id, reason="authorization", scope="care",
        since=since, about_kind="authorization", about_id=found.pk,
    )  # fmt: skip


def told_row(found: Authorization, told: Decision, *, by: Actor, at: datetime) -> Told:
    """What was told, as it is to be kept."""
    fields: dict[str, Any] = {
        name: getattr(told, name) for name in Decision.__dataclass_fields__ if name != "programme"
    }
    return Told(authorization_id=found.pk, member_id=found.member_id, person=person_of(by), kept_at=at, **fields)


def require_at(by: Actor, organisation: Organisation) -> None:
    """Refuse whoever may not do this for that organisation; a job of the house may where it is given the word."""
    there = organisation.pk in by.standing.organisations_where(RECORD) if isinstance(by, Person) else by.may(RECORD)
    if not there:
        raise refusals.not_allowed(by.label, RECORD)


def mark(number: str) -> str:
    """By which an authorization's number is found."""
    return fingerprint("authorization", number) if number else ""


def person_of(by: Actor) -> Person | None:
    return by if isinstance(by, Person) else None


def _ends_first(told: Decision) -> Problem:
    return Problem(
        "ends_first", f"it would end on {told.ends}, before it begins on {told.begins}", "no day would be in it",
        "look at both days again", Where(path="ends"),
    )  # fmt: skip
