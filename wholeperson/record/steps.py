"""Taking a step: the only way a status changes. Status, step and audit row are one transaction, or nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Manager
from uuid6 import uuid7

from wholeperson.record import refusals, trail
from wholeperson.record.actors import Actor
from wholeperson.record.lifecycle import Move
from wholeperson.record.living import Living
from wholeperson.record.models import Step

BEGIN = "begin"


def begin(
    thing: Living, *, by: Actor, at: datetime, subject: UUID | None = None, due_at: datetime | None = None
) -> Step:
    """Keep a new thing in its first status."""
    thing.status, thing.due_at = thing.lifecycle.begins, due_at
    with transaction.atomic():
        thing.save(force_insert=True)
        return _write(thing, BEGIN, "", thing.status, by=by, at=at, due_at=due_at, key=None, subject=subject)


def take(
    thing: Living,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    due_at: datetime | None = None,
    key: str | None = None,
    subject: UUID | None = None,
    **changes: Any,
) -> Step:
    """Take the step that `verb` means in the status the thing was read in; returns the step.

    `changes` are fields written with it. `due_at` is when the clock that the step starts runs out. With a `key`
    the same call may come twice and has one effect. Raises Unlawful,
    NotAllowed, NotReady or Overtaken; nothing is written then.
    """
    if key and (taken := Step.objects.filter(of=thing.lifecycle.of, thing_id=thing.pk, key=key).first()):
        return taken
    move = lawful(thing, verb, by, changes)
    if move.clock and due_at is None:
        raise ValueError(f"{verb} starts the clock {move.clock}: say due_at")
    with transaction.atomic():
        everything: Manager[Any] = type(thing)._default_manager
        kept = everything.filter(pk=thing.pk, status=move.source)
        if not kept.update(status=move.target, due_at=due_at, **changes):
            return _already(thing, verb, key)
        step = _write(thing, verb, move.source, move.target, by=by, at=at, due_at=due_at, key=key, subject=subject)
    for field, value in {"status": move.target, "due_at": due_at, **changes}.items():
        setattr(thing, field, value)
    return step


def open_to(thing: Living, by: Actor) -> list[Move]:
    """The steps that this actor may take now: the buttons of its page."""
    return [move for move in thing.lifecycle.moves_from(thing.status) if by.may(move.permission)]


def lawful(thing: Living, verb: str, by: Actor, changes: dict[str, Any]) -> Move:
    """What the verb means for the thing as it was read; refuses what may not be."""
    lifecycle = thing.lifecycle
    move = lifecycle.find(verb, thing.status)
    if move is None:
        raise refusals.unlawful(lifecycle.of, verb, thing.status, (m.verb for m in lifecycle.moves_from(thing.status)))
    if not by.may(move.permission):
        raise refusals.not_allowed(by.label, move.permission)
    empty = [need for need in move.needs if changes.get(need, getattr(thing, need)) in (None, "")]
    if empty:
        raise refusals.not_ready(lifecycle.of, move, empty)
    return move


def _already(thing: Living, verb: str, key: str | None) -> Step:
    """Somebody was faster. If it was the same call with the same key, its step is the answer."""
    mine = Step.objects.filter(of=thing.lifecycle.of, thing_id=thing.pk, key=key).first() if key else None
    if mine is None:
        raise refusals.overtaken(thing.lifecycle.of, verb)
    return mine


def _write(
    thing: Living,
    verb: str,
    source: str,
    target: str,
    *,
    by: Actor,
    at: datetime,
    due_at: datetime | None,
    key: str | None,
    subject: UUID | None,
) -> Step:
    step = Step(**_said(thing, verb, source, target, by, at, due_at, key))
    step.save(force_insert=True)
    trail.wrote(thing, verb, by=by, at=at, subject=subject, details={"from": source, "to": target})
    return step


def line(thing: Living, verb: str, source: str, *, by: Actor, at: datetime) -> dict[str, Any]:
    """What a step says that starts no clock, where hundreds are told to the database at once."""
    return {"id": uuid7(), **_said(thing, verb, source, thing.status, by, at, None, None)}


def _said(
    thing: Living,
    verb: str,
    source: str,
    target: str,
    by: Actor,
    at: datetime,
    due_at: datetime | None,
    key: str | None,
) -> dict[str, Any]:
    return {
        "of": thing.lifecycle.of, "thing_id": thing.pk, "verb": verb, "source": source, "target": target, "at": at,
        "due_at": due_at, "key": key, "actor_kind": by.kind, "actor_id": str(by.id), "actor_label": by.label,
    }  # fmt: skip
