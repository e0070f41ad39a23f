"""Reading somebody's record: kept in the trail with the relationship that allowed it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from wholeperson.access.models import Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.models import Member
from wholeperson.record import trail


def look_at(
    member: Member | str, *, by: Person, at: datetime, verb: str = "member.look_at", depth: str = "minimal",
    from_afar: bool = False,
) -> queries.Sight | None:  # fmt: skip
    """Open a member's record, also by its public id: how far this person may look, and why.

    None if not so deep, or, `from_afar`, if they are family or a friend.
    """
    sight = queries.seen_by(by, member) if isinstance(member, str) else queries.sight(by, member)
    if sight is None or not sight.reaches(depth):
        return None
    found = sight.row.member
    if from_afar and queries.is_near(by, found):
        return None
    trail.read(found, verb, by=by, at=at, subject=found.pk, because=sight.because)
    return sight


def look_at_list(
    shown: Iterable[Any], verb: str, *, by: Person, at: datetime, how: Mapping[str, Any] | None = None
) -> None:
    """Keep which members a list showed, each with the relationship that allowed it. One row for the whole list.

    `shown` are rows of `queries.members_for`.
    """
    because = {str(member.pk): str(member.because_id) for member in shown}
    trail.read(by, verb, by=by, at=at, details={**(how or {}), "count": len(because), "because": because})
