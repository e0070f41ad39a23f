"""What happens by itself: when it is due, once, and again where a round was cut off."""

from datetime import UTC, datetime, timedelta

import pytest

from wholeperson.record import schedule, trail, work
from wholeperson.record.actors import System
from wholeperson.record.models import Block, House, Schedule

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
RUNS: list[datetime] = []

pytestmark = pytest.mark.django_db


def count(*, at: datetime) -> None:
    RUNS.append(at)


def stumble(*, at: datetime) -> None:
    raise OSError("the disk is full")


def die(*, at: datetime) -> None:
    raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def none_yet() -> None:
    RUNS.clear()


ENTRIES = {"count": (HOUR, f"{__name__}.count")}


def test_it_runs_when_it_is_due_and_not_before() -> None:
    for minutes in (0, 30, 60, 61, 200):
        schedule.tick(at=NOW + timedelta(minutes=minutes), entries=ENTRIES)
    assert [(at - NOW) // timedelta(minutes=1) for at in RUNS] == [0, 60, 200]


def test_what_another_has_claimed_is_left_to_it() -> None:
    schedule.tick(at=NOW, entries=ENTRIES)
    Schedule.objects.update(next_at=NOW + timedelta(minutes=5))
    assert schedule.tick(at=NOW + timedelta(minutes=1), entries=ENTRIES) == []


def test_a_round_that_was_cut_off_is_made_again_some_minutes_later() -> None:
    broken = {"count": (HOUR, f"{__name__}.die")}
    with pytest.raises(KeyboardInterrupt):
        schedule.tick(at=NOW, entries=broken)
    assert schedule.tick(at=NOW + timedelta(minutes=4), entries=ENTRIES) == []
    assert schedule.tick(at=NOW + timedelta(minutes=6), entries=ENTRIES) == ["count"]


def test_one_that_fails_is_made_again_some_minutes_later_and_keeps_no_other_waiting() -> None:
    both = {"stumble": (HOUR, f"{__name__}.stumble"), **ENTRIES}
    assert schedule.tick(at=NOW, entries=both) == ["count"]
    assert schedule.tick(at=NOW + timedelta(minutes=4), entries={"stumble": ENTRIES["count"]}) == []
    assert schedule.tick(at=NOW + timedelta(minutes=6), entries={"stumble": ENTRIES["count"]}) == ["stumble"]


def test_the_trail_is_sealed_once_a_minute() -> None:
    for second in range(0, 180, 20):
        house = House(made_at=NOW)
        trail.read(house, "look", by=System("x"), at=NOW)
        work.once(at=NOW + timedelta(seconds=second))
    assert [block.rows for block in Block.objects.order_by("number")] == [1, 3, 3]
