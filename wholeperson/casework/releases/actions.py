"""The only writes to when somebody leaves a facility."""

from datetime import date, datetime

from django.db import transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member
from wholeperson.casework.releases.models import Leaving
from wholeperson.casework.releases.queries import TELL
from wholeperson.record import trail, wall
from wholeperson.record.actors import require


@transaction.atomic
def tell(
    member: Member, day: date | None, *, facility: Organisation, by: Person, at: datetime, has_left: bool = False
) -> Leaving:
    """The day on which they leave, or did where they have left; none where it is not known any more, or not yet."""
    require(by, TELL)
    made = Leaving(member=member, facility=facility, day=day, has_left=has_left, on=day_of(at), person=by, kept_at=at)
    with wall.opened("release.tell"):
        made.save(force_insert=True)
    trail.wrote(made, "release.tell", by=by, at=at, subject=member.pk)
    return made
