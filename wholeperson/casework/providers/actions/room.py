"""What is free: said by whoever keeps the service, held for somebody for two hours, taken or let go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from wholeperson.casework.providers.actions.offering import require_keeper
from wholeperson.casework.providers.models import Capacity, Hold, Service, Site
from wholeperson.casework.providers.models.room import FREE
from wholeperson.casework.providers.offers import FRESH, HELD_FOR
from wholeperson.record import steps, trail
from wholeperson.record.actors import Actor, require
from wholeperson.rules.problems import Problem, Refused, Where

HOLDING = "place.hold"


@dataclass(frozen=True)
class Said:
    """One number somebody says: of which kind, for whom, where, and whether in a wheelchair."""

    kind: str
    number: int
    who: str = "anyone"
    accessible: bool = False
    site: Site | None = None


@transaction.atomic
def say_room(service: Service, said: Iterable[Said], *, by: Actor, at: datetime) -> list[Capacity]:
    """Keep these numbers as of now. What was said before and is not said again stays, and grows old."""
    require_keeper(by, service.organisation_id, service)
    rows = [_say(service, one, at) for one in said]
    Service.objects.filter(pk=service.pk).update(asked_at=None)
    trail.wrote(service, "directory.room", by=by, at=at, details={"numbers": len(rows)})
    return rows


def _say(service: Service, one: Said, at: datetime) -> Capacity:
    if service.most is not None and one.kind in FREE and one.number > service.most:
        raise Refused(_too_many(service.most))
    key = {"service": service, "site": one.site, "kind": one.kind, "who": one.who, "accessible": one.accessible}
    row = Capacity.objects.filter(**key).first() or Capacity(**key)
    row.number, row.as_of, row.stale_at = one.number, at, at + FRESH[one.kind]
    row.save()
    return row


@transaction.atomic
def hold(service: Service, *, reference: str, by: Actor, at: datetime, who: str = "", accessible: bool = False) -> Hold:
    """Keep one place or bed free for two hours, for what `reference` names. The same reference again is the same hold.

    Refuses with `no_room` where nothing that fits is free by what was said lately.
    """
    require(by, HOLDING)
    Service.objects.select_for_update().filter(pk=service.pk).first()  # two who want the last bed come one by one
    known = Hold.objects.filter(capacity__service=service, reference=reference, status="held").first()
    if known and known.due_at and known.due_at > at:
        return known
    if known:
        steps.take(known, "let_go", by=by, at=at)
    row = _fitting(service, who, accessible, at)
    if row is None:
        raise Refused(_no_room())
    made = Hold(capacity=row, reference=reference, made_at=at)
    steps.begin(made, by=by, at=at, due_at=at + HELD_FOR)
    return made


def _fitting(service: Service, who: str, accessible: bool, at: datetime) -> Capacity | None:
    """The narrowest that fits: a bed for women before one for anyone; accessible ones are kept for who needs them."""
    free = Capacity.objects.free(at).filter(Q(who="anyone") | Q(who=who), service=service)
    free = free.filter(accessible=True) if accessible else free
    return next(iter(sorted(free, key=lambda row: (row.who == "anyone", row.accessible, row.pk))), None)


@transaction.atomic
def take_place(held: Hold, *, by: Actor, at: datetime) -> Hold:
    """Somebody comes: the place is no longer free, unless its keeper has counted since."""
    require(by, HOLDING)
    if held.status == "taken":
        return held
    steps.take(held, "take", by=by, at=at)
    row = Capacity.objects.select_for_update().get(pk=held.capacity_id)
    if row.number and row.as_of <= held.made_at:
        row.number -= 1
        row.save(update_fields=["number"])
    return held


@transaction.atomic
def let_go(held: Hold, *, by: Actor, at: datetime) -> Hold:
    """Nobody comes: it is free again."""
    require(by, HOLDING)
    steps.take(held, "let_go", by=by, at=at, key="let_go")
    return held


def _no_room() -> Problem:
    return Problem(
        "no_room", "nothing that fits is free there", "what was said lately is taken, held or too old",
        "choose another, or ask them by telephone", Where(path="service"),
    )  # fmt: skip


def _too_many(most: int) -> Problem:
    return Problem(
        "more_than_licensed", "this is more than the license or contract allows", f"it allows {most} at once",
        "give a smaller number, or change how many are allowed", Where(path="number"), (f"0 to {most}",),
    )  # fmt: skip
