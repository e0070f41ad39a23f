"""The audit trail: one row beside every change, one for every look at somebody's record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from uuid6 import uuid7

from wholeperson.record import chain
from wholeperson.record.actors import Actor
from wholeperson.record.models import AuditRow


def wrote(
    thing: models.Model,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    subject: UUID | None = None,
    because: UUID | None = None,
    details: Mapping[str, Any] | None = None,
) -> AuditRow:
    """Keep that something was written. `details` names fields and counts, never what stands in them."""
    return _kept(row("wrote", thing, verb, by=by, at=at, subject=subject, because=because, details=details))


def read(
    thing: models.Model,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    subject: UUID | None = None,
    because: UUID | None = None,
    details: Mapping[str, Any] | None = None,
) -> AuditRow:
    """Keep that somebody looked, and which relationship let them."""
    return _kept(row("read", thing, verb, by=by, at=at, subject=subject, because=because, details=details))


def row(
    did: str,
    thing: models.Model,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    subject: UUID | None = None,
    because: UUID | None = None,
    details: Mapping[str, Any] | None = None,
) -> AuditRow:
    """The row as it is to be kept; `wrote` and `read` keep it."""
    return AuditRow(**_said(did, thing, verb, by, at, subject, because, details))


def line(
    thing: models.Model, verb: str, *, by: Actor, at: datetime, subject: UUID, details: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What a row of `wrote` says, signed, where hundreds are told to the database at once."""
    said = {"id": uuid7(), **_said("wrote", thing, verb, by, at, subject, None, details)}
    return {**said, "signature": chain.signature_of(said)}


def _said(
    did: str,
    thing: models.Model,
    verb: str,
    by: Actor,
    at: datetime,
    subject: UUID | None,
    because: UUID | None,
    details: Mapping[str, Any] | None,
) -> dict[str, Any]:
    return {
        "did": did, "verb": verb, "at": at, "actor_kind": by.kind, "actor_id": str(by.id), "actor_label": by.label,
        "thing_kind": thing._meta.label_lower, "thing_id": thing.pk, "subject_id": subject, "because_id": because,
        "details": dict(details or {}),
    }  # fmt: skip


def _kept(made: AuditRow) -> AuditRow:
    made.save(force_insert=True)
    return made
