"""The legal name in a month's file: the one that was theirs by its end, as it was known when the file was made."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from wholeperson.casework.care.queries import next_month
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.naming import named_then
from wholeperson.formats.files.values import Value


def columns(members: Iterable[Member], month: date, known_at: datetime) -> dict[UUID, Mapping[str, Value]]:
    last = next_month(month) - timedelta(days=1)
    return {
        key: {"first_name": given, "last_name": family}
        for key, (given, family) in named_then(members, on=last, known_at=known_at).items()
    }
