"""What the trail is sealed with: the signature of a row, and the head of a block over its rows and the block before.

Heads are plain SHA-256, so that anybody can count them again. A row's signature needs the key of this installation:
who can write to the database but does not have it cannot add a row of their own.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import models

from wholeperson.record.sealed import index_key

BEFORE_THE_FIRST = "0" * 64
UNSIGNED = {"signature"}


def told(row: models.Model) -> bytes:
    """All that a row says, always in the same bytes."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    said = {name: _plain(value) for name, value in fields.items() if name not in UNSIGNED}
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


def signature(row: models.Model) -> str:
    return hmac.digest(index_key("trail"), told(row), hashlib.sha256).hex()


def is_signed(row: models.Model) -> bool:
    return hmac.compare_digest(signature(row).encode(), str(getattr(row, "signature", "")).encode())


def digest(row: models.Model) -> str:
    return hashlib.sha256(told(row) + str(getattr(row, "signature", "")).encode()).hexdigest()


def head(*, previous: str, number: int, at: datetime, digests: Iterable[str]) -> str:
    """The head of a block: changes with any of its rows, their order, and every block before it."""
    lines = [previous, str(number), _plain(at), *digests]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
