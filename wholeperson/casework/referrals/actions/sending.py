"""A referral is looked at, sent to an organization, answered there, and goes back where nobody can take it."""

import json
from datetime import datetime

from django.db import transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.days import day_of
from wholeperson.casework.referrals import links
from wholeperson.casework.referrals.actions import notices, places
from wholeperson.casework.referrals.actions.links import make_link
from wholeperson.casework.referrals.actions.moving import (
    SENT,
    let_see,
    let_see_no_more,
    live_sending,
    move,
    require_handler,
    require_provider,
    tell_the_state,
)
from wholeperson.casework.referrals.holders import HOUSE
from wholeperson.casework.referrals.lifecycle import ANSWER, SCREEN, SEND, WORK
from wholeperson.casework.referrals.models import Asking, Referral, Sending
from wholeperson.record import refusals, steps, trail, wall
from wholeperson.record.actors import Actor
from wholeperson.rules.problems import Problem, Refused, Where


@transaction.atomic
def screen(referral: Referral, *, by: Person, at: datetime, key: str | None = None) -> None:
    """Somebody looked at it: what was told becomes what is known, and it can be sent."""
    require_handler(referral, by, SCREEN)
    move(referral, "screen", by=by, at=at, key=key)
    with wall.opened("referral.screen"):
        askings = list(Asking.objects.filter(asked_for__referral=referral, looked_at=None).select_related("member"))
    for asking in askings:
        take_over(asking, by=by, at=at)


@transaction.atomic
def look_at_asking(asking: Asking, referral: Referral, *, by: Person, at: datetime) -> None:
    """Somebody asked for it when it was on its way already: what they told is looked at by itself, once."""
    require_handler(referral, by, SCREEN)
    if asking.looked_at is None:
        take_over(asking, by=by, at=at)


def take_over(asking: Asking, *, by: Person, at: datetime) -> None:
    """What somebody told of the person becomes known of them, as that somebody's word."""
    told = json.loads(asking.told or "{}")
    source = "member" if asking.standing == "self" else "referrer"
    for fact, value in (told.get("facts") or {}).items():
        members.tell(
            asking.member, fact=fact, value=value, source=source, learnt=day_of(asking.at),
            attested_by=asking.name[:200], by=by, at=at,
        )  # fmt: skip
    digits = "".join(one for one in str(told.get("phone", "")) if one.isdigit())[-10:]
    if len(digits) == 10 and asking.safe_to_contact != "do_not_contact" and by.may("member.register"):
        members.add_phone(asking.member, number=digits, source=source, by=by, at=at)
    with wall.opened("referral.take_over"):
        Asking.objects.filter(pk=asking.pk).update(looked_at=at)
    trail.wrote(asking, "referral.take_over", by=by, at=at, subject=asking.member_id)


@transaction.atomic
def send(
    referral: Referral,
    organisation: Organisation,
    *,
    by: Person,
    at: datetime,
    address: links.Address,
    key: str | None = None,
) -> Sending:
    """To one organization, which answers signed in, or by a link to its verified mailbox."""
    require_handler(referral, by, SEND)
    made = Sending(referral=referral, member_id=referral.member_id, organisation=organisation, sent_by=by, sent_at=at)
    move(referral, "send", by=by, at=at, key=key)
    with wall.opened("referral.send"):
        steps.begin(made, by=by, at=at, subject=referral.member_id, due_at=referral.due_at)
    let_see(referral, organisation_id=organisation.pk, scope="minimal", kind=SENT, about=made.pk, by=by, at=at)
    tell_the_state(referral, "send", on=day_of(at), by=by, at=at, sending=made)
    places.hold_with(made, referral, by=by, at=at)
    make_link(made, by=by, at=at, address=address)
    return made


