"""What happens between a yes and the end: reached, started, held, closed, opened again, taken back."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Contact, Relationship
from wholeperson.casework.referrals.actions import notices, places
from wholeperson.casework.referrals.actions.moving import (
    concerns,
    let_see_no_more,
    live_sending,
    move,
    require_handler,
    require_provider,
    tell_the_state,
)
from wholeperson.casework.referrals.holders import HOUSE, AskerAgain
from wholeperson.casework.referrals.lifecycle import ASK, CLOSE, HOLD, OPEN, SCREEN, SEND, WITHDRAW, WORK
from wholeperson.casework.referrals.models import AskedFor, Asking, Elsewhere, Notice, Referral, Sending
from wholeperson.casework.referrals.programmes import ECM
from wholeperson.record import refusals, steps, trail, wall
from wholeperson.record.actors import Actor, require
from wholeperson.rules.problems import Problem, Refused, Where


@transaction.atomic
def reach(referral: Referral, said: Said, *, by: Actor, at: datetime, same: bool | None = None) -> None:
    """The first try to reach the person, which is a contact like any other: kept once, whoever tells of it.

    Where one like it is kept of that day, `same` says whether it is this one (see `members.record_try`).
    """
    _require_working(referral, by)
    sending = live_sending(referral)
    move(referral, "reach", by=by, at=at)
    contact = members.record_try(
        referral.member, replace(said, purpose=_purpose(referral)), by=by, at=at,
        organisation=sending.organisation if sending else referral.handled_by,
        key=f"reach:{referral.public_id}:{at:%y%m%d%H%M%S%f}", same=same,
    )  # fmt: skip
    on = day_of(contact.happened_at)
    tell_the_state(referral, "reach", on=on, by=by, at=at, sending=sending, contact=contact)


@transaction.atomic
def was_reached(contact: Contact, *, by: Person, at: datetime) -> None:
    """Care management wrote down that it tried: what the same organization took on for the person moves on with it."""
    if contact.purpose != "outreach" or contact.organisation_id not in by.standing.organisations_where(WORK):
        return
    for referral in _taken_on(contact):
        move(referral, "reach", by=by, at=at)
        on = day_of(contact.happened_at)
        sending = live_sending(referral)
        tell_the_state(referral, "reach", on=on, by=by, at=at, sending=sending, contact=contact)


def _taken_on(contact: Contact) -> list[Referral]:
    """Held until the step is taken: one that somebody else moves meanwhile is passed over, and the contact is kept."""
    with wall.opened("referral.was_reached"):
        theirs = Sending.objects.filter(status="accepted", organisation=contact.organisation_id)
        rows = Referral.objects.filter(
            member=contact.member_id, status="accepted", programme=ECM, pk__in=theirs.values("referral")
        )  # fmt: skip
        return list(rows.order_by("pk").select_for_update(no_key=True))


def _purpose(referral: Referral) -> str:
    """The outreach files are of care management alone."""
    return "outreach" if referral.programme == ECM else "support"


@transaction.atomic
def start(referral: Referral, *, on: date, by: Actor, at: datetime, closes: bool = False) -> None:
    """The service has begun. With `closes` the State's loop ends with it; the service itself goes on."""
    _require_working(referral, by)
    move(referral, "start", by=by, at=at, started_on=on)
    if closes:
        close(referral, reason="services_received", on=on, by=by, at=at)
    else:
        notices.tell_all(referral, "started", by=by, at=at)


@transaction.atomic
def close(
    referral: Referral, *, reason: str, on: date, by: Actor, at: datetime, detail: str = "", key: str | None = None
) -> None:
    """The loop ends, with the State's reason; everybody who asked hears of it."""
    concerns(referral, by, CLOSE)
    sending = live_sending(referral)
    move(referral, "close", by=by, at=at, key=key, closure_reason=reason, closure_detail=detail, closed_on=on)
    if sending and reason != "services_received":
        _end_sending(referral, at=at)
    tell_the_state(referral, "close", on=on, by=by, at=at, sending=sending)
    notices.tell_all(referral, "closed", by=by, at=at)


@transaction.atomic
def hold(referral: Referral, *, reason: str, by: Actor, at: datetime) -> None:
    concerns(referral, by, HOLD)
    move(referral, "hold", by=by, at=at, hold_reason=reason)


