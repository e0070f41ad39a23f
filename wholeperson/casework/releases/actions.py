"""The only writes to when somebody leaves a facility."""

from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wholeperson.access.models import Person
from wholeperson.casework.members.actions.reasons import close_reason, end_all, open_reason
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Relationship
from wholeperson.casework.releases.models import Leaving
from wholeperson.casework.releases.queries import FACILITY_CASE, HANDING_OVER, TELL, has_left
from wholeperson.record import trail, wall
from wholeperson.record.actors import require


@transaction.atomic
def tell(stay: Relationship, day: date | None, *, by: Person, at: datetime, left: bool = False) -> Leaving:
    """The day on which they leave, or left; none where it is not known any more, or not yet.

    Whoever left is seen no longer than handing over takes; of whom it is unsaid, again.
    """
    require(by, TELL)
    with wall.opened("release.tell"):
        if not left and has_left(stay):
            stay = _back(stay, by, at)
        made = Leaving(
            member_id=stay.member_id, facility_id=cast("UUID", stay.organisation_id), stay=stay, day=day,
            has_left=left, on=day_of(at), person=by, kept_at=at,
        )  # fmt: skip
        made.save(force_insert=True)
        if left and day:
            _over(stay, day, by, at)
    trail.wrote(made, "release.tell", by=by, at=at, subject=stay.member_id)
    return made


def _over(stay: Relationship, day: date, by: Person, at: datetime) -> None:
    """The stay ends, and at once what stands open beside it of one before."""
    close_reason(stay, until=day + HANDING_OVER, by=by, at=at)
    alive, same = Q(ends_at=None) | Q(ends_at__gt=at), {"member": stay.member_id, "organisation": stay.organisation_id}
    beside = Relationship.objects.filter(alive, reason=FACILITY_CASE, since__lte=day, **same).exclude(pk=stay.pk)
    end_all(beside, by=by, at=at)


def _back(stay: Relationship, by: Person, at: datetime) -> Relationship:
    """They did not leave after all: the same stay, open again."""
    same = {
        field: getattr(stay, field) for field in ("member", "organisation", "scope", "since", "about_kind", "about_id")
    }
    return open_reason(Relationship(reason=FACILITY_CASE, **same), by=by, at=at)
