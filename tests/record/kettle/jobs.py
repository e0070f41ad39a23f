"""Jobs of the kettle, for the laws of jobs."""

from datetime import UTC, datetime

from django_tasks import task

from tests.record.kettle.models import Kettle
from wholeperson.record import steps
from wholeperson.record.actors import System
from wholeperson.record.moments import moment

COOK = System("cook", frozenset({"kettle.boil"}))
LATER = datetime(2026, 11, 21, 18, tzinfo=UTC)


@task()
def boil(kettle_id: str) -> None:
    """May come twice: the key makes it one step."""
    steps.take(Kettle.objects.get(pk=kettle_id), "boil", by=COOK, at=moment(), due_at=LATER, key=f"job-{kettle_id}")


@task()
def break_down(kettle_id: str) -> None:
    raise ValueError(f"Rosa Delgado's kettle {kettle_id} is broken")