@transaction.atomic
def resume(referral: Referral, *, by: Actor, at: datetime) -> None:
    """On with whoever had taken it; where nobody had, somebody is chosen."""
    concerns(referral, by, HOLD)
    move(referral, "resume_work" if referral.provider_id else "resume", by=by, at=at)


@transaction.atomic
def reopen(referral: Referral, *, reason: str, by: Person, at: datetime) -> None:
    """It was closed and the need is there again: it goes on from where somebody is chosen."""
    require_handler(referral, by, SCREEN)
    with wall.opened("referral.reopen"):
        others = Referral.objects.filter(member=referral.member_id, programme=referral.programme, status__in=OPEN)
        if others.exclude(pk=referral.pk).exists():
            raise Refused(_open_already())
    move(
        referral, "reopen", by=by, at=at, reopen_reason=reason, closure_reason="", closure_detail="", closed_on=None,
        provider_id=None, started_on=None,
    )  # fmt: skip
    _end_sending(referral, at=at)


@transaction.atomic
def withdraw(referral: Referral, *, by: Actor, at: datetime) -> bool:
    """Whoever asked takes it back. The referral itself ends only where nobody else asks for it; True says it did."""
    require(by, WITHDRAW)
    mine, others = _askings(referral, by)
    if mine is None and not _speaks_for(referral, by):
        raise refusals.not_allowed(by.label, WITHDRAW)
    if mine is not None:
        with wall.opened("referral.withdraw"):
            Asking.objects.filter(pk=mine.pk, withdrawn_at=None).update(withdrawn_at=at)
        trail.wrote(mine, "referral.take_back", by=by, at=at, subject=referral.member_id)
        if others:
            return False
    sending = live_sending(referral)
    reason = "no_longer_needs_or_declines"
    move(referral, "withdraw", by=by, at=at, closed_on=day_of(at), closure_reason=reason)
    _end_sending(referral, at=at)
    tell_the_state(referral, "withdraw", on=day_of(at), by=by, at=at, sending=sending)
    return True


def _askings(referral: Referral, by: Actor) -> tuple[Asking | None, bool]:
    """Their own asking, and whether anybody else asks too."""
    with wall.opened("referral.askings"):
        rows = AskedFor.objects.filter(referral=referral, asking__withdrawn_at=None).select_related("asking")
        askings = [row.asking for row in rows.order_by("pk")]
    if isinstance(by, AskerAgain):
        mine = next((one for one in askings if one.pk == by.asking.pk), None)
    else:
        mine = next((one for one in askings if one.person_id == by.id), None)
    return mine, any(mine is None or one.pk != mine.pk for one in askings)


def _speaks_for(referral: Referral, by: Actor) -> bool:
    """The person themselves, or whoever handles it and was told by them."""
    if not isinstance(by, Person):
        return False
    own = Relationship.objects.for_user(by).filter(member=referral.member_id, person=by.pk, reason="self")
    return own.exists() or referral.handled_by_id in by.standing.organisations_where(WITHDRAW)


def _end_sending(referral: Referral, *, at: datetime) -> None:
    """Nobody has it any more: whoever waited with it sees the person no longer because of it."""
    sending = live_sending(referral)
    if sending is None:
        return
    with wall.opened("referral.end_sending"):
        verb = "recall" if sending.status == "waiting" else "give_back"
        steps.take(sending, verb, by=HOUSE, at=at, subject=sending.member_id, reason=sending.reason or "other")
    let_see_no_more(sending, by=HOUSE, at=at)
    places.free_with(sending, by=HOUSE, at=at)


def _require_working(referral: Referral, by: Actor) -> None:
    """Whoever took it; where somebody elsewhere did, whoever handles it and was told."""
    sending = live_sending(referral)
    if sending is None:
        require_handler(referral, by, SEND)
    else:
        require_provider(sending, by, WORK)


# ── what is missing, asked for once ──


@transaction.atomic
def ask_for_missing(referral: Referral, question: str, *, of: Asking, by: Person, at: datetime) -> None:
    """One question, once, to one who asked. Later it goes on with what is there."""
    require_handler(referral, by, SCREEN)
    if referral.asked_at is not None:
        raise Refused(_asked_already())
    move(referral, "ask", by=by, at=at, question=question, asked_of=of, asked_at=at)


