"""What /healthz says, and when somebody has to look."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from tests.people import World
from wholeperson.record import sealing, work
from wholeperson.record.models import Beat
from wholeperson.site import health

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)  # the tests' own

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def long_awake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "WAKING", 0)


def test_all_is_well(client: Client, world: World) -> None:
    world.organisation("Bayside")
    work.once(at=NOW)
    answer = client.get("/healthz")
    said = answer.json()
    assert (answer.status_code, said["down"]) == (200, [])
    assert said["worker"] == {"last_beat": "2026-11-21T09:00:00-08:00", "seconds_ago": 0}
    assert said["audit"] == {"oldest_unsealed": None, "seconds_ago": None}
    assert len(said["policy"]["version"]) == 64
    assert date.fromisoformat(said["policy"]["authority_until"]) == date(2026, 12, 31)


def test_a_silent_worker_is_down(client: Client) -> None:
    work.beat("me", at=NOW - timedelta(minutes=4))
    assert client.get("/healthz").status_code == 200
    Beat.objects.update(at=NOW - timedelta(minutes=6))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["down"]) == (503, ["worker"])


def test_a_trail_that_is_not_sealed_is_down(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a worker that was never started is found too."""
    world.organisation("Bayside")
    monkeypatch.setenv("WHOLEPERSON_NOW", "2026-11-21T09:16-08:00")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["down"]) == (503, ["audit"])
    assert answer.json()["audit"]["seconds_ago"] == 16 * 60
    sealing.seal(at=NOW)
    assert client.get("/healthz").status_code == 200


def test_while_the_house_wakes_the_worker_may_be_late(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "WAKING", 1e9)
    work.beat("me", at=NOW - timedelta(days=1))
    assert client.get("/healthz").status_code == 200


def test_a_database_that_does_not_answer_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError('connection to "10.0.0.1" failed for user "wholeperson"')

    monkeypatch.setattr(sealing, "oldest_unsealed", gone)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["down"]) == (503, ["database"])
    assert "10.0.0.1" not in answer.content.decode()


def test_it_names_nobody(client: Client, world: World) -> None:
    world.relate(world.member(), "Bayside")
    said = client.get("/healthz").content.decode()
    assert "Rosa" not in said
    assert "Bayside" not in said
