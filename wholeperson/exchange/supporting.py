"""The rows of a month's Community Supports return file: how each referral stands, in the State's words."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from wholeperson.access.models import Organisation
from wholeperson.casework.authorizations import queries
from wholeperson.casework.authorizations.standing import Standing
from wholeperson.casework.care.queries import next_month
from wholeperson.casework.providers import asked
from wholeperson.exchange import names
from wholeperson.exchange.homes import new_homes
from wholeperson.formats.files.layout import Layout
from wholeperson.formats.files.values import Value

EXEMPT = "cs.sobering_center"  # help within a day, and no closed loop is asked of it


def rows(
    layout: Layout, organisation: Organisation, plan: Organisation, month: date, known_at: datetime
) -> Iterator[dict[str, Value]]:
    """One for each authorization that the month still speaks of, by CIN and service."""
    last = next_month(month) - timedelta(days=1)
    for found in queries.supports_at(organisation, plan, month, last, known_at):
        yield from _of_some(found, organisation, month, known_at)


def _of_some(
    found: list[queries.Support], organisation: Organisation, month: date, known_at: datetime
) -> Iterator[dict[str, Value]]:
    moved = new_homes(organisation, [one.member_id for one, *_ in found], month, known_at)
    named = names.columns((one.member for one, *_ in found), month, known_at)
    for one, told, stood, cin in found:
        row: dict[str, Value] = {
            "cin": cin, **named[one.member_id], "authorization_number": told.number or None,
            "service": service(one.programme), **moved.get(one.member_id, {}),
        }  # fmt: skip
        yield row if one.programme == EXEMPT else {**row, **_referral(stood, told.on)}


def _referral(stood: list[Standing], told_on: date) -> dict[str, Value]:
    """Pending since the plan told of it, where nobody answered yet."""
    if not stood:
        return {"referral_status": "pending", "referral_status_date": told_on}
    last = stood[-1]
    return {
        "referral_status": last.status, "referral_status_date": last.since, "closure_reason": last.closure or None,
    }  # fmt: skip


def service(programme: str) -> str:
    """Its name in the policy, in English: a file has one language."""
    found = asked.policy().programmes.get(programme)
    return found.name if found else programme
