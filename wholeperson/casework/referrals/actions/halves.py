"""Forms that somebody keeps for later: encrypted, theirs alone, and forgotten after thirty days."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.referrals import clocks
from wholeperson.casework.referrals.lifecycle import ASK
from wholeperson.casework.referrals.models import HalfDone
from wholeperson.record import trail, wall
from wholeperson.record.actors import require

NEVER = ("csrfmiddlewaretoken", "later", "key", "kept")


@transaction.atomic
def keep_half(typed: Mapping[str, Sequence[str]], *, by: Person, at: datetime, instead: str = "") -> HalfDone:
    """What was typed so far; a newer one takes the place of the one it was begun from."""
    require(by, ASK)
    drop_half(instead, by=by)
    fields = {name: list(values) for name, values in typed.items() if name not in NEVER}
    row = HalfDone(person=by, content=json.dumps(fields, ensure_ascii=False), at=at)
    with wall.opened("referral.keep_half"):
        row.save(force_insert=True)
    trail.wrote(row, "referral.keep_half", by=by, at=at)
    return row


@transaction.atomic
def drop_half(public_id: str, *, by: Person) -> None:
    with wall.opened("referral.drop_half"):
        HalfDone.objects.filter(person=by, public_id=public_id).delete()


@transaction.atomic
def forget_halves(*, at: datetime) -> int:
    """What nobody came back for; the schedule calls it once a day."""
    with wall.opened("referral.forget_halves"):
        return HalfDone.objects.filter(at__lte=at - timedelta(days=clocks.DRAFT_DAYS)).delete()[0]
