"""What waits for somebody, in one shape: each room offers its own work, the desk puts it in one order.

A room writes an `Offer` (rows of the database, so many that they are counted and paged there) or a `Few`; the settings
list them. Lateness is a question to the moment that is kept with each row, never a status.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.module_loading import import_string

from wholeperson.access.models import Person


@dataclass(frozen=True)
class Line:
    """One thing that waits: about whom, what it is, what is to be done, by when, and where that is done.

    `ours`: it is the turn of the reader's side; else `whose` says who is waited for. `member`: whose record the line
    shows something of. `mark`: its public id, where several may be taken in one press; `behind`: what is then taken, as
    its room knows it.
    """

    kind: str
    key: UUID
    about: str
    what: Any
    why: Any
    address: str
    due_at: datetime | None = None
    whose: str = ""
    ours: bool = True
    urgent: bool = False
    member: UUID | None = None
    plan: UUID | None = None
    mark: str = ""
    behind: Any = None


@dataclass(frozen=True)
class Part:
    """Rows of an offer that none of its other parts has, whose turn it is, and found in their order by an index.

    `moment`: where it is not the field of the offer that says when they are due.
    """

    rows: QuerySet[Any]
    ours: bool
    moment: str = ""


@dataclass(frozen=True)
class Offer:
    """The work of one room, as rows: `rows(user)` are what this person may see, each saying `ours`.

    Where there may be thousands, `parts(user)` are the same rows as parts of which each is read in order from an index,
    and no further than it is shown or counted.

    Each row is due at the end of its field `day`, or at its field `moment`. `plan` and `person` name the fields of the
    plan it is about and of whoever it is meant for by name. `told(user, keys)` says these rows in words, `to_do` what
    is done next in each status.
    """

    kind: str
    name: Any
    permission: str
    rows: Callable[[Person], QuerySet[Any]]
    told: Callable[[Person, Collection[UUID]], list[Line]]
    moment: str = ""
    day: str = ""
    plan: str = ""
    person: str = ""
    to_do: Mapping[str, Any] = field(default_factory=dict)
    parts: Callable[[Person], list[Part]] | None = None

    def parted(self, user: Person) -> list[Part]:
        if self.parts:
            return self.parts(user)
        rows = self.rows(user)
        return [Part(rows.filter(ours=True), True), Part(rows.filter(ours=False), False)]


@dataclass(frozen=True)
class Few:
    """The work of one room of which there is never much: it is told at once."""

    kind: str
    name: Any
    permission: str
    lines: Callable[[Person], list[Line]]


def all_ours(rows: Callable[[Person], QuerySet[Any]]) -> Callable[[Person], list[Part]]:
    """Where it is always the turn of whoever sees them."""
    return lambda user: [Part(rows(user), True)]


def our_turn(when: Q) -> Case:
    """Whether it is the turn of the reader's side, as the rows of an offer say it."""
    return Case(When(when, then=Value(value=True)), default=Value(value=False))


def here() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def end_of(day: date) -> datetime:
    """The last instant of the day in California."""
    return datetime.combine(day, time.max, here())


@cache
def everything() -> list[Offer | Few]:
    """What all rooms offer."""
    return [import_string(path) for path in settings.WHOLEPERSON_WORK]


def offered(user: Person) -> list[Offer | Few]:
    """What may hold work for this person, as far as their roles go."""
    return [one for one in everything() if user.may(one.permission)]
