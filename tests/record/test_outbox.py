"""What leaves the house: with its transaction, at least once, always with its key; one effect at the receiver."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail
from django.db import transaction
from pytest_django import Settings

from wholeperson.record import moments, outbox, work
from wholeperson.record.actors import System
from wholeperson.record.models import AuditRow, Outgoing

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
CLERK = System("clerk")

pytestmark = pytest.mark.django_db


class Receiver:
    """Somebody who takes a key once, however often it comes."""

    def __init__(self) -> None:
        self.effects: dict[str, Mapping[str, Any]] = {}
        self.calls = 0
        self.is_closed = False

    def send(self, *, key: str, to: str, content: Mapping[str, Any]) -> None:
        self.calls += 1
        if self.is_closed:
            raise outbox.NotSent("closed")
        self.effects.setdefault(key, {"to": to, **content})


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


def put(key: str = "notice-1") -> Outgoing:
    return outbox.put(key=key, channel="fax", to="555-0142", content={"text": "Rosa may begin"}, by=CLERK, at=NOW)


def minutes(number: int) -> datetime:
    return NOW + timedelta(minutes=number)


def test_it_arrives_once_and_leaves_a_row_in_the_trail(receiver: Receiver) -> None:
    put()
    put()
    assert outbox.send_waiting(at=NOW, through={"fax": receiver}) == 1
    assert outbox.send_waiting(at=minutes(60), through={"fax": receiver}) == 0
    assert receiver.effects == {"notice-1": {"to": "555-0142", "text": "Rosa may begin"}}
    assert [row.verb for row in AuditRow.objects.order_by("pk")] == ["begin", "send"]


def test_what_an_action_takes_back_never_leaves(receiver: Receiver) -> None:
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert outbox.send_waiting(at=NOW, through={"fax": receiver}) == 0


def test_where_there_is_no_channel_it_waits(receiver: Receiver) -> None:
    put()
    assert work.once(at=minutes(1))["sent"] == 0
    assert outbox.send_waiting(at=NOW, through={"mail": receiver}) == 0
    assert Outgoing.objects.get().status == "waiting"


def test_a_closed_channel_is_tried_again_ever_later_and_then_given_up(receiver: Receiver) -> None:
    put()
    receiver.is_closed = True
    asked = sorted({minute for tries in range(1, 14) for minute in (2**tries - 2, 2**tries - 1)} | {0})
    assert [minute for minute in asked if _sends(minute, receiver)] == [
        0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047,
    ]  # fmt: skip
    assert Outgoing.objects.get().status == "given_up"


def _sends(minute: int, receiver: Receiver) -> bool:
    before = receiver.calls
    outbox.send_waiting(at=minutes(minute), through={"fax": receiver})
    return receiver.calls > before


def test_after_a_closed_channel_opens_it_arrives(receiver: Receiver) -> None:
    put()
    receiver.is_closed = True
    outbox.send_waiting(at=NOW, through={"fax": receiver})
    receiver.is_closed = False
    outbox.send_waiting(at=minutes(1), through={"fax": receiver})
    assert list(receiver.effects) == ["notice-1"]


def test_what_it_says_is_not_to_be_read_in_the_database() -> None:
    from django.db import connection

    put()
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to", content FROM record_outgoing')
        kept = str(cursor.fetchone())
    assert "Rosa" not in kept
    assert "555" not in kept


def test_a_mail_of_a_library_goes_into_the_outbox(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "wholeperson.record.post.IntoOutbox"
    moments.now_is(NOW)
    send_mail("Your link", "Open it here", None, ["lena@tests.example"])
    row = Outgoing.objects.get()
    assert (row.channel, row.to, row.made_at) == ("mail", "lena@tests.example", NOW)
    assert '"Your link"' in row.content


def test_the_channels_of_an_installation_are_made_from_its_settings(settings: Settings, tmp_path: Path) -> None:
    settings.WHOLEPERSON_CHANNELS = {"fax": f"{__name__}.Receiver"}
    put()
    assert work.once(at=NOW)["sent"] == 1
