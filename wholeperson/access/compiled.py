"""Questions that are asked again and again: built and compiled once for all who stand alike, then only told of whom.

To build a question of a hundred conditions and to write it as SQL costs more than its answer. So it is built for two
invented people, who hold the same roles in as many organizations as whoever asks, at two invented moments of that day.
What is the same for both belongs to the question. What differs must be one of the values they were invented with, and
is filled in anew each time. No real person takes part in the building: nobody's key, and nothing worked out of it, can
be left in what is kept for others. A question of which anything else differs is not kept, but asked as it is.
"""

import copy
import secrets
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NoReturn, cast
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language

from wholeperson.access.models import Person
from wholeperson.access.standing import Post, Standing

AT_MOST = 400  # questions kept in a process; those not asked for longest are forgotten
A_DAY = timedelta(days=1)
Question = Callable[..., QuerySet[Any]]
Key = UUID | str
Value = datetime | Key


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
    theirs, wanted = _organisations(user.standing), _padded(keys or ())
    spelt = tuple(isinstance(key, str) for key in wanted)
    kept = kept_for(question, _stance(user.standing, theirs), more, spelt, connection.vendor)
    if kept is None:
        return list(question(user, *more, *([wanted] if wanted else [])))
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

    def is_like(self, other: "Kept") -> bool:
        """Whether both are the same question, whoever they were built for."""
        if (self.sql, self.places) != (other.sql, other.places):
            return False
        pairs = zip(self.places, self.parameters, other.parameters, strict=True)
        return all(place is not None or mine == theirs for place, mine, theirs in pairs)

    def rows(self, told: Sequence[Value]) -> list[Any]:
        """What is found for whoever the values tell of."""
        values = [_as_told(value) for value in told]
        pairs = zip(self.places, self.parameters, strict=True)
        parameters = tuple(own if place is None else values[place] for place, own in pairs)
        compiler = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (self.sql, parameters)
        return list(self._answered_by(compiler))

    def _answered_by(self, compiler: Any) -> QuerySet[Any]:
        query: Any = copy.copy(self.queryset.query)
        query.get_compiler = lambda *_, **__: compiler
        built: Any = self.queryset
        asked: Any = QuerySet(built.model, query=query)
        asked._iterable_class, asked._fields = built._iterable_class, built._fields
        return cast("QuerySet[Any]", asked)


@lru_cache(maxsize=AT_MOST)
def kept_for(
    question: Question, stance: Stance, more: tuple[Hashable, ...], spelt: tuple[bool, ...], vendor: str
) -> Kept | None:
    """The question as it is for everybody of this stance; none where it is another one for each, or finds nothing.

    `spelt`: of each key whether it is a public id, not the key of a row.
    """
    try:
        one, other = (_built(question, stance, more, spelt) for _ in range(2))
    except (EmptyResultSet, NotKept):
        return None
    return one if one.is_like(other) else None


def _built(question: Question, stance: Stance, more: tuple[Hashable, ...], spelt: tuple[bool, ...]) -> Kept:
    person, values = _invented(stance)
    keys: list[Key] = [uuid4().hex if one else uuid4() for one in spelt]
    with connection.execute_wrapper(_refuse):
        queryset = question(person, *more, *([keys] if keys else []))
        compiler: Any = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
    at = {_as_told(value): place for place, value in enumerate([*values, *keys])}
    places = tuple(at.get(one) if isinstance(one, datetime | UUID | str) else None for one in parameters)
    return Kept(queryset, compiler, sql, tuple(parameters), places)


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
    person.standing = Standing(stance.on, posts, moment)
    return person, [moment, person.pk, *theirs]


def _as_told(value: Value) -> Any:
    """The value as this database is given it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value if isinstance(value, str) or connection.features.has_native_uuid_field else value.hex


def _refuse(*_: Any) -> NoReturn:
    raise NotKept
