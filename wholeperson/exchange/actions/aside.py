"""A row that cannot be kept, and why: it is set aside whole, and the others go on."""

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

from wholeperson.formats.files.findings import Objection, Record
from wholeperson.rules.problems import Refused

CANNOT_BE_KEPT = (Refused, ValidationError, IntegrityError, DataError)
FIELDS = {"given_name": "first_name", "family_name": "last_name"}  # of a member, and the key of a file for it


def set_aside(row: Record, why: Exception) -> Objection:
    """The reason in words, and in which column it lies as far as anybody can tell."""
    if isinstance(why, Refused):
        first = why.problems[0]
        return Objection(row.row, None, first.problem, first.do, first.allowed)
    if isinstance(why, ValidationError):
        field, said = next(iter(why.message_dict.items()))
        key = FIELDS.get(field, field)
        return Objection(row.row, key, f"this cannot be kept: {' '.join(said)}", "ask the plan to write it differently")
    return Objection(
        row.row, None, "this row does not go with what is kept by now", "load the file again, and ask if it stays"
    )
