"""The only writes to authorizations: what was told, how the referral stands, which units were used, that it ended."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.authorizations.lifecycle import CLOSED, DECISIONS, DECLINED, ECM, OPEN, RECORD
from wholeperson.casework.authorizations.models import Answer, Authorization, Draw, Told
from wholeperson.casework.members.actions.reasons import open_reason
from wholeperson.casework.members.days import day_of, month_after
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.casework.referrals.queries import referral_taken
from wholeperson.record import refusals, steps, trail, wall
from wholeperson.record.actors import Actor
from wholeperson.record.sealed import fingerprint
from wholeperson.rules.problems import Problem, Refused, Where

LATER = {"number", "begins", "ends", "units"}  # what a later word of the plan may change


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
    require_at(by, organisation)
    if told.begins and told.ends and told.ends < told.begins:
        raise Refused(ends_first(told))
    told = replace(told, number=told.number.strip())
    with wall.opened("authorization.record"):
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        found = _known(member, told, organisation, plan) or _new(member, told, organisation, plan, by, at)
        if _says_nothing_new(found, told):
            return found
        told_again(found, told, by=by, at=at)
    return found


def told_again(found: Authorization, told: Decision, *, by: Actor, at: datetime) -> None:
    """Keep what was told of an authorization that is kept, and take the step that it means. Its member is locked."""
    _keep(found, told, by, at)
    _decided(found, told, by, at)


def _see(found: Authorization, on: date, by: Actor, at: datetime) -> None:
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


def _known(member: Member, told: Decision, organisation: Organisation, plan: Organisation) -> Authorization | None:
    """The one with this number; an undecided one that waits for its number; without a number, the open one."""
    theirs = Authorization.objects.filter(
        member=member, organisation=organisation, plan=plan, programme=told.programme
    ).order_by("kept_at", "id")
    same: Authorization | None = theirs.filter(fingerprint=mark(told.number)).first() if told.number else None
    if same:
        return same
    waiting = theirs.filter(status="undecided", fingerprint="") if told.number else theirs.exclude(status="ended")
    found: Authorization | None = waiting.last()
    return found


def _new(
    member: Member, told: Decision, organisation: Organisation, plan: Organisation, by: Actor, at: datetime
) -> Authorization:
    made = Authorization(
        member=member, organisation=organisation, plan=plan, programme=told.programme, kept_at=at,
        referral=referral_taken(member.pk, told.programme, organisation.pk),
        fingerprint=mark(told.number), **{name: getattr(told, name) for name in LATER},
    )  # fmt: skip
    steps.begin(made, by=by, at=at, subject=member.pk)
    _see(made, told.on, by, at)
    return made


def _says_nothing_new(found: Authorization, told: Decision) -> bool:
    last = Told.objects.filter(authorization=found).order_by("kept_at", "id").last()
    fields = ("decision", "number", "begins", "ends", "units", "reason")
    return last is not None and all(getattr(last, name) == getattr(told, name) for name in fields)


def _keep(found: Authorization, told: Decision, by: Actor, at: datetime) -> None:
    changed = {name: getattr(told, name) for name in LATER if getattr(told, name) not in (None, "")}
    for name, value in changed.items():
        setattr(found, name, value)
    found.fingerprint = mark(found.number)
    found.save(update_fields=[*changed, "fingerprint"])
    told_row(found, told, by=by, at=at).save(force_insert=True)
    trail.wrote(found, "authorization.told", by=by, at=at, subject=found.member_id, details={"how": told.how})


def told_row(found: Authorization, told: Decision, *, by: Actor, at: datetime) -> Told:
    """What was told, as it is to be kept."""
    fields: dict[str, Any] = {
        name: getattr(told, name) for name in Decision.__dataclass_fields__ if name != "programme"
    }
    return Told(authorization_id=found.pk, member_id=found.member_id, person=_person(by), kept_at=at, **fields)


def _decided(found: Authorization, told: Decision, by: Actor, at: datetime) -> None:
    """The step that the plan's word means where it stands; a word that changes nothing takes none."""
    verb = "overturn" if (found.status, told.decision) == ("denied", "approved") else DECISIONS.get(told.decision)
    if (found.status, told.decision) == ("approved", "denied"):
        steps.take(found, "end", by=by, at=at, subject=found.member_id, ended_on=told.on)
    elif verb and found.lifecycle.find(verb, found.status):
        steps.take(found, verb, by=by, at=at, subject=found.member_id)
    else:
        return
    _see(found, told.on, by, at)


