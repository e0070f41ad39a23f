"""What waits for one's own side, read as far as somebody looks: from the top of the list, or from a place in it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wholeperson.access import brimful, compiled, upto
from wholeperson.access.models import Person
from wholeperson.casework.referrals import queries
from wholeperson.casework.referrals.models import Referral

KIND = "referral"
Place = tuple[datetime, UUID]


@dataclass(frozen=True)
class Turns:
    """Referrals to look at, choose for, answer, work on; what is due first on top."""

    user: Person
    after: upto.Key | None = None

    @cached_property
    def count(self) -> int:
        """How many there are, as far as they are counted."""
        return brimful.counts(self.user, KIND, ("turns",), self._counted)["turns"]

    def _counted(self, _names: tuple[str, ...]) -> list[dict[str, int]]:
        return compiled.found(counted, self.user) if self._has_turns else []

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
            return compiled.found(keyed, self.user, many)
        at, _kind, key = self.after
        return compiled.found_after(keyed_after, self.user, at < upto.NEVER, many, place=(at, key))


def counted(user: Person) -> QuerySet[Any]:
    return upto.numbers(user, {"turns": [rows for _due, rows in _lists(user)]})


def keyed(user: Person, many: int) -> list[QuerySet[Any]]:
    return [_keyed(due, rows, many) for due, rows in _lists(user)]


def keyed_after(user: Person, dated: bool, many: int, place: Place) -> list[QuerySet[Any]]:
    return [_keyed(due, rows, many) for due, rows in _behind(user, dated, place)]


def _lists(user: Person) -> list[tuple[str, QuerySet[Any]]]:
    return [(part.moment or "due_at", part.rows) for part in queries.due_parts(user) if part.ours]


def _behind(user: Person, dated: bool, place: Place) -> list[tuple[str, QuerySet[Any]]]:
    at, key = place
    return [(due, one) for due, rows in _lists(user) for one in upto.after(rows, due, at if dated else None, key)]


def _keyed(due: str, rows: QuerySet[Any], many: int) -> QuerySet[Any]:
    keys: QuerySet[Any] = upto.in_order(rows, due).values_list(due, "pk")
    return keys[:many]
