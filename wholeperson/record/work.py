"""One round of the work nobody waits for: what is scheduled, the jobs that wait, what is to go out, a sign of life."""

import os
import socket
from datetime import datetime

from wholeperson.record import outbox, schedule, worker
from wholeperson.record.models import Beat
from wholeperson.record.moments import now_is

WORKER = "worker"


def once(*, at: datetime, name: str | None = None) -> dict[str, int]:
    """Do everything that is due; returns how much of each there was. `name` tells workers apart."""
    me = name or this_process()
    now_is(at)
    beat(me, at=at)
    done = {
        "scheduled": len(schedule.tick(at=at)),
        "jobs": worker.run_waiting(worker=me, at=at),
        "sent": outbox.send_waiting(at=at),
    }
    beat(me, at=at)
    return done


def beat(name: str, *, at: datetime) -> None:
    """That this worker lives, and so that one does."""
    for part in (WORKER, worker.sign_of(name)):
        Beat.objects.update_or_create(part=part, defaults={"at": at})


def this_process() -> str:
    return f"{socket.gethostname()[:20]} {os.getpid()}"