@transaction.atomic
def answer(found: Authorization, said: str, *, since: date, by: Actor, at: datetime, closure: str = "") -> Answer:
    """How the referral stands from that day on. A provider that declined closes nothing: the plan asks another.

    Where the referral itself is kept here, its own steps say it, and this refuses.
    """
    require_at(by, found.organisation)
    if found.referral_id:
        raise Refused(_said_there())
    with wall.opened("authorization.answer"):
        Authorization.objects.select_for_update(no_key=True).get(pk=found.pk)
        last: Answer | None = Answer.objects.filter(authorization=found).order_by("since", "kept_at", "id").last()
        if last and last.answer == DECLINED and said == CLOSED:
            raise Refused(_declined())
        if bool(closure) != (said == CLOSED):
            raise Refused(_says_why())
        if last and (last.answer, last.since, last.closure) == (said, since, closure):
            return last
        row = Answer(
            authorization=found, member_id=found.member_id, answer=said, since=since, closure=closure,
            person=_person(by), kept_at=at,
        )  # fmt: skip
        row.save(force_insert=True)
    trail.wrote(found, "authorization.answer", by=by, at=at, subject=found.member_id)
    return row


@transaction.atomic
def draw(
    found: Authorization, units: int, *, on: date, source: str, key: str, by: Actor, at: datetime
) -> tuple[Draw, bool]:
    """Units used. More than are left are kept too: what was done was done, and the page says so."""
    require_at(by, found.organisation)
    with wall.opened("authorization.draw"):
        row, is_new = Draw.objects.get_or_create(
            key=key,
            defaults={
                "authorization": found, "member_id": found.member_id, "units": units, "on": on, "source": source,
                "person": _person(by), "kept_at": at,
            },
        )  # fmt: skip
    if is_new:
        trail.wrote(found, "authorization.draw", by=by, at=at, subject=found.member_id)
    return row, is_new


@transaction.atomic
def end(found: Authorization, *, on: date, by: Actor, at: datetime) -> Authorization:
    """It ended on that day; the service stays to be seen for as long as files about it are owed."""
    require_at(by, found.organisation)
    with wall.opened("authorization.end"):
        steps.take(found, "end", by=by, at=at, subject=found.member_id, ended_on=on)
        _see(found, on, by, at)
    return found


def require_at(by: Actor, organisation: Organisation) -> None:
    """Refuse whoever may not do this for that organisation; a job of the house may where it is given the word."""
    there = organisation.pk in by.standing.organisations_where(RECORD) if isinstance(by, Person) else by.may(RECORD)
    if not there:
        raise refusals.not_allowed(by.label, RECORD)


def mark(number: str) -> str:
    """By which an authorization's number is found."""
    return fingerprint("authorization", number) if number else ""


def _person(by: Actor) -> Person | None:
    return by if isinstance(by, Person) else None


def ends_first(told: Decision) -> Problem:
    return Problem(
        "ends_first", f"it would end on {told.ends}, before it begins on {told.begins}", "no day would be in it",
        "look at both days again", Where(path="ends"),
    )  # fmt: skip


def _declined() -> Problem:
    return Problem(
        "declined", "this provider declined, and the loop stays open", "the plan has to find another provider first",
        "say accepted, if the provider takes it after all", Where(path="answer"), ("accepted", "pending"),
    )  # fmt: skip


def _said_there() -> Problem:
    return Problem(
        "said_at_the_referral", "the referral behind this authorization is kept here", "its own steps tell the plan",
        "take the step at the referral", Where(path="answer"),
    )  # fmt: skip


def _says_why() -> Problem:
    return Problem(
        "says_why", "a loop that closes says why, and no other answer does", "the plan tells whoever asked",
        "give the reason with the closing, and only with it", Where(path="closure"),
    )  # fmt: skip