@transaction.atomic
def accept(sending: Sending, *, by: Actor, name: str, at: datetime, key: str | None = None) -> Referral:
    """The organization takes it: it may see what care needs, and calls the person next."""
    require_provider(sending, by, ANSWER)
    referral = _of(sending)
    with wall.opened("referral.accept"):
        steps.take(
            sending, "accept", by=by, at=at, key=key, subject=sending.member_id, answered_by=name, answered_at=at
        )
    move(referral, "accept", by=by, at=at, key=key, provider_id=sending.organisation_id)
    let_see(referral, organisation_id=sending.organisation_id, scope="care", kind=SENT, about=sending.pk, by=by, at=at)
    tell_the_state(referral, "accept", on=day_of(at), by=by, at=at, sending=sending)
    places.take_with(sending, by=by, at=at)
    notices.tell_all(referral, "assigned", by=by, at=at)
    return referral


@transaction.atomic
def decline(
    sending: Sending, *, by: Actor, name: str, reason: str, note: str = "", at: datetime, key: str | None = None
) -> Referral:
    """The organization cannot take it: it goes back to whoever chooses, with everything that was told."""
    require_provider(sending, by, ANSWER)
    referral = _of(sending)
    with wall.opened("referral.decline"):
        steps.take(
            sending, "decline", by=by, at=at, key=key, subject=sending.member_id, answered_by=name, answered_at=at,
            reason=reason, note=note,
        )  # fmt: skip
    move(referral, "decline", by=by, at=at, key=key)
    let_see_no_more(sending, by=by, at=at)
    places.free_with(sending, by=by, at=at)
    tell_the_state(referral, "decline", on=day_of(at), by=by, at=at, sending=sending)
    return referral


@transaction.atomic
def give_back(referral: Referral, *, by: Actor, reason: str, note: str = "", at: datetime) -> None:
    """Who had taken it cannot go on: somebody else is chosen."""
    sending = _live(referral)
    require_provider(sending, by, WORK)
    with wall.opened("referral.give_back"):
        steps.take(sending, "give_back", by=by, at=at, subject=sending.member_id, reason=reason, note=note)
    move(referral, "give_back", by=by, at=at, provider_id=None)
    let_see_no_more(sending, by=by, at=at)
    tell_the_state(referral, "decline", on=day_of(at), by=by, at=at, sending=sending)


@transaction.atomic
def recall(referral: Referral, *, by: Person, at: datetime) -> None:
    """Whoever sent it takes it back before it was answered."""
    require_handler(referral, by, SEND)
    sending = _live(referral)
    move(referral, "recall", by=by, at=at)
    _end(sending, "recall", by=HOUSE, at=at)


def _end(sending: Sending, verb: str, *, by: Actor, at: datetime) -> None:
    with wall.opened("referral.end_sending"):
        steps.take(sending, verb, by=by, at=at, subject=sending.member_id)
    let_see_no_more(sending, by=by, at=at)
    places.free_with(sending, by=by, at=at)


def pass_on_unanswered(*, at: datetime) -> int:
    """What was due and nobody answered goes back to whoever chooses, or to a person's eyes; the schedule calls it."""
    with wall.opened("referral.lapse"):
        late = list(Referral.objects.filter(status__in=("sent", "asked"), due_at__lte=at).order_by("due_at")[:200])
    for referral in late:
        _pass_on(referral, at)
    return len(late)


@transaction.atomic
def _pass_on(referral: Referral, at: datetime) -> None:
    try:
        if referral.status == "asked":
            move(referral, "go_on", by=HOUSE, at=at)
            return
        sending = live_sending(referral)
        move(referral, "lapse", by=HOUSE, at=at)
        if sending:
            _end(sending, "lapse", by=HOUSE, at=at)
    except refusals.Overtaken:  # answered in this very moment
        return


def _live(referral: Referral) -> Sending:
    sending = live_sending(referral)
    if sending is None:
        raise Refused(_nobody())
    return sending


def _of(sending: Sending) -> Referral:
    with wall.opened("referral.of_sending"):
        found: Referral = Referral.objects.select_related("member", "handled_by").get(pk=sending.referral_id)
    return found


def _nobody() -> Problem:
    return Problem(
        "not_sent", "nobody has this referral now", "it is with whoever chooses where it goes",
        "open it again and see where it stands", Where(path="referral"),
    )  # fmt: skip
