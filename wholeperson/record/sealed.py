"""Values that are kept encrypted, and the fingerprint by which one of them is found again.

The keys come from WHOLEPERSON_KEYS: the first encrypts, every one decrypts, so that a key can be replaced.
"""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


def _derived(key: str, purpose: str) -> bytes:
    return hmac.digest(key.encode(), purpose.encode(), hashlib.sha256)


def _fernets(purpose: str) -> list[Fernet]:
    keys: list[str] = settings.WHOLEPERSON_KEYS
    return [Fernet(base64.urlsafe_b64encode(_derived(key, purpose))) for key in keys]


def _fernet(purpose: str) -> MultiFernet:
    return _made(purpose, tuple(settings.WHOLEPERSON_KEYS))


@lru_cache(maxsize=8)
def _made(purpose: str, keys: tuple[str, ...]) -> MultiFernet:
    """Once for a purpose and its keys: to derive them takes as long as to encrypt with them."""
    return MultiFernet(_fernets(purpose))


def is_sealed_anew(token: str | bytes, purpose: str = "sealed") -> bool:
    """Whether the first of the keys opens it, so that the others are not needed for it any more."""
    try:
        _fernets(purpose)[0].decrypt(token)
    except InvalidToken:
        return False
    return True


def seal(value: str) -> str:
    return _fernet("sealed").encrypt(value.encode()).decode()


def unseal(token: str) -> str:
    return _fernet("sealed").decrypt(token.encode()).decode()


def seal_bytes(content: bytes) -> bytes:
    return _fernet("documents").encrypt(content)


def unseal_bytes(token: bytes) -> bytes:
    return _fernet("documents").decrypt(token)


def index_key(purpose: str) -> bytes:
    """A key that is the same for as long as the installation lives, made for one purpose."""
    return _indexed(purpose, settings.WHOLEPERSON_INDEX_KEY)


@lru_cache(maxsize=8)
def _indexed(purpose: str, key: str) -> bytes:
    """Once for a purpose and its key, as the others."""
    return _derived(key, purpose)


def fingerprint(*parts: str) -> str:
    """The same for the same parts under the same index key, and of no use without it."""
    return hmac.digest(index_key("index"), "\x1f".join(parts).encode(), "sha256").hex()


class SealedText(models.TextField[str, str]):
    """Text that the database holds encrypted. It cannot be searched: keep a fingerprint beside it."""

    def get_prep_value(self, value: Any) -> Any:
        return value if value in (None, "") else seal(str(value))

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return unseal(value) if value else value
