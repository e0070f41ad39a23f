"""A provider with so many members of one plan, their months' files, and the contacts that a team writes down."""

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection

FIRST, SECOND = "2026-10", "2026-11"
NEEDED = {"first_name": "Rosa", "last_name": "Delgado", "birth_date": date(1980, 3, 9)}
DAYS = ("authorization_start", "authorization_end")
AT_ONCE = 50_000  # contacts whose rows are told to the database together
LEADS = """
WITH led AS (
  UPDATE care_case SET lead_id = %(person)s WHERE organisation_id = %(organisation)s AND lead_id IS NULL
    AND public_id < 'ecm-t' RETURNING id, member_id, assigned_on)
INSERT INTO care_lead (id, case_id, member_id, person_id, since, kept_at)
SELECT gen_random_uuid(), id, member_id, %(person)s, assigned_on, %(now)s FROM led
"""
# what the triggers do with each contact, done once for all
REACHED = """
UPDATE care_case c SET reached_at = k.at FROM (
  SELECT member_id, organisation_id, max(happened_at) AS at FROM members_contact
  WHERE organisation_id = %(organisation)s AND successful AND struck_at IS NULL GROUP BY 1, 2) k
WHERE c.member_id = k.member_id AND c.organisation_id = k.organisation_id
"""


def told(layout: Any, many: int, seed: int, period: str) -> Iterator[Mapping[str, Any]]:
    """Rows of a month's file: the same people for the same seed."""
    from wholeperson.formats.files.sample import records

    for row in records(layout, many, seed):
        said = {key: value for key, value in row.items() if value is not None and key not in DAYS}
        yield {**NEEDED, **said, "period": period}


def file_of(layout: Any, many: int, seed: int, period: str, kind: str) -> bytes:
    from wholeperson.formats.files.writing import write

    out = io.BytesIO()
    write(layout, told(layout, many, seed, period), out, kind)
    return out.getvalue()


def work(organisation: Any, lead: Any, each: int, now: datetime) -> None:
    """A lead for four in five, and so many contacts for everybody."""
    with connection.cursor() as cursor:
        cursor.execute(LEADS, {"organisation": organisation.pk, "person": lead.pk, "now": now})
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE members_contact DISABLE TRIGGER USER")
    for some in batched(_contacts(organisation, lead, each, now), AT_ONCE):
        copy(some)
        copy([_trace(contact, lead) for contact in some])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE members_contact ENABLE TRIGGER USER")
        cursor.execute(REACHED, {"organisation": organisation.pk})
        cursor.execute("VACUUM ANALYZE")  # as in a database that has stood for years


def _contacts(organisation: Any, lead: Any, each: int, now: datetime) -> Iterator[Any]:
    """What `record_contact` keeps, the oldest first as they are written down: everybody once in nine days."""
    from wholeperson.casework.care.models import Case
    from wholeperson.casework.members.models import Contact

    members = list(Case.objects.filter(organisation=organisation).values_list("member", flat=True).order_by("pk"))
    for turn in range(each, 0, -1):
        for at, member in enumerate(members):
            happened = now - timedelta(days=9 * turn, seconds=at % 28_800)
            made = Contact(
                member_id=member, organisation=organisation, person=lead, happened_at=happened,
                kept_at=happened + timedelta(minutes=20), method="phone", purpose="care", minutes=10,
                successful=turn % 3 > 0,
            )  # fmt: skip
            made.key = f"{lead.public_id}:{made.pk}"
            yield made


def _trace(contact: Any, by: Any) -> Any:
    from wholeperson.record import trail

    made = trail.row("wrote", contact, "contact.record", by=by, at=contact.kept_at, subject=contact.member_id)
    made.sign()
    return made


def batched(rows: Iterator[Any], many: int) -> Iterator[list[Any]]:
    while some := list(islice(rows, many)):
        yield some


def copy(rows: list[Any]) -> None:
    """Rows of one model as they are, without a question for each; their values are what the driver knows."""
    fields = rows[0]._meta.concrete_fields
    columns, names = ", ".join(f'"{field.column}"' for field in fields), [field.attname for field in fields]
    told = f'COPY "{rows[0]._meta.db_table}" ({columns}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(told) as into:
        for row in rows:
            values = (row.__dict__[name] for name in names)
            into.write_row(["{}" if value == {} else value for value in values])
