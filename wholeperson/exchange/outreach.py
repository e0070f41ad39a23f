"""The Outreach Tracker of a month: one row for each attempt to tell somebody of care management, whatever came of it.

Where a plan's return file carries the attempts itself, its rows are made here too.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from wholeperson.access.models import Organisation
from wholeperson.casework.care import queries
from wholeperson.casework.care.queries import Month
from wholeperson.casework.members.models import Contact
from wholeperson.exchange import names
from wholeperson.formats.files.layout import Layout
from wholeperson.formats.files.values import Value

PURPOSE = "outreach"


def rows(
    layout: Layout, organisation: Organisation, plan: Organisation, month: date, known_at: datetime
) -> Iterator[dict[str, Value]]:
    """In the order of the members' CINs, and of time."""
    for found in queries.months(organisation, plan, month, known_at=known_at):
        named = names.columns((one.case.member for one in found), month, known_at)
        for one in found:
            yield from _of_one(one, named[one.case.member_id])


def _of_one(one: Month, called: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
    for contact in attempts(one):
        yield {
            "cin": one.cin, "member_name": f"{called['first_name']} {called['last_name']}",
            "provider_type": "clinical" if contact.clinical else "non_clinical",
            "attempt_date": queries.on(contact), "method": contact.method, "successful": contact.successful,
            "minutes": contact.minutes,
        }  # fmt: skip


def attempts(one: Month) -> list[Contact]:
    return [contact for contact in one.contacts if contact.purpose == PURPOSE]


def beside(one: Month) -> Iterator[dict[str, Value]]:
    """What each attempt adds to a member's row of a return file; nothing, once, where there was none."""
    found = attempts(one)
    if not found:
        yield {}
    for contact in found:
        yield {
            "outreach_date": queries.on(contact), "outreach_method": contact.method, "minutes": contact.minutes,
            "outreach_reason": "Outreach for Enhanced Care Management",
            "outreach_outcome": "Reached the member" if contact.successful else "Did not reach the member",
        }  # fmt: skip
