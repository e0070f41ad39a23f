"""What the search knows: one row for each thing that anyone may read, in each language, and how its words are spelled.

Only what is public is ever put here; see `sources`. The full text beside the table is the database's own (migration
0002): FTS5 on SQLite, tsvector on PostgreSQL, both kept up by the database itself.
"""

from typing import ClassVar

from django.db import models

from wholeperson.record.kept import Kept
from wholeperson.record.privacy import Privacy


class Entry(Kept):
    """One thing that can be found, in one language.

    `place` is where it stands among all results: smaller comes first. `named` are the tokens of its names and numbers
    with the marks it is narrowed by, `said` those of everything.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    language = models.CharField(max_length=20)
    url = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    shown_in = models.CharField(max_length=20)  # the language that title and text are in
    place = models.BigIntegerField(unique=True)
    named = models.TextField()
    said = models.TextField()

    privacy: ClassVar = Privacy(open="kind key language url title text shown_in place named said")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key", "language"], name="one_entry_a_language")
        ]


class Spelling(Kept):
    """A word of the index, under itself and under itself without any one of its letters."""

    language = models.CharField(max_length=20)
    variant = models.CharField(max_length=40)
    word = models.CharField(max_length=40)

    privacy: ClassVar = Privacy(open="language variant word")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["language", "variant", "word"], name="spelled_once")]


class Built(Kept):
    """Which policy and content the index was made from."""

    version = models.CharField(max_length=64)
    at = models.DateTimeField()

    privacy: ClassVar = Privacy(open="version at")
