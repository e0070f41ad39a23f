"""The ids that may stand in an address: random, so that one tells nothing about the next."""

import secrets
from functools import partial
from typing import Any

from django.db import models

ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"  # no vowels: no words; no 0, 1 and l: nothing to misread over the telephone
LENGTH = 10
_chance = secrets.SystemRandom()


def public_id(prefix: str) -> str:
    """A new one, like ``ref-7k3f9q2m8x``."""
    return f"{prefix}-{''.join(_chance.choices(ALPHABET, k=LENGTH))}"


def public_id_field(prefix: str, **options: Any) -> "models.CharField[str, str]":
    """The field for it."""
    length = len(prefix) + 1 + LENGTH
    return models.CharField(
        max_length=length, unique=True, editable=False, default=partial(public_id, prefix), **options
    )
