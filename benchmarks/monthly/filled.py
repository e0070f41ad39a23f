"""A provider with so many members of one plan, their months' files, and the contacts that a team writes down."""

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection

FIRST, SECOND = "2026-10", "2026-11"
NEEDED = {"first_name": "Rosa", "last_name": "Delgado", "birth_date": date(1980, 3, 9)}
DAYS = ("authorization_start", "authorization_end")
# shapes that `record_contact` writes, without the action: a scene to measure in, which proves nothing
CONTACTS = """
INSERT INTO members_contact (id, public_id, member_id, organisation_id, person_id, happened_at, kept_at, method,
  purpose, place, minutes, clinical, successful, note, key)
SELECT gen_random_uuid(), 'cnt-' || lpad(to_hex(row_number() OVER ()), 10, '0'), c.member_id, c.organisation_id,
  %(person)s, %(now)s::timestamptz - n * interval '9 days', %(now)s, 'phone', 'care', '', 10, false, n %% 3 > 0, '',
  'bench ' || row_number() OVER ()
FROM care_case c CROSS JOIN generate_series(1, %(each)s) n WHERE c.organisation_id = %(organisation)s
"""
LEADS = """
WITH led AS (
  UPDATE care_case SET lead_id = %(person)s WHERE organisation_id = %(organisation)s AND lead_id IS NULL
    AND public_id < 'ecm-t' RETURNING id, member_id, assigned_on)
INSERT INTO care_lead (id, case_id, member_id, person_id, since, kept_at)
SELECT gen_random_uuid(), id, member_id, %(person)s, assigned_on, %(now)s FROM led
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
    said = {"organisation": organisation.pk, "person": lead.pk, "now": now, "each": each}
    with connection.cursor() as cursor:
        cursor.execute(LEADS, said)
        cursor.execute("DELETE FROM members_contact WHERE key LIKE 'bench %%'", {})
        cursor.execute(CONTACTS, said)
        cursor.execute("ANALYZE")
