"""Rows of one transaction that are written together: each kind in one go, its steps and the trail's rows beside it.

For work on hundreds of things at once, where a question and an insert for each would take all day. What lies on a pile
is not in the database yet: whoever asks about it looks here. It says the same as `steps` and `trail` would.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from wholeperson.record import steps, trail
from wholeperson.record.actors import Actor
from wholeperson.record.living import Living

AT_ONCE = 1_000  # rows of an insert


class Pile:
    """What one actor does at one moment."""

    def __init__(self, *, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self._rows: dict[type[models.Model], list[models.Model]] = {}

    def keep(self, row: models.Model) -> None:
        self._rows.setdefault(type(row), []).append(row)

    def wrote(self, thing: models.Model, verb: str, *, subject: UUID, details: Mapping[str, Any] | None = None) -> None:
        """As `trail.wrote`."""
        self.keep(trail.row("wrote", thing, verb, by=self.by, at=self.at, subject=subject, details=details))

    def begin(self, thing: Living, *, subject: UUID) -> None:
        """As `steps.begin`."""
        thing.status, thing.due_at = thing.lifecycle.begins, None
        self.keep(thing)
        self._step(thing, steps.BEGIN, "", subject)

    def take(self, thing: Living, verb: str, *, subject: UUID, **changes: Any) -> None:
        """As `steps.take`, of a thing that was begun on this pile and so is nobody else's yet."""
        move, source = steps.lawful(thing, verb, self.by, changes), thing.status
        if not thing._state.adding or move.clock:
            raise ValueError(f"{verb} is a step for steps.take")
        for name, value in {"status": move.target, "due_at": None, **changes}.items():
            setattr(thing, name, value)
        self._step(thing, verb, source, subject)

    def write(self) -> None:
        """Put everything into the database. The pile is empty then."""
        rows, self._rows = self._rows, {}
        for kind, some in rows.items():
            kind._default_manager.bulk_create(some, batch_size=AT_ONCE)

    def _step(self, thing: Living, verb: str, source: str, subject: UUID) -> None:
        self.keep(steps.row(thing, verb, source, thing.status, by=self.by, at=self.at))
        self.wrote(thing, verb, subject=subject, details={"from": source, "to": thing.status})
