"""Questions that are asked again and again: built and compiled once for all who stand alike, then only told of whom.

To build a question of a hundred conditions and to write it as SQL costs more than its answer. So it is built for two
invented people, who hold the same roles in as many organizations as whoever asks, at two invented moments of that day.
What is the same for both belongs to the question. What differs must be one of the values they were invented with, and
is filled in anew each time. No real person takes part in the building: nobody's key, and nothing worked out of it, can
be left in what is kept for others. A question of which anything else differs is not kept, but asked as it is.
"""

import copy
import secrets
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NoReturn, cast
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import QuerySet
from django.utils.translation import get_language

from wholeperson.access import prepared
from wholeperson.access.models import Person
from wholeperson.access.standing import Post, Standing

AT_MOST = 400  # questions kept in a process; those not asked for longest are forgotten
A_DAY = timedelta(days=1)
EVERYBODY = UUID(int=0)
Question = Callable[..., QuerySet[Any] | list[QuerySet[Any]]]  # several: their rows one after the other
Key = UUID | str
Value = datetime | date | Key


class NotKept(Exception):
    """A question that asks the database while it is built."""


@dataclass(frozen=True)
class Stance:
    """How somebody stands, without who they are: each role, the place of its organization among theirs, if a house."""

    on: date
    posts: tuple[tuple[str, int | None, bool], ...]
    language: str


def found(question: Question, user: Person, *more: Hashable, keys: Sequence[Key] | None = None) -> list[Any]:
    """The rows of `question(user, *more)`, or of `question(user, *more, keys)` where rows are asked for by their keys.

    Keys are all of rows, or all public ids.

    `question` is a function of a room. `more` belongs to it: each other value there makes another question.
    """
    if keys is not None and not keys:
        return []
    return _answered(question, user, more, tuple(_padded(keys or ())))


def everybody(on: date, at: datetime) -> Person:
    """Nobody in particular, at a moment: asks what has the same answer for all, whoever they are."""
    person = Person.from_db(None, ["id"], [EVERYBODY])
    person.standing = Standing(on, (), at, is_anybody=True)
    return person


def found_after(question: Question, user: Person, *more: Hashable, place: tuple[Value, ...]) -> list[Any]:
    """The rows of `question(user, *more, place)`: those after a place in an order, told anew each time."""
    return _answered(question, user, more, place)


def _answered(question: Question, user: Person, more: tuple[Hashable, ...], wanted: tuple[Value, ...]) -> list[Any]:
    theirs = _organisations(user.standing)
    stance = _stance(user.standing, theirs)
    known = kept_for if stance.posts else kept_for_everybody
    kept = known(question, stance, more, tuple(map(_kind, wanted)), connection.vendor)
    if kept is None:
        asked = question(user, *more, *([list(wanted)] if wanted else []))
        return [row for one in (asked if isinstance(asked, list) else [asked]) for row in one]
    return kept.rows([user.standing.moment, user.pk, *theirs, *wanted])


def _organisations(standing: Standing) -> list[UUID]:
    return list(dict.fromkeys(post.organisation_id for post in standing.posts if post.organisation_id))


def _stance(standing: Standing, theirs: list[UUID]) -> Stance:
    posts = (
        (post.role, theirs.index(post.organisation_id) if post.organisation_id else None, post.is_house)
        for post in standing.posts
    )
    return Stance(standing.on, tuple(posts), get_language() or "")


def _padded(keys: Sequence[Key]) -> list[Key]:
    """As many as a power of two, the last one again and again: one question for five keys, for seven and for eight."""
    many = 1 << (len(keys) - 1).bit_length() if keys else 0
    return [*keys, *(keys[-1] for _ in range(many - len(keys)))]


# ── kept, for all who stand alike ──


@dataclass(frozen=True)
class Kept:
    """A question in SQL, and which of its parameters are told anew."""

    queryset: QuerySet[Any]
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int | None, ...]  # for each parameter where it stands among the values that are told
    name: str = field(default_factory=prepared.a_name)  # under which PostgreSQL keeps its plan

    def is_like(self, other: "Kept") -> bool:
        """Whether both are the same question, whoever they were built for."""
        if (self.sql, self.places) != (other.sql, other.places):
            return False
        pairs = zip(self.places, self.parameters, other.parameters, strict=True)
        return all(place is not None or mine == theirs for place, mine, theirs in pairs)

    def rows(self, told: Sequence[Value]) -> list[Any]:
        """What is found for whoever the values tell of."""
        database = connections[connection.alias]  # itself: what stands for it looks for it each time it is named
        said = self._said(database, [_as_told(database, value) for value in told])
        compiler = copy.copy(self.compiler)
        compiler.connection = database
        compiler.as_sql = lambda *_, **__: said
        return list(self._answered_by(compiler))

    def _said(self, database: Any, values: list[Any]) -> tuple[str, tuple[Any, ...]]:
        if prepared.is_kept_by(database):
            return prepared.asked(self.name, self.sql, self.parameters, self.places, values)
        pairs = zip(self.places, self.parameters, strict=True)
        return self.sql, tuple(own if place is None else values[place] for place, own in pairs)

    def _answered_by(self, compiler: Any) -> QuerySet[Any]:
        query: Any = copy.copy(self.queryset.query)
        query.get_compiler = lambda *_, **__: compiler
        built: Any = self.queryset
        asked: Any = QuerySet(built.model, query=query)
        asked._iterable_class, asked._fields = built._iterable_class, built._fields
        return cast("QuerySet[Any]", asked)


