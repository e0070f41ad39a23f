"""Rows of one transaction that are written together: each kind in one go, its steps and the trail's rows beside it.

For work on hundreds of things at once, where a question and an insert for each would take all day. What lies on a pile
is not in the database yet: whoever asks about it looks here. It says the same as `steps` and `trail` would.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import models

from wholeperson.record import steps, together, trail
from wholeperson.record.actors import Actor
from wholeperson.record.living import Living
from wholeperson.record.models import AuditRow, Step


class Pile:
    """What one actor does at one moment."""

    def __init__(self, *, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at.astimezone(UTC)  # as it is kept: no row works it out again
        self._things: list[models.Model] = []
        self._rows: dict[type[models.Model], list[dict[str, Any]]] = {}

    def keep(self, thing: models.Model) -> None:
        self._things.append(thing)
        self._tell(type(thing), thing.__dict__)

    def wrote(self, thing: models.Model, verb: str, *, subject: UUID, details: Mapping[str, Any] | None = None) -> None:
        """As `trail.wrote`."""
        self._tell(AuditRow, trail.line(thing, verb, by=self.by, at=self.at, subject=subject, details=details))

    def begin(self, thing: Living, *, subject: UUID) -> None:
        """As `steps.begin`."""
        thing.status, thing.due_at = thing.lifecycle.begins, None
        self.keep(thing)
        self._step(thing, steps.BEGIN, "", subject)

    def take(self, thing: Living, verb: str, *, subject: UUID, **changes: Any) -> None:
        """As `steps.take`; at once where the thing is kept already, and so may be somebody else's."""
        if not thing._state.adding:
            steps.take(thing, verb, by=self.by, at=self.at, subject=subject, **changes)
            return
        move, source = steps.lawful(thing, verb, self.by, changes), thing.status
        if move.clock:
            raise ValueError(f"{verb} is a step for steps.take")
        for name, value in {"status": move.target, "due_at": None, **changes}.items():
            setattr(thing, name, value)
        self._step(thing, verb, source, subject)

    def write(self) -> None:
        """Put everything into the database. The pile is empty then."""
        things, self._things, rows, self._rows = self._things, [], self._rows, {}
        for kind, some in rows.items():
            together.insert(kind, some)
        for thing in things:
            thing._state.adding = False

    def _tell(self, kind: type[models.Model], row: dict[str, Any]) -> None:
        self._rows.setdefault(kind, []).append(row)

    def _step(self, thing: Living, verb: str, source: str, subject: UUID) -> None:
        self._tell(Step, steps.line(thing, verb, source, by=self.by, at=self.at))
        self.wrote(thing, verb, subject=subject, details={"from": source, "to": thing.status})
