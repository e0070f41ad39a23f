"""What room a service has for somebody, at a moment: from what was said, how old that is, and what is held."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wholeperson.casework.providers.models import Capacity, Service, Services
from wholeperson.casework.providers.models.room import BEDS, FREE, WAITING

OPEN, OLD, UNSAID, WAITS, FULL = "free", "stale", "unsaid", "waiting", "full"
RANK = {OPEN: 0, OLD: 1, UNSAID: 2, WAITS: 3, FULL: 4}  # what was said long ago stands behind what was said lately


class Said(NamedTuple):
    """What was said of room, as `Capacity` keeps it, and what is held of it."""

    kind: str
    who: str
    accessible: bool
    number: int
    as_of: datetime
    stale_at: datetime
    held: int


@dataclass(frozen=True)
class Room:
    """`free` is None where nobody said. `as_of` is the oldest of the numbers it is counted from."""

    state: str
    free: int | None
    waiting: int | None
    as_of: datetime | None
    in_beds: bool = False
    accessible: bool = False

    @property
    def rank(self) -> int:
        return RANK[self.state]

    @property
    def words(self) -> str:
        if self.state == OPEN and self.free is not None:
            return _free(self.free, in_beds=self.in_beds)
        if self.state == WAITS and self.waiting is not None:
            return ngettext(
                "A waiting list: %(number)s person waits", "A waiting list: %(number)s people wait", self.waiting
            ) % {"number": self.waiting}
        known = {OLD: _("Had room, but nobody has said so lately"), FULL: _("Says that it is full")}
        return known.get(self.state, _("Has not said whether it takes new people"))


def _free(number: int, *, in_beds: bool) -> str:
    if in_beds:
        return ngettext("%(number)s bed free tonight", "%(number)s beds free tonight", number) % {"number": number}
    return ngettext("%(number)s place free this month", "%(number)s places free this month", number) % {
        "number": number
    }


def whole(found: Services, *, at: datetime) -> Services:
    """With everything a page shows of a service, in so many queries whatever their number."""
    beside = ("traits", Prefetch("capacities", capacities(at)), "sites", "contracts__plan")
    return found.select_related("organisation").prefetch_related(*beside)


def capacities(at: datetime) -> QuerySet[Capacity]:
    """What was said of room, with what is held of it then."""
    found: QuerySet[Capacity] = Capacity.objects.with_held(at).order_by("kind", "who", "accessible", "pk")
    return found


def room_of(service: Service, *, at: datetime, who: str = "", accessible: bool = False) -> Room:
    """For a service that was read with `whole`."""
    return room_among(service.capacities.all(), at=at, who=who, accessible=accessible)


def room_among(
    said: Collection[Capacity] | Collection[Said], *, at: datetime, who: str = "", accessible: bool = False
) -> Room:
    """By what was said of one service, as `capacities` reads it."""
    rows = [row for row in said if row.kind in FREE and _fits(row, who, accessible)]
    queue = next((row for row in said if row.kind == WAITING), None)
    fresh = [row for row in rows if row.stale_at > at]
    free = sum(left(row) for row in fresh) if fresh else None
    state = _state(rows, free, queue, at)
    shown = fresh or rows
    as_of = min((row.as_of for row in shown), default=queue.as_of if queue else None)
    waiting = queue.number if queue else None
    can_roll = any(row.accessible and left(row) for row in fresh)
    return Room(state, free, waiting, as_of, any(row.kind == BEDS for row in shown[:1]), can_roll)


def left(row: Capacity | Said) -> int:
    """What is free beyond what is held at the moment that `capacities` was asked for."""
    held: int = row.held if isinstance(row, Said) else vars(row)["held"]
    return max(row.number - held, 0)


def _fits(row: Capacity | Said, who: str, accessible: bool) -> bool:
    return (not who or row.who in ("anyone", who)) and (row.accessible or not accessible)


def _state(rows: Collection[Capacity | Said], free: int | None, queue: Capacity | Said | None, at: datetime) -> str:
    if free:
        return OPEN
    if rows and free is None:
        return OLD if any(row.number for row in rows) else UNSAID
    if queue and queue.stale_at > at:
        return WAITS
    return FULL if rows else UNSAID
