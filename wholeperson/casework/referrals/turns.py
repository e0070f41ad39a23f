"""What waits for one's own side, read as far as somebody looks: from the top of the list, or from a place in it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wholeperson.access import brimful, compiled, upto
from wholeperson.access.compiled import Question
from wholeperson.access.models import Person
from wholeperson.casework.referrals import queries
from wholeperson.casework.referrals.listed import Chosen, Narrowing, narrowing
from wholeperson.casework.referrals.models import Referral

KIND = "referral"
Place = tuple[datetime, UUID]


@dataclass(frozen=True)
class Turns:
    """Referrals to look at, choose for, answer, work on; what is due first on top."""

    user: Person
    after: upto.Key | None = None
    chosen: Chosen = ()

    @cached_property
    def count(self) -> int:
        """How many there are, as far as they are counted."""
        return brimful.counts(self.user, (KIND, *self.chosen), ("turns",), self._counted)["turns"]

    def _counted(self, _names: tuple[str, ...]) -> list[dict[str, int]]:
        return self._asked(counted) if self._has_turns else []

    @property
    def _has_turns(self) -> bool:
        return bool(self.user.standing.organisations_where(queries.DUE))

    def keys(self, start: int, stop: int) -> list[upto.Key]:
        found = self._keyed(stop) if self._has_turns else []
        return sorted((at or upto.NEVER, KIND, key) for at, key in found)[start:stop]

    def rows(self, keys: list[upto.Key]) -> list[Referral]:
        """These in their order, each with how it went where it was sent last."""
        found = compiled.found(queries.due_of, self.user, keys=[key for _at, _kind, key in keys])
        by_key = {row.pk: row for row in found}
        return [by_key[key] for _at, _kind, key in keys if key in by_key]

    def _keyed(self, many: int) -> list[Any]:
        if self.after is None:
            return self._asked(keyed, many)
        at, _kind, key = self.after
        return self._asked(keyed_after, at < upto.NEVER, many, place=(at, key))

    def _asked(self, question: Question, *more: Any, place: Place | None = None) -> list[Any]:
        """A list that is narrowed is asked for as it is: whom it fits is looked up for each page."""
        if self._narrow:
            asked = question(self.user, self._narrow, *more, *([place] if place else []))
            return [row for one in (asked if isinstance(asked, list) else [asked]) for row in one]
        if place:
            return compiled.found_after(question, self.user, None, *more, place=place)
        return compiled.found(question, self.user, None, *more)

    @cached_property
    def _narrow(self) -> Narrowing | None:
        return narrowing(self.user, self.chosen) if self.chosen else None


def counted(user: Person, narrow: Narrowing | None) -> QuerySet[Any]:
    return upto.numbers(user, {"turns": [rows for _due, rows in _lists(user, narrow)]})


def keyed(user: Person, narrow: Narrowing | None, many: int) -> list[QuerySet[Any]]:
    return [_keyed(due, rows, many) for due, rows in _lists(user, narrow)]


def keyed_after(user: Person, narrow: Narrowing | None, dated: bool, many: int, place: Place) -> list[QuerySet[Any]]:
    return [_keyed(due, rows, many) for due, rows in _behind(user, narrow, dated, place)]


def _lists(user: Person, narrow: Narrowing | None) -> list[tuple[str, QuerySet[Any]]]:
    ours = [part for part in queries.due_parts(user) if part.ours]
    return [(part.moment or "due_at", narrow(part.rows) if narrow else part.rows) for part in ours]


def _behind(user: Person, narrow: Narrowing | None, dated: bool, place: Place) -> list[tuple[str, QuerySet[Any]]]:
    at, key = place
    lists = _lists(user, narrow)
    return [(due, one) for due, rows in lists for one in upto.after(rows, due, at if dated else None, key)]


def _keyed(due: str, rows: QuerySet[Any], many: int) -> QuerySet[Any]:
    keys: QuerySet[Any] = upto.in_order(rows, due).values_list(due, "pk")
    return keys[:many]
