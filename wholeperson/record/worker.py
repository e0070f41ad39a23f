"""Runs the jobs that wait. A job that fails is tried again later, one whose worker died is taken over by another."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from wholeperson.record.models import Beat
from wholeperson.record.moments import moment, now_is

MOST_TRIES = 5
FIRST_PAUSE = timedelta(minutes=1)  # doubles with every try
PRESUMED_DEAD = timedelta(minutes=2)  # a worker without a sign of life for so long
KEPT = timedelta(days=7)  # how long a finished job can still be looked at


class Patient(Worker):
    """Tries again, and keeps of a failure what kind it was: its words may be somebody's data."""

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        super().run_task(db_task_result)
        db_task_result.refresh_from_db()
        if db_task_result.status == TaskResultStatus.FAILED:
            self._put_back(db_task_result)

    def _put_back(self, failed: DBTaskResult[Any, Any]) -> None:
        failed.traceback = ""
        tries = len(failed.worker_ids)
        if tries < MOST_TRIES:
            failed.status, failed.finished_at = TaskResultStatus.READY, None
            failed.run_after = moment() + FIRST_PAUSE * 2 ** (tries - 1)
        failed.save(update_fields=["traceback", "status", "finished_at", "run_after"])


def sign_of(worker: str) -> str:
    """The part under which this worker gives its sign of life."""
    return f"worker {worker}"


def run_waiting(*, worker: str, at: datetime, most: int = 50) -> int:
    """Run up to `most` of the jobs that wait; returns how many there were."""
    take_over(at=at)
    waiting = min(most, DBTaskResult.objects.ready().count())
    if waiting:
        now_is(at)
        Patient(
            queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, backend_name="default",
            startup_delay=False, max_tasks=waiting, worker_id=worker,
        ).run()  # fmt: skip
    return waiting


def take_over(*, at: datetime) -> int:
    """Put back what a worker was running that has not been heard of since; returns how many."""
    alive = set(Beat.objects.filter(at__gt=at - PRESUMED_DEAD).values_list("part", flat=True))
    running = DBTaskResult.objects.running()
    lost = [job.pk for job in running if not alive & {sign_of(worker) for worker in job.worker_ids[-1:]}]
    return (
        DBTaskResult.objects.running()
        .filter(pk__in=lost)
        .update(status=TaskResultStatus.READY, run_after=F("enqueued_at"))
    )


def forget_finished(*, at: datetime) -> int:
    """Jobs that ended a while ago, and workers that ended with them."""
    Beat.objects.filter(part__startswith="worker ", at__lt=at - KEPT).delete()
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - KEPT).delete()[0]
