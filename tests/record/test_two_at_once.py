"""Two who press at the same moment, on PostgreSQL with a connection each: one wins, the other is told.

SQLite lets one write at a time, so there the same is proved one after the other in test_steps.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.at_once import at_once
from tests.record.kettle.models import Kettle
from wholeperson.record import sealing, steps, trail
from wholeperson.record.actors import System
from wholeperson.record.models import AuditRow, Block, Sealed, Step

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 18, tzinfo=UTC)
COOK = System("cook", frozenset({"kettle.boil", "kettle.pour", "kettle.give"}))


@pytest.fixture
def kettle(transactional_db: None) -> Kettle:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: tests/on_postgres .venv/bin/pytest tests/record")
    made = Kettle(water=1)
    steps.begin(made, by=COOK, at=NOW)
    return made


def boil(key: str | None) -> Callable[[], object]:
    mine = Kettle.objects.get()  # read before the gate opens: both saw the same status
    return lambda: steps.take(mine, "boil", by=COOK, at=NOW, due_at=LATER, key=key)


def test_of_two_one_wins_and_the_other_is_told(kettle: Kettle) -> None:
    given = at_once(boil("one"), boil("two"))
    assert sorted(type(one).__name__ for one in given) == ["Overtaken", "Step"]
    assert Step.objects.filter(verb="boil").count() == AuditRow.objects.filter(verb="boil").count() == 1


def test_the_same_press_twice_is_one_step_for_both(kettle: Kettle) -> None:
    first, second = at_once(boil("form-1"), boil("form-1"))
    assert isinstance(first, Step)
    assert isinstance(second, Step)
    assert first.pk == second.pk
    assert AuditRow.objects.filter(verb="boil").count() == 1


def test_two_sealers_seal_each_row_once(kettle: Kettle) -> None:
    for _ in range(50):
        trail.read(kettle, "look", by=COOK, at=NOW)
    given = at_once(lambda: sealing.seal(at=NOW), lambda: sealing.seal(at=NOW))
    assert sorted(given, key=str) == [0, 51]
    assert (Block.objects.count(), Sealed.objects.count()) == (1, 51)
