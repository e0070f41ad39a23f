"""What every test may rely on: one day that is always today, and the same generated examples for the same commit."""

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

# The doors read the clock from one function that obeys this; pinned here, the tests pass on a machine dated 2028.
os.environ["WHOLEPERSON_NOW"] = "2026-11-21T09:00-08:00"

# A slow or busy machine is no property of the code, so neither a deadline nor slow generation fails a test.
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}

# For every change: the same examples each time, so that a red test is red for everyone. Searching is for the long run.
settings.register_profile("change", derandomize=True, **UNHURRIED)
settings.register_profile("long", max_examples=5_000, **UNHURRIED)
settings.load_profile("change")


@pytest.fixture
def world(db: None) -> object:
    """An empty installation that fills as the test asks; see tests/people.py."""
    from tests.people import World

    return World()


@pytest.fixture(autouse=True)
def own_folders(request: pytest.FixtureRequest) -> None:
    """Where a test has a database, what an installation keeps outside of it lies in the test's own folder."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        settings, folder = request.getfixturevalue("settings"), request.getfixturevalue("tmp_path")
        settings.WHOLEPERSON_HEADS = folder / "heads"
        settings.WHOLEPERSON_DOCUMENTS = folder / "documents"


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test begins in English."""
    yield
    if translation := sys.modules.get("django.utils.translation"):
        translation.activate("en")


@pytest.fixture(autouse=True)
def _no_overlay_of_another_test() -> Iterator[None]:
    """Which overlays hold is remembered for half a minute; a test takes its own back with everything else it kept."""
    yield
    policies = sys.modules.get("wholeperson.casework.eligibility.policies")
    if policies and (held := policies._approved.held) and held.rows:
        policies.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """On PostgreSQL the role that answers requests is given its rights, as `wholeperson migrate` gives them."""
    from tests import walls

    with django_db_blocker.unblock():
        walls.grant()
