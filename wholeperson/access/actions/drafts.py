"""Half-filled forms: kept for one person, given back to them, and forgotten."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from wholeperson.access.models import Draft, Person
from wholeperson.record import trail

KEPT_FOR = timedelta(hours=12)


@transaction.atomic
def keep_draft(person: Person, address: str, fields: Mapping[str, Sequence[str]], *, at: datetime) -> Draft:
    """One draft for each form; a newer one replaces it."""
    row, _ = Draft.objects.update_or_create(
        person=person, address=address, defaults={"content": json.dumps(dict(fields)), "at": at}
    )
    trail.wrote(row, "draft.keep", by=person, at=at)
    return row


def drop_draft(person: Person, address: str) -> None:
    Draft.objects.filter(person=person, address=address).delete()


def forget_drafts(*, at: datetime) -> int:
    """What nobody came back for; the schedule does this every hour."""
    return Draft.objects.filter(at__lte=at - KEPT_FOR).delete()[0]