@lru_cache(maxsize=AT_MOST)
def kept_for(
    question: Question, stance: Stance, more: tuple[Hashable, ...], kinds: tuple[type[Value], ...], vendor: str
) -> Kept | None:
    """The question as it is for everybody of this stance; none where it is another one for each, or finds nothing.

    `kinds`: of each key or place whether it is a public id, the key of a row, a moment or a day.
    """
    try:
        one, other = (_built(question, stance, more, kinds) for _ in range(2))
    except (EmptyResultSet, NotKept):
        return None
    return one if one.is_like(other) else None


# what anybody may ask, in any words, does not push out what those who work here ask
kept_for_everybody = lru_cache(maxsize=AT_MOST)(kept_for.__wrapped__)


def _built(question: Question, stance: Stance, more: tuple[Hashable, ...], kinds: tuple[type[Value], ...]) -> Kept:
    person, values = _invented(stance)
    wanted = [INVENTED[kind]() for kind in kinds]
    with connection.execute_wrapper(_refuse):
        asked = question(person, *more, *([wanted] if wanted else []))
        parts = list(_in_sql(asked if isinstance(asked, list) else [asked]))
    if not parts:
        raise EmptyResultSet
    queryset, compiler, sql, parameters = parts[0] if len(parts) == 1 else _one_after_the_other(parts)
    at = {_as_told(connection, value): place for place, value in enumerate([*values, *wanted])}
    places = tuple(at.get(one) if isinstance(one, date | UUID | str) else None for one in parameters)
    return Kept(queryset, compiler, sql, tuple(parameters), places)


Part = tuple[QuerySet[Any], Any, str, Sequence[Any]]  # a question, its compiler, and what it comes to


def _in_sql(asked: list[QuerySet[Any]]) -> Iterator[Part]:
    """Each question that may find something."""
    for one in asked:
        compiler: Any = one.query.get_compiler(connection=connection)
        with suppress(EmptyResultSet):
            yield one, compiler, *compiler.as_sql()


def _one_after_the_other(parts: list[Part]) -> Part:
    """All rows of questions of the same columns, each as it orders and ends them."""
    queryset, compiler, _sql, _parameters = parts[0]
    sql = " UNION ALL ".join(f"SELECT * FROM ({part[2]}) AS part{at}" for at, part in enumerate(parts))
    return queryset, compiler, sql, [one for part in parts for one in part[3]]


def _invented(stance: Stance) -> tuple[Person, list[Value]]:
    """Somebody of this stance, of whom there is nothing but a key, and the values that stand for them."""
    person = Person.from_db(None, ["id"], [uuid4()])
    theirs = [uuid4() for _ in {place for _, place, _ in stance.posts if place is not None}]
    posts = tuple(
        Post(role, None if place is None else theirs[place], str(uuid4()), is_house)
        for role, place, is_house in stance.posts
    )
    begins = Standing(stance.on - A_DAY).moment
    moment = begins + timedelta(microseconds=1 + secrets.randbelow(10**10))
    person.standing = Standing(stance.on, posts, moment, is_anybody=True)
    return person, [moment, person.pk, *theirs]


INVENTED: dict[type[Value], Callable[[], Value]] = {
    UUID: uuid4,
    str: lambda: uuid4().hex,
    datetime: lambda: datetime(1800, 1, 1, tzinfo=UTC) + timedelta(microseconds=secrets.randbelow(10**15)),
    date: lambda: date(1500, 1, 1) + timedelta(days=secrets.randbelow(10**5)),
}


def _kind(value: Value) -> type[Value]:
    """What it is; the key of a row that was made a moment ago is a kind of UUID of its own."""
    for kind in INVENTED:
        if isinstance(value, kind):
            return kind
    raise TypeError(f"rows are asked for by keys, public ids, days or moments, not by {type(value).__name__}")


def _as_told(database: Any, value: Value) -> Any:
    """The value as this database is given it."""
    if isinstance(value, datetime):
        return database.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return database.ops.adapt_datefield_value(value)
    return value if isinstance(value, str) or database.features.has_native_uuid_field else value.hex


def _refuse(*_: Any) -> NoReturn:
    raise NotKept
