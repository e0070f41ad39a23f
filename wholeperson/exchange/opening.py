"""Opening balances: a provider's own list of open cases, looked at beside our records before it is taken over."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.care import queries as care
from wholeperson.formats.files.findings import Objection, Record
from wholeperson.formats.files.values import WARNING

ENROLLED = "enrolled"


def leads(organisation: Organisation, today: date) -> dict[str, Person]:
    """Who may lead somebody's care there, by email."""
    return {person.email.casefold(): person for person in care.leads_at(organisation, today)}


def lead_of(row: Record, known: dict[str, Person]) -> Person | None:
    return known.get(str(row.values.get("lcm_email") or "").casefold())


def sense_of(organisation: Organisation, today: date) -> Any:
    """What keeps a row from being an open case, and what to look at twice."""
    known = leads(organisation, today)

    def sense(batch: Sequence[Record]) -> Iterator[Objection]:
        for row in batch:
            yield from _days(row, today)
            if row.values.get("lcm_email") and lead_of(row, known) is None:
                yield Objection(
                    row.row, "lcm_email", "nobody with this email leads care in your organization",
                    "give them the role first, or name somebody after loading; the row is loaded without",
                    tuple(sorted(known)[:8]), severity=WARNING,
                )  # fmt: skip
            if row.values.get("units_used") and not row.values.get("service"):
                yield Objection(
                    row.row, "units_used", "units are counted for a Community Support, and none is named",
                    "name the Community Support; the units are left out", severity=WARNING,
                )  # fmt: skip

    return sense


def _days(row: Record, today: date) -> Iterator[Objection]:
    for key in ("assigned_on", "enrollment_start"):
        if (day := row.values.get(key)) and isinstance(day, date) and day > today:
            yield Objection(row.row, key, "this day has not come yet", "look at the day again; the row is set aside")
    if row.values.get("ecm_status") == ENROLLED and not row.values.get("enrollment_start"):
        yield Objection(
            row.row, "enrollment_start", "an enrolled person has a first day", "write the day of enrollment"
        )
