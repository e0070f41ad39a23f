"""Taking a step: lawful, allowed, ready, and once."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from tests.record.kettle.models import Kettle
from wholeperson.record import steps
from wholeperson.record.actors import System
from wholeperson.record.models import AuditRow, Step, WrittenOnce
from wholeperson.record.refusals import NotAllowed, NotReady, Overtaken, Unlawful

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 18, tzinfo=UTC)
COOK = System("cook", frozenset({"kettle.boil", "kettle.pour", "kettle.give"}))
GUEST = System("guest")

pytestmark = pytest.mark.django_db


@pytest.fixture
def kettle(db: None) -> Kettle:
    made = Kettle(water=1)
    steps.begin(made, by=COOK, at=NOW)
    return made


def test_a_step_changes_the_status_and_says_when_it_will_be_late(kettle: Kettle) -> None:
    step = steps.take(kettle, "boil", by=COOK, at=NOW, due_at=LATER)
    kept = Kettle.objects.get()
    assert (kept.status, kept.due_at) == ("hot", LATER)
    assert (step.source, step.target, step.actor_kind, step.actor_id, step.actor_label) == (
        "cold", "hot", "system", "cook", "cook",
    )  # fmt: skip


def test_every_step_leaves_a_row_in_the_trail(kettle: Kettle) -> None:
    steps.take(kettle, "boil", by=COOK, at=NOW, due_at=LATER)
    rows = [(row.verb, row.did, row.details) for row in AuditRow.objects.order_by("id")]
    assert rows == [
        ("begin", "wrote", {"from": "", "to": "cold"}),
        ("boil", "wrote", {"from": "cold", "to": "hot"}),
    ]


def test_a_step_that_the_table_does_not_know_is_refused_with_those_it_does(kettle: Kettle) -> None:
    with pytest.raises(Unlawful) as refused:
        steps.take(kettle, "pour", by=COOK, at=NOW)
    assert refused.value.problems[0].allowed == ("boil", "give")
    assert Step.objects.count() == 1


def test_who_may_not_changes_nothing(kettle: Kettle) -> None:
    with pytest.raises(NotAllowed, match="guest may not do this"):
        steps.take(kettle, "boil", by=GUEST, at=NOW, due_at=LATER)
    assert Kettle.objects.get().status == "cold"


def test_what_the_step_needs_must_be_there_or_come_with_it(db: None) -> None:
    empty = Kettle()
    steps.begin(empty, by=COOK, at=NOW)
    with pytest.raises(NotReady, match="needs water"):
        steps.take(empty, "boil", by=COOK, at=NOW, due_at=LATER)
    steps.take(empty, "boil", by=COOK, at=NOW, due_at=LATER, water=2)
    assert Kettle.objects.get().water == 2


def test_of_two_who_saw_the_same_status_one_wins(kettle: Kettle) -> None:
    other = Kettle.objects.get()
    steps.take(other, "boil", by=COOK, at=NOW, due_at=LATER)
    with pytest.raises(Overtaken):
        steps.take(kettle, "give", by=COOK, at=NOW)
    assert [step.verb for step in Step.objects.order_by("id")] == ["begin", "boil"]


def test_the_same_call_twice_has_one_effect(kettle: Kettle) -> None:
    other = Kettle.objects.get()
    first = steps.take(kettle, "boil", by=COOK, at=NOW, due_at=LATER, key="form-1")
    again = steps.take(kettle, "boil", by=COOK, at=NOW, due_at=LATER, key="form-1")
    stale = steps.take(other, "boil", by=COOK, at=NOW, due_at=LATER, key="form-1")
    assert first.pk == again.pk == stale.pk
    assert Step.objects.filter(verb="boil").count() == 1


def test_the_buttons_are_the_steps_one_may_take(kettle: Kettle) -> None:
    assert [move.verb for move in steps.open_to(kettle, COOK)] == ["boil", "give"]
    assert steps.open_to(kettle, GUEST) == []


def test_the_database_itself_knows_the_statuses(kettle: Kettle) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Kettle.objects.update(status="molten")


def test_steps_and_the_trail_are_written_once(kettle: Kettle) -> None:
    step = Step.objects.get()
    with pytest.raises(WrittenOnce):
        step.save()
    with pytest.raises(WrittenOnce):
        step.delete()
    with pytest.raises(WrittenOnce):
        AuditRow.objects.update(verb="nothing")
    with pytest.raises(WrittenOnce):
        AuditRow.objects.all().delete()
