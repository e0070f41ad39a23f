"""Everything that waits for somebody, of all rooms, in one order: counted and paged in the database."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate

from wholeperson.access import compiled
from wholeperson.access.due import Few, Line, Offer, end_of, here, offered
from wholeperson.access.models import Person

LATE, TODAY, SOON, LATER, WAITING = "late", "today", "soon", "later", "waiting"
TO_DO = (LATE, TODAY, SOON, LATER)  # one's own side; what waits for others stands by itself
BUCKETS = (*TO_DO, WAITING)
AHEAD = timedelta(days=7)  # what is due within these days is soon
Key = tuple[date, str, UUID]  # by which lines of all rooms are put in order


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
    """One person's work as a sequence of lines, what is due first on top; a paginator asks it for slices."""

    user: Person
    wanted: Wanted

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
        """How many lines there are in each bucket, whichever of them is asked for."""
        total = Counter(bucket_of(line, self.user) for line in self.few)
        for bucket, many in self._asked(counted, replace(self.wanted, bucket="")):
            total[bucket] += many
        return {bucket: total[bucket] for bucket in BUCKETS}

    def _asked(self, question: Callable[..., Any], *more: Any) -> list[Any]:
        """What all rooms answer to a question of this module: it is the same for all who stand alike."""
        return compiled.found(question, self.user, *more) if self.offers else []

    @property
    def to_do(self) -> int:
        return sum(self.counts[bucket] for bucket in TO_DO)

    def count(self) -> int:
        return sum(self.counts[bucket] for bucket in self.wanted.buckets)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Line]:
        few = {_key(line): line for line in self.few if bucket_of(line, self.user) in self.wanted.buckets}
        many = partial(self._asked, keyed, self.wanted)
        keys = merged(sorted(few), many, part.start or 0, part.stop)
        told = self._told([key for key in keys if key not in few])
        return [line for key in keys if (line := few.get(key) or told.get(key))]

    def rows(self, offer: Offer) -> QuerySet[Any]:
        """Those of the step, the plan and the people asked for."""
        rows = offer.rows(self.user)
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
        for _day, kind, key in keys:
            wanted.setdefault(kind, []).append(key)
        said = {(one.kind, line.key): line for one in self.offers if one.kind in wanted
                for line in one.told(self.user, wanted[one.kind])}  # fmt: skip
        return {key: said[key[1:]] for key in keys if key[1:] in said}


def merged(few: list[Key], many: Callable[[int, int], list[Key]], start: int, stop: int) -> list[Key]:
    """From `start` to `stop` of both in one order; of the many no more is asked for than may stand there."""
    first = max(0, start - len(few))
    rows = many(first, stop)
    before = sum(1 for key in few if rows and key < rows[0]) if first else 0
    both = sorted([*few[before:], *rows])
    return both[start - first - before : stop - first - before]


def _key(line: Line) -> Key:
    return line.day, line.kind, line.key


# ── questions to all rooms at once ──


def counted(user: Person, wanted: Wanted) -> QuerySet[Any]:
    """Bucket and number, of each room."""
    work = Work(user, wanted)
    return _joined([_counted(offer, work.rows(offer), user) for offer in work.offers])


def keyed(user: Person, wanted: Wanted, start: int, stop: int) -> QuerySet[Any]:
    """The keys of these lines, what is due first on top."""
    work = Work(user, wanted)
    whole = _joined([_keyed(offer, work.rows(offer), wanted, user) for offer in work.offers])
    return whole.order_by("work_day", "work_kind", "pk")[start:stop]


def _joined(parts: list[QuerySet[Any]]) -> QuerySet[Any]:
    return parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]


def _counted(offer: Offer, rows: QuerySet[Any], user: Person) -> Any:
    found = rows.annotate(bucket=lies_in(offer, user)).order_by()
    return found.values("bucket").annotate(many=Count("pk")).values_list("bucket", "many")


def _keyed(offer: Offer, rows: QuerySet[Any], wanted: Wanted, user: Person) -> Any:
    found = rows.filter(where(offer, wanted.bucket, user) if wanted.bucket else Q(ours=True)).order_by()
    day = TruncDate(offer.moment, tzinfo=here()) if offer.moment else F(offer.day)
    keyed = found.annotate(
        work_day=Coalesce(day, Value(date.max), output_field=DateField()), work_kind=Value(offer.kind)
    )
    return keyed.values_list("work_day", "work_kind", "pk")


# ── the lines between the buckets ──


def where(offer: Offer, bucket: str, user: Person) -> Q:
    """Which rows of a room lie in a bucket for this person now."""
    return Q(ours=False) if bucket == WAITING else Q(ours=True) & _spans(offer, user)[bucket]


def lies_in(offer: Offer, user: Person) -> Case:
    """The bucket of each row of a room, as the database says it."""
    spans = (When(span, then=Value(bucket)) for bucket, span in _spans(offer, user).items())
    return Case(When(ours=False, then=Value(WAITING)), *spans)


def _spans(offer: Offer, user: Person) -> dict[str, Q]:
    """From when to when what is to be done lies in each bucket."""
    field = offer.moment or offer.day
    late, today, soon = _edges(user) if offer.moment else _days(user)
    return {
        LATE: Q(**{f"{field}__lt": late}),
        TODAY: Q(**{f"{field}__gte": late, f"{field}__lte": today}),
        SOON: Q(**{f"{field}__gt": today, f"{field}__lte": soon}),
        LATER: Q(**{f"{field}__gt": soon}) | Q(**{f"{field}__isnull": True}),
    }


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
