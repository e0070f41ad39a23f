"""The audit trail: one row beside every change, one for every look at somebody's record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

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
    return _keep("wrote", thing, verb, by, at, subject, because, details)


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
    return _keep("read", thing, verb, by, at, subject, because, details)


def _keep(
    did: str,
    thing: models.Model,
    verb: str,
    by: Actor,
    at: datetime,
    subject: UUID | None,
    because: UUID | None,
    details: Mapping[str, Any] | None,
) -> AuditRow:
    row = AuditRow(
        did=did, verb=verb, at=at, actor_kind=by.kind, actor_id=str(by.id), actor_label=by.label,
        thing_kind=thing._meta.label_lower, thing_id=thing.pk, subject_id=subject, because_id=because,
        details=dict(details or {}),
    )  # fmt: skip
    row.save(force_insert=True)
    return row
