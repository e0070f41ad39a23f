"""A place goes with a referral: held when it is sent, taken when it is accepted, free again when it comes back.

Where nothing that counts is free, or nobody said lately what is, the referral goes without: only the organization
knows.
"""

from datetime import datetime

from wholeperson.casework.providers import actions as providers
from wholeperson.casework.providers.actions.room import HOLDING
from wholeperson.casework.providers.models import Hold, Service
from wholeperson.casework.referrals.holders import HOUSE
from wholeperson.casework.referrals.models import Referral, Sending
from wholeperson.record.actors import Actor
from wholeperson.rules.problems import Refused


def hold_with(sending: Sending, referral: Referral, *, by: Actor, at: datetime) -> Hold | None:
    """One of the organization's places for two hours, where its service has one."""
    there = Service.objects.listed().giving(referral.programme).filter(organisation=sending.organisation_id)
    for service in there.order_by("pk"):
        try:
            return providers.hold(service, reference=sending.public_id, by=_holder(by), at=at)
        except Refused:  # no room by what was said lately
            continue
    return None


def held_with(sending: Sending) -> Hold | None:
    found: Hold | None = Hold.objects.filter(reference=sending.public_id, status="held").order_by("made_at").last()
    return found


def take_with(sending: Sending, *, by: Actor, at: datetime) -> None:
    """They come: one place less is free."""
    held = held_with(sending)
    if held:
        providers.take_place(held, by=_holder(by), at=at)


def free_with(sending: Sending, *, by: Actor, at: datetime) -> None:
    """They do not come: it is free again at once."""
    held = held_with(sending)
    if held:
        providers.let_go(held, by=_holder(by), at=at)


def _holder(by: Actor) -> Actor:
    """Whoever answers by link may hold nothing themselves; their answer moves the place all the same."""
    return by if by.may(HOLDING) else HOUSE
