"""What the trail is sealed with: the signature of a row, and the head of a block over its rows and the block before.

Heads are plain SHA-256, so that anybody can count them again. A row's signature needs the key of this installation:
who can write to the database but does not have it cannot add a row of their own.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import models

from wholeperson.record.sealed import index_key

BEFORE_THE_FIRST = "0" * 64
UNSIGNED = {"signature"}


def told(row: models.Model) -> bytes:
    """All that a row says, always in the same bytes."""
    names = (field.attname for field in row._meta.concrete_fields)
    return _written({name: getattr(row, name) for name in names if name not in UNSIGNED})


def signature(row: models.Model) -> str:
    return _signed(told(row))


def signature_of(fields: Mapping[str, Any]) -> str:
    """The same for what a row is to say: a value for each of its fields that is signed."""
    return _signed(_written(fields))


def _signed(said: bytes) -> str:
    return hmac.digest(index_key("trail"), said, hashlib.sha256).hex()


def is_signed(row: models.Model) -> bool:
    return hmac.compare_digest(signature(row).encode(), str(getattr(row, "signature", "")).encode())


def digest(row: models.Model) -> str:
    return hashlib.sha256(told(row) + str(getattr(row, "signature", "")).encode()).hexdigest()


def head(*, previous: str, number: int, at: datetime, digests: Iterable[str]) -> str:
    """The head of a block: changes with any of its rows, their order, and every block before it."""
    lines = [previous, str(number), _plain(at), *digests]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)


_written_in = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _written(fields: Mapping[str, Any]) -> bytes:
    return _written_in.encode(fields).encode()
