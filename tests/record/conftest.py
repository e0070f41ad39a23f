"""The room of the record, alone in the house."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def only_its_own_clock(settings: Settings) -> None:
    """What rooms above do by the clock queues jobs of their own; here a round does what this room does by itself."""
    settings.WHOLEPERSON_SCHEDULE = {
        name: entry
        for name, entry in settings.WHOLEPERSON_SCHEDULE.items()
        if entry[1].startswith("wholeperson.record.")
    }
