"""A form sent twice in one moment, on PostgreSQL with a connection each: one application, one link, for both."""

import pytest
from django.db import connection

from tests.casework.providers.conftest import ADDRESS, Town
from tests.people import NOW, World
from tests.record.test_two_at_once import at_once
from wholeperson.casework.providers import actions
from wholeperson.casework.providers.models import Application, ApplicationLink


@pytest.fixture
def two(transactional_db: None) -> Town:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: tests/on_postgres .venv/bin/pytest tests/casework/providers")
    return Town(World())


def test_the_first_form_sent_twice_is_one_application(two: Town) -> None:
    first, second = at_once(two.begun, two.begun)
    assert first == second
    assert (Application.objects.count(), ApplicationLink.objects.count()) == (1, 1)


def test_a_new_link_asked_for_twice_is_one_more(two: Town) -> None:
    two.begun()
    ask = {"secret": "two" * 10, "at": NOW, "address": ADDRESS.format}
    assert at_once(*[lambda: actions.link_again("gia@soup.example", **ask)] * 2) == [1, 1]
    assert ApplicationLink.objects.count() == 2
