"""Everything that waits for somebody, of all rooms, in one order: counted and read in the database, up to a limit."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import DateField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from wholeperson.access import brimful, compiled, upto
from wholeperson.access.due import Few, Line, Offer, Part, end_of, here, offered
from wholeperson.access.models import Person
from wholeperson.access.upto import NEVER, Key

LATE, TODAY, SOON, LATER, WAITING = "late", "today", "soon", "later", "waiting"
TO_DO = (LATE, TODAY, SOON, LATER)  # one's own side; what waits for others stands by itself
BUCKETS = (*TO_DO, WAITING)
AHEAD = timedelta(days=7)  # what is due within these days is soon
Place = tuple[datetime, date, UUID]  # the same, as the database is told it


@dataclass(frozen=True)
class Wanted:
    """What is asked to be seen. No bucket: all that is one's own side's to do. `team`: also what is others' by name."""

    bucket: str = ""
    kind: str = ""
    step: tuple[str, str] | None = None  # a kind and a status: what is done next
    plan: UUID | None = None
    team: bool = False

    @property
    def buckets(self) -> tuple[str, ...]:
        return (self.bucket,) if self.bucket else TO_DO


@dataclass(frozen=True)
class Work:
    """One person's work as a sequence of lines, what is due first on top, from the top or from behind a place."""

    user: Person
    wanted: Wanted
    after: Key | None = None

    @cached_property
    def offers(self) -> list[Offer]:
        return [one for one in self._rooms if isinstance(one, Offer)]

    @cached_property
    def few(self) -> list[Line]:
        """What is told at once, by rooms that never have much."""
        lines = [line for one in self._rooms if isinstance(one, Few) for line in one.lines(self.user)]
        return [line for line in lines if self.wanted.plan in (None, line.plan)]

    @property
    def _rooms(self) -> Iterable[Offer | Few]:
        wanted = self.wanted
        rooms = (one for one in offered(self.user) if wanted.kind in ("", one.kind))
        return (one for one in rooms if wanted.step is None or wanted.step[0] == one.kind)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many lines there are in each bucket, wherever one reads; above the limit only that it is above it."""
        wanted = replace(self.wanted, bucket="")
        total = Counter(bucket_of(line, self.user) for line in self.few)
        total.update(brimful.counts(self.user, wanted, BUCKETS, lambda names: self._asked(counted, wanted, names)))
        return {bucket: min(total[bucket], upto.MOST + 1) for bucket in BUCKETS}

    @property
    def to_do(self) -> int:
        return sum(self.counts[bucket] for bucket in TO_DO)

    @cached_property
    def count(self) -> int:
        """How many lines there are, as far as they are counted."""
        return sum(self.counts[bucket] for bucket in self.wanted.buckets)

    def __getitem__(self, part: slice) -> list[Line]:
        return self.lines(self.keys(part.start or 0, part.stop))

    def keys(self, start: int, stop: int) -> list[Key]:
        """Of the lines from `start` to `stop`."""
        asked = self._asked(keyed, self.wanted, stop) if self.after is None else self._behind(self.after, stop)
        rows = [(at or (end_of(day) if day else NEVER), kind, key) for at, day, kind, key in asked]
        return sorted([*self._few_here, *rows])[start:stop]

    def lines(self, keys: list[Key]) -> list[Line]:
        few = self._few_here
        told = self._told([key for key in keys if key not in few])
        return [line for key in keys if (line := few.get(key) or told.get(key))]

    @cached_property
    def _few_here(self) -> dict[Key, Line]:
        few = {_key(line): line for line in self.few if bucket_of(line, self.user) in self.wanted.buckets}
        return {key: line for key, line in few.items() if self.after is None or key > self.after}

    def _asked(self, question: Callable[..., Any], *more: Any) -> list[Any]:
        """What all rooms answer to a question of this module: it is the same for all who stand alike."""
        return compiled.found(question, self.user, *more) if self.offers else []

    def _behind(self, after: Key, stop: int) -> list[Any]:
        at, kind, key = after
        asked = (self.wanted, kind, at < NEVER, at == end_of(_day(at)), stop)
        return compiled.found_after(keyed_after, self.user, *asked, place=(at, _day(at), key)) if self.offers else []

    def parts(self, offer: Offer) -> Iterator[Part]:
        """Those of the step, the plan and the people asked for."""
        for part in offer.parted(self.user):
            yield replace(part, rows=self._narrowed(offer, part.rows), moment=part.moment or offer.moment)

    def _narrowed(self, offer: Offer, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.wanted.step:
            rows = rows.filter(status=self.wanted.step[1])
        if self.wanted.plan:
            rows = rows.filter(**{offer.plan: self.wanted.plan}) if offer.plan else rows.none()
        if offer.person and not self.wanted.team:
            rows = rows.filter(Q(**{offer.person: None}) | Q(**{offer.person: self.user}))
        return rows

    def _told(self, keys: list[Key]) -> dict[Key, Line]:
        """One question to each room that has a line on this page."""
        wanted: dict[str, list[UUID]] = {}
        for _at, kind, key in keys:
            wanted.setdefault(kind, []).append(key)
        said = {(one.kind, line.key): line for one in self.offers if one.kind in wanted
                for line in one.told(self.user, wanted[one.kind])}  # fmt: skip
        return {key: said[key[1:]] for key in keys if key[1:] in said}


def _key(line: Line) -> Key:
    return line.due_at or NEVER, line.kind, line.key


def _day(at: datetime) -> date:
    return at.astimezone(here()).date()


# ── questions to all rooms at once: each part is read along its index, no further than the limit ──


def counted(user: Person, wanted: Wanted, names: tuple[str, ...]) -> QuerySet[Any]:
    """One row: under the name of each of these buckets how many lines all parts have there."""
    work = Work(user, wanted)
    found: dict[str, list[QuerySet[Any]]] = {}
    for offer in work.offers:
        for part in work.parts(offer):
            for bucket, rows in _buckets(offer, part, user):
                if bucket in names:
                    found.setdefault(bucket, []).append(rows)
    return upto.numbers(user, found)


def keyed(user: Person, wanted: Wanted, many: int) -> list[QuerySet[Any]]:
    """The keys of the first lines of each part: when they are due, or on which day."""
    return [_keyed(*found, many) for found in _lists(user, wanted)]


def keyed_after(
    user: Person, wanted: Wanted, kind: str, dated: bool, ends: bool, many: int, place: Place
) -> list[QuerySet[Any]]:
    """The same of what is wanted behind a place."""
    return [_keyed(*found, many) for found in _lists(user, wanted, Behind(kind, dated, ends, *place))]


@dataclass(frozen=True)
class Behind:
    """A line, behind which it goes on. `dated`: it has a day; `ends`: it is due at the very end of it."""

    kind: str
    dated: bool
    ends: bool
    at: datetime
    day: date
    key: UUID

    def of(self, offer: Offer, moment: str, rows: QuerySet[Any]) -> list[QuerySet[Any]]:
        """Of lines that are due at one moment the kind says which stands first, then the key."""
        key = self.key if offer.kind == self.kind else upto.FIRST if offer.kind > self.kind else upto.LAST
        if not self.dated:
            return upto.after(rows, moment or offer.day, None, key)
        if moment:
            return upto.after(rows, moment, self.at, key)
        return upto.after(rows, offer.day, self.day, key if self.ends else upto.FIRST)


def _lists(user: Person, wanted: Wanted, behind: Behind | None = None) -> Iterator[tuple[Offer, str, QuerySet[Any]]]:
    """What is wanted of each room, with its moment, as rows that an index has in order."""
    work = Work(user, wanted)
    for offer in work.offers:
        for part in work.parts(offer):
            for rows in _wanted(offer, part, wanted.bucket, user):
                for one in behind.of(offer, part.moment, rows) if behind else [rows]:
                    yield offer, part.moment, one


def _wanted(offer: Offer, part: Part, bucket: str, user: Person) -> list[QuerySet[Any]]:
    if bucket:
        return [rows for name, rows in _buckets(offer, part, user) if name == bucket]
    return [part.rows] if part.ours else []


def _keyed(offer: Offer, moment: str, rows: QuerySet[Any], many: int) -> QuerySet[Any]:
    at = F(moment) if moment else Cast(Value(None), DateTimeField())
    day = Cast(Value(None), DateField()) if moment else F(offer.day)
    named = upto.in_order(rows, moment or offer.day).annotate(work_at=at, work_day=day, work_kind=Value(offer.kind))
    keys: QuerySet[Any] = named.values_list("work_at", "work_day", "work_kind", "pk")
    return keys[:many]


# ── the lines between the buckets ──


def _buckets(offer: Offer, part: Part, user: Person) -> list[tuple[str, QuerySet[Any]]]:
    """The rows of a part by the bucket in which they lie for this person now."""
    if not part.ours:
        return [(WAITING, part.rows)]
    return [(bucket, part.rows.filter(span)) for bucket, span in _spans(part.moment, offer.day, user)]


def _spans(moment: str, day: str, user: Person) -> list[tuple[str, Q]]:
    """From when to when what is to be done lies in each bucket."""
    field = moment or day
    late, today, soon = _edges(user) if moment else _days(user)
    return [
        (LATE, Q(**{f"{field}__lt": late})),
        (TODAY, Q(**{f"{field}__gte": late, f"{field}__lte": today})),
        (SOON, Q(**{f"{field}__gt": today, f"{field}__lte": soon})),
        (LATER, Q(**{f"{field}__gt": soon})),
        (LATER, Q(**{f"{field}__isnull": True})),
    ]


def bucket_of(line: Line, user: Person) -> str:
    """The same, of one line."""
    late, today, soon = _edges(user)
    if not line.ours:
        return WAITING
    if line.due_at is None or line.due_at > soon:
        return LATER
    return LATE if line.due_at < late else TODAY if line.due_at <= today else SOON


def _edges(user: Person) -> tuple[Any, Any, Any]:
    """Late before this moment; today until this one; soon until this one."""
    today = user.standing.on
    return user.standing.moment, end_of(today), end_of(today + AHEAD)


def _days(user: Person) -> tuple[Any, Any, Any]:
    """The same in days: what is due on a day is late from the next one on."""
    today = user.standing.on
    return today, today, today + AHEAD
