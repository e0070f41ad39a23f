"""Jobs: kept with the transaction that asks for them, given ids only, run at least once, taken over from the dead."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from tests.record.kettle import jobs as kettle_jobs
from tests.record.kettle.models import Kettle
from wholeperson.record import steps, work, worker
from wholeperson.record.jobs import NotAnId
from wholeperson.record.models import AuditRow, Beat, Step

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kettle(transactional_db: None) -> Kettle:
    made = Kettle(water=1)
    steps.begin(made, by=kettle_jobs.COOK, at=NOW)
    return made


def test_a_job_runs_once_and_leaves_its_row(kettle: Kettle) -> None:
    kettle_jobs.boil.enqueue(str(kettle.pk))
    assert work.once(at=NOW)["jobs"] == 1
    assert Kettle.objects.get().status == "hot"
    assert work.once(at=NOW)["jobs"] == 0
    assert AuditRow.objects.filter(verb="boil").count() == 1


def test_a_job_of_a_transaction_that_came_to_nothing_is_none(kettle: Kettle) -> None:
    with transaction.atomic():
        kettle_jobs.boil.enqueue(str(kettle.pk))
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 0


@pytest.mark.parametrize("given", ["Rosa Delgado", "91234567A", "1980-03-09", {"name": "Rosa"}, None])
def test_a_job_is_given_ids_only(given: object) -> None:
    with pytest.raises(NotAnId, match="give ids"):
        kettle_jobs.boil.enqueue(given)
    assert DBTaskResult.objects.count() == 0


def test_a_job_that_fails_is_tried_again_later_and_its_words_are_not_kept(kettle: Kettle) -> None:
    kettle_jobs.break_down.enqueue(str(kettle.pk))
    work.once(at=NOW)
    kept = DBTaskResult.objects.get()
    assert (kept.status, kept.traceback, kept.exception_class_path) == ("READY", "", "builtins.ValueError")
    assert kept.run_after == NOW + timedelta(minutes=1)
    for _ in range(4):
        DBTaskResult.objects.update(run_after=NOW - timedelta(days=1))
        work.once(at=NOW)
    assert (DBTaskResult.objects.get().status, len(DBTaskResult.objects.get().worker_ids)) == ("FAILED", 5)


def test_what_a_dead_worker_was_doing_is_done_by_another(kettle: Kettle) -> None:
    """It had even taken the step already, and died before it could say so: one step all the same."""
    kettle_jobs.boil.enqueue(str(kettle.pk))
    work.once(at=NOW, name="first")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["first"])
    work.once(at=NOW + timedelta(minutes=1), name="second")
    assert DBTaskResult.objects.get().status == "RUNNING"  # its last sign of life is a minute old
    work.once(at=NOW + timedelta(minutes=3), name="second")
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert Step.objects.filter(verb="boil").count() == 1


def test_finished_jobs_are_forgotten_after_a_week(kettle: Kettle) -> None:
    kettle_jobs.boil.enqueue(str(kettle.pk))
    work.once(at=NOW)
    assert worker.forget_finished(at=NOW) == 0
    DBTaskResult.objects.update(finished_at=NOW - timedelta(days=8))
    assert worker.forget_finished(at=NOW) == 1


def test_every_round_is_a_sign_of_life(db: None) -> None:
    work.once(at=NOW, name="me")
    assert dict(Beat.objects.values_list("part", "at")) == {"worker": NOW, "worker me": NOW}
