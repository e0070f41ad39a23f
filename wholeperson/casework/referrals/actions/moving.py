"""Taking a step of a referral, with its clock and with what the State is told of it; and who may, of this one."""

from datetime import date, datetime
from typing import Any

from wholeperson.access.models import Person
from wholeperson.casework.members.actions.reasons import end_reasons, open_reason
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Contact, Relationship
from wholeperson.casework.referrals import clocks
from wholeperson.casework.referrals.holders import HOUSE, LinkHolder
from wholeperson.casework.referrals.lifecycle import LIVE, REFERRAL
from wholeperson.casework.referrals.models import Referral, Sending, StateStatus
from wholeperson.casework.referrals.state import SAID_BY, exempt
from wholeperson.record import refusals, steps, wall
from wholeperson.record.actors import Actor

KIND, SENT = "referral", "referral_sending"  # what a reason to see somebody is about


def move(referral: Referral, verb: str, *, by: Actor, at: datetime, key: str | None = None, **changes: Any) -> None:
    """Take the step; where the State hears of it, keep its status too."""
    found = REFERRAL.find(verb, referral.status)
    due = clocks.due(found.clock, at, referral.urgency) if found and found.clock else None
    with wall.opened("referral.step"):
        steps.take(referral, verb, by=by, at=at, due_at=due, key=key, subject=referral.member_id, **changes)


def tell_the_state(
    referral: Referral, verb: str, *, on: date, by: Actor, at: datetime, sending: Sending | None = None,
    contact: Contact | None = None,
) -> None:  # fmt: skip
    """The State's status that this step makes true, from that day on."""
    if verb not in SAID_BY or exempt(referral.programme):
        return
    status = SAID_BY[verb]
    with wall.opened("referral.state"):
        row = StateStatus(
            referral=referral, member_id=referral.member_id, status=status, on=on, told_by=by.label[:200],
            reason=referral.closure_reason if status == "referral_loop_closed" else "",
            organisation_id=sending.organisation_id if sending else None, kept_at=at,
            contact=contact,
        )  # fmt: skip
        row.save(force_insert=True)


def live_sending(referral: Referral) -> Sending | None:
    with wall.opened("referral.live"):
        return referral.sendings.filter(status__in=LIVE).select_related("organisation").first()


def let_see(
    referral: Referral, *, organisation_id: Any, scope: str, kind: str, about: Any, by: Actor, at: datetime
) -> None:
    """An organization may see the person because of this referral."""
    reason = Relationship(
        member_id=referral.member_id, organisation_id=organisation_id, reason="referral", scope=scope,
        since=day_of(at), about_kind=kind, about_id=about,
    )  # fmt: skip
    open_reason(reason, by=by, at=at)


def let_see_no_more(sending: Sending, *, by: Actor, at: datetime) -> None:
    end_reasons(SENT, sending.pk, by=by, at=at)


def require_handler(referral: Referral, by: Actor, word: str) -> None:
    """Only for whoever handles this very referral, in a role that may."""
    theirs = by.standing.organisations_where(word) if isinstance(by, Person) else ()
    if by is not HOUSE and referral.handled_by_id not in theirs:
        raise refusals.not_allowed(by.label, word)


def require_provider(sending: Sending, by: Actor, word: str) -> None:
    """Only for the organization that it was sent to: somebody of theirs, or whoever holds its link."""
    if isinstance(by, LinkHolder):
        theirs = by.sending.pk == sending.pk and by.may(word)
    else:
        theirs = isinstance(by, Person) and sending.organisation_id in by.standing.organisations_where(word)
    if not theirs:
        raise refusals.not_allowed(by.label, word)


def concerns(referral: Referral, by: Actor, word: str) -> None:
    """For whoever handles it or has it now."""
    sending = live_sending(referral)
    if sending and isinstance(by, (LinkHolder, Person)):
        if isinstance(by, LinkHolder) and by.sending.pk == sending.pk:
            return
        if isinstance(by, Person) and sending.organisation_id in by.standing.organisations_where(word):
            return
    require_handler(referral, by, word)
