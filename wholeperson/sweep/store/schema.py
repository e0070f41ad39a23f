"""The tables of a store: names, columns and their types. A day is days since 1970-01-01; null is not known."""

from datetime import date
from typing import Final

EPOCH: Final = date(1970, 1, 1).toordinal()
STILL: Final = date.max.toordinal() - EPOCH  # a spell that still runs
BEFORE: Final = date.min.toordinal() - EPOCH  # a beginning that nobody told

# Rows read at once. A scan would like them larger; whoever explains one member reads one such group of each table.
ROW_GROUP: Final = 8192

TABLES: Final[dict[str, dict[str, str]]] = {
    "members": {
        "no": "int32", "member_id": "string", "birth": "int32", "death": "int32", "county": "string",
        "languages": "string", "race_ethnicity": "string", "sex": "string", "complete_class": "int16",
        "fingerprint": "int64",
    },
    "coverage": {
        "no": "int32", "begins": "int32", "ends": "int32", "plan": "string", "county": "string", "aid_code": "string",
        "share_of_cost": "string",
    },
    "spans": {"no": "int32", "first": "int32", "last": "int32"},
    "values": {"value": "int32", "fact": "string", "json": "string"},
    "statements": {
        "no": "int32", "at": "int32", "value": "int32", "begins": "int32", "ends": "int32", "learnt": "int32",
        "source": "int16", "attested_by": "string",
    },
    "happenings": {
        "no": "int32", "at": "int32", "event": "int16", "begins": "int32", "ends": "int32", "avoidable": "boolean",
        "unplanned": "boolean", "about": "int16", "term": "int16", "facility_type": "int16", "adjudication": "int16",
        "program": "int16", "expected_release": "int32", "code": "string", "modifiers": "string", "units": "int32",
        "cents": "int32", "source": "int16", "id": "string", "learnt": "int32",
    },
    "diagnoses": {
        "no": "int32", "begins": "int32", "ends": "int32", "sets": "int64", "code": "string", "source": "int16",
        "id": "string",
    },
}  # fmt: skip

# Attributes kept as an index into the store's list of words.
WORDED: Final = ("about", "term", "facility_type", "adjudication", "program")


def number(day: date) -> int:
    """The day as the store keeps it."""
    return day.toordinal() - EPOCH


def day(count: int) -> date:
    """The day that the store keeps as this number."""
    return date.fromordinal(count + EPOCH)