@transaction.atomic
def tell_missing(referral: Referral, answer: str, *, by: Actor, at: datetime) -> None:
    """What was missing is told, by the one who was asked."""
    asking = referral.asked_of
    theirs = by.asking.pk == asking.pk if isinstance(by, AskerAgain) and asking else None
    if theirs is None:
        theirs = bool(asking and asking.person_id and asking.person_id == by.id)
    if not theirs or not by.may(ASK):
        raise refusals.not_allowed(by.label, ASK)
    text = f"{referral.question}\n→ {answer}"
    move(referral, "tell", by=by, at=at, question=text)


# ── a plan or provider that has no place here ──


@transaction.atomic
def send_elsewhere(referral: Referral, to: str, *, by: Person, at: datetime) -> None:
    """It goes out by that partner's own way; our clock runs on."""
    require_handler(referral, by, SEND)
    move(referral, "send_elsewhere", by=by, at=at, elsewhere=to)
    tell_the_state(referral, "send", on=day_of(at), by=by, at=at)


@transaction.atomic
def hear_from_elsewhere(
    referral: Referral,
    *,
    answer: str,
    on: date,
    way: str,
    told_by: str,
    key: str,
    by: Person,
    at: datetime,
    number: str = "",
    until: date | None = None,
    reason: str = "",
) -> Elsewhere:
    """What they told, and who told us. The same form again is the same row."""
    require_handler(referral, by, SEND)
    mark = f"{by.public_id}:{key}"
    with wall.opened("referral.elsewhere"):
        known: Elsewhere | None = Elsewhere.objects.filter(key=mark).first()
        if known:
            return known
        row = Elsewhere(
            referral=referral, member_id=referral.member_id, answer=answer, on=on, way=way, number=number, until=until,
            reason=reason, told_by=told_by, house=referral.elsewhere, kept_by=by, kept_at=at, key=mark,
        )  # fmt: skip
        row.save(force_insert=True)
    trail.wrote(row, "referral.elsewhere", by=by, at=at, subject=referral.member_id)
    _follow(referral, answer, on=on, by=by, at=at)
    return row


def _follow(referral: Referral, answer: str, *, on: date, by: Person, at: datetime) -> None:
    """A refusal brings it back to be sent elsewhere; a start is a start. Anything else is only kept."""
    if referral.status != "elsewhere":
        return
    if answer == "refused":
        move(referral, "return", by=by, at=at)
        tell_the_state(referral, "decline", on=on, by=by, at=at)
    elif answer == "started":
        move(referral, "start", by=by, at=at, started_on=on)
        notices.tell_all(referral, "started", by=by, at=at)
    elif answer == "accepted":
        tell_the_state(referral, "accept", on=on, by=by, at=at)


@transaction.atomic
def confirm(asking: Asking, as_what: str, *, by: Person, at: datetime) -> None:
    """Somebody here made sure what whoever asked is to the person: from now on they learn how it stands in full."""
    require(by, "referral.confirm")
    with wall.opened("referral.confirm"):
        Asking.objects.filter(pk=asking.pk).update(confirmed_as=as_what, confirmed_by=by, confirmed_at=at)
    trail.wrote(asking, "referral.confirm", by=by, at=at, subject=asking.member_id, details={"as": as_what})


@transaction.atomic
def told_another_way(notice: Notice, referral: Referral, *, by: Person, at: datetime) -> None:
    """What could not be written was told by telephone or in person, after somebody looked whether it is safe."""
    concerns(referral, by, CLOSE)
    with wall.opened("referral.told_another_way"):
        Notice.objects.filter(pk=notice.pk, looked_at=None).update(looked_at=at)
    trail.wrote(notice, "referral.told_another_way", by=by, at=at, subject=referral.member_id)


def _asked_already() -> Problem:
    return Problem(
        "asked_already", "something was asked for once already", "whoever asks for help is asked back once, no more",
        "go on with what is there, or find it out another way", Where(path="question"),
    )  # fmt: skip


def _open_already() -> Problem:
    return Problem(
        "open_already", "a newer referral for the same program is open", "one at a time, so that nothing is done twice",
        "go on with the newer one", Where(path="referral"),
    )  # fmt: skip
