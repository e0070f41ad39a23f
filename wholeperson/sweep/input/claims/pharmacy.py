"""Pharmacy claims: checked and counted. Nothing in the policy rests on them, and the report says so."""

from pathlib import Path

from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.database import Connection
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import Parts
from wholeperson.sweep.input.staging import MEMBER_JOIN, Query, source, stage, unknown_member


def stage_pharmacy(found: Found, lists: Lists, parts: Parts, connection: Connection) -> Path:
    """The checked rows."""
    query = Query((("no", "no"),), MEMBER_JOIN, (unknown_member(found),))
    rows = source(found, parts, connection).rows
    return parts.query(connection, "pharmacy_claim-staged.parquet", stage(found, lists, rows, query))
