"""What every model of ours is made from: a key in the order of time, and a word of privacy for each field."""

from typing import ClassVar

from django.db import models
from uuid6 import uuid7

from wholeperson.record.privacy import Privacy


class Kept(models.Model):
    """A row with a UUIDv7 key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    privacy: ClassVar[Privacy]

    class Meta:
        abstract = True
