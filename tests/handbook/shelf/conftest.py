"""Who keeps the shelf."""

import pytest

from tests.people import World
from wholeperson.access.models import Person


@pytest.fixture
def carla(world: World) -> Person:
    return world.person("Carla Nunez", "content_editor", at="House")


@pytest.fixture
def ada(world: World) -> Person:
    return world.person("Ada Okafor", "administrator", at="House")
