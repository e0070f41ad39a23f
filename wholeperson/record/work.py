"""One round of the work nobody waits for: what is scheduled, the jobs that wait, and a sign of life."""

from datetime import datetime

from wholeperson.record import sealing
from wholeperson.record.models import Beat

WORKER = "worker"


def once(*, at: datetime) -> dict[str, int]:
    """Do everything that is due; returns how much of each there was."""
    done = {"jobs": _jobs(), "sealed": sealing.seal(at=at)}
    Beat.objects.update_or_create(part=WORKER, defaults={"at": at})
    return done


def _jobs() -> int:
    """Run the jobs that wait, one after another, each in a transaction of its own."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.ready().count()
    if waiting:
        Worker(
            queue_names=["default"], excluded_queue_names=[], interval=0, batch=True, backend_name="default",
            startup_delay=False, max_tasks=None, worker_id=WORKER,
        ).run()  # fmt: skip
    return waiting
