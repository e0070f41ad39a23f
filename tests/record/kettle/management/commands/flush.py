"""Empties the database between two tests that keep what they write; only here may what is written once be forgotten."""

from typing import Any

from django.core.management.commands.flush import Command as Flush

from tests.record.kettle import damage


class Command(Flush):
    """Takes the guards away, empties, and sets them again."""

    def handle(self, **options: Any) -> None:
        damage.unguard()
        super().handle(**options)
        damage.guard()
