"""The rows of a month's Return Transmission File: a pure projection of what was recorded, and of nothing else.

What is counted: a contact is told when the member was reached; an attempt belongs to the outreach file.
"""

from collections.abc import Iterator
from datetime import date, datetime

from wholeperson.access.models import Organisation
from wholeperson.casework.care import queries
from wholeperson.casework.care.queries import Month
from wholeperson.exchange import names, outreach, spoken
from wholeperson.exchange.homes import new_homes
from wholeperson.formats.files.layout import Layout
from wholeperson.formats.files.values import Value

AT_A_DISTANCE = ("phone", "video")
# what ended before anybody enrolled: the reason for which the referral's loop closed
CLOSED = {
    "declined": "no_longer_needs_or_declines", "no_longer_wishes": "no_longer_needs_or_declines",
    "unable_to_reach": "unable_to_reach",
    "unable_to_connect": "unable_to_reach", "lost_medi_cal": "no_longer_eligible",
    "switched_plan": "no_longer_eligible", "moved_out_of_country": "no_longer_eligible",
    "moved_out_of_county": "no_longer_eligible", "not_reauthorized": "no_longer_eligible",
}  # fmt: skip
TOLD = {"assigned": "outreach"}  # the file has one word for both


def rows(
    layout: Layout, organisation: Organisation, plan: Organisation, month: date, known_at: datetime
) -> Iterator[dict[str, Value]]:
    """One for each member; where the layout has the attempts in it, one for each of those."""
    for found in queries.months(organisation, plan, month, known_at=known_at):
        yield from _of_some(found, layout, organisation, month, known_at)


def _of_some(
    found: list[Month], layout: Layout, organisation: Organisation, month: date, known_at: datetime
) -> Iterator[dict[str, Value]]:
    members = [one.case.member_id for one in found]
    moved = new_homes(organisation, members, month, known_at)
    speaks = spoken.columns(layout, members, known_at)
    named = names.columns((one.case.member for one in found), month, known_at)
    for one in found:
        member = one.case.member_id
        told = {**_of_one(one), **named[member], **moved.get(member, {}), **speaks.get(member, {})}
        if "outreach_date" in layout.by_key:
            yield from ({**told, **attempt} for attempt in outreach.beside(one))
        else:
            yield told


def _of_one(one: Month) -> dict[str, Value]:
    standing = one.standing
    enrolled = next((row.since for row in one.standings if row.status == "enrolled"), None)
    ended = standing.since if standing.status == "discontinued" else None
    told: dict[str, Value] = {
        "cin": one.cin, "ecm_status": TOLD.get(standing.status, standing.status), "enrollment_start": enrolled,
        "enrollment_end": ended if enrolled else None, "lcm_name": one.lead.name if one.lead else None,
        "lcm_email": one.lead.email if one.lead else None, "discontinued": ended,
        "discontinuation_code": standing.reason or None if ended else None,
        "in_person": sum(contact.method == "in_person" for contact in one.seen),
        "telephonic": sum(contact.method in AT_A_DISTANCE for contact in one.seen),
        "last_encounter": max((queries.on(contact) for contact in one.seen), default=None),
        "care_plan_revised": one.plan_changed,
        "authorization_number": one.authorization_number or None,
    }  # fmt: skip
    return {**told, **_referral(one, enrolled)}


def _referral(one: Month, enrolled: date | None) -> dict[str, Value]:
    """How the referral stands: closed by the first end there was, and an enrolment is what it asked for."""
    status, since, reason = "pending", one.standings[0].since, None
    for row in one.standings:
        if row.status == "outreach":
            status, since, reason = "outreach_initiated", row.since, None
        elif row.status != "assigned":
            status, since = "referral_loop_closed", row.since
            reason = "services_received" if row.status == "enrolled" else _why(row.status, row.reason)
        if row.status == "enrolled":
            break
    return {"referral_status": status, "referral_status_date": enrolled or since, "closure_reason": reason}


def _why(status: str, reason: str) -> str:
    return CLOSED.get(reason or status, "other")


def missing(one: Month) -> Iterator[str]:
    """What a row still lacks: words of `presenters.MISSING`."""
    if not one.cin:
        yield "cin"
    if one.lead is None:
        yield "lead"
    if not one.contacts:
        yield "contact"
