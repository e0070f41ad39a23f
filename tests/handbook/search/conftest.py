"""An index of the whole policy, with two bulletins that editors published; made once for each file of tests."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests import pieces
from tests.people import NOW, World
from wholeperson.access.models import Person
from wholeperson.handbook.search import actions

HOW_IT_ENDED = {
    "en": (
        "Tell us how each referral ended",
        "Every referral gets an end.",
        "Write down each try to reach the member.",
    ),
    "es": ("Díganos cómo terminó", "Cada referencia tiene un final.", "Anote cada intento de encontrar al miembro."),
}
BEDS = {"en": ("Beds to get well in", "What helps a provider to say yes.", "Send the discharge papers along.")}


class Editors(NamedTuple):
    carla: Person
    ada: Person


@pytest.fixture(scope="module")
def editors(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Editors]:
    """The policy as it is; bulletin 25-521 for hospitals, 25-704 for ancillary providers. Taken back after the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        two = Editors(
            world.person("Carla Nunez", "content_editor", at="House"),
            world.person("Ada Okafor", "administrator", at="House"),
        )
        actions.refresh(at=NOW)
        for key, wordings, kind in (("25-521", HOW_IT_ENDED, "hospitals"), ("25-704", BEDS, "ancillary")):
            pieces.published("bulletin", key, by=two.carla, second=two.ada, wordings=wordings, provider_types=(kind,))
        yield two
        transaction.set_rollback(True)


@pytest.fixture
def index(editors: Editors, db: None) -> None:
    """What there is to be found."""


@pytest.fixture
def carla(editors: Editors) -> Person:
    return editors.carla


@pytest.fixture
def ada(editors: Editors) -> Person:
    return editors.ada
