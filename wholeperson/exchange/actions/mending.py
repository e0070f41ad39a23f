"""A file as Excel with its cells marked, for whoever mends it: of a long one the worker makes it."""

from datetime import datetime, timedelta
from io import BytesIO

from django.db import transaction
from django_tasks import task

from wholeperson.access.models import Person
from wholeperson.casework.members.days import day_of
from wholeperson.exchange.actions.receiving import judge, needed, require_at
from wholeperson.exchange.actions.waiting import FILES
from wholeperson.exchange.kinds import EXCEL
from wholeperson.exchange.layouts import layouts
from wholeperson.exchange.models import Received
from wholeperson.exchange.queries import paper
from wholeperson.formats.files import fix_list
from wholeperson.record import documents, trail
from wholeperson.record.actors import Actor
from wholeperson.record.moments import moment

PATIENCE = timedelta(hours=1)


def marked(received: Received, *, by: Actor, at: datetime) -> bytes:
    """Checked once more, beside our records of today."""
    content = documents.content(paper(received), by=by, at=at)
    report = judge(content, layouts()[received.layout], day_of(at), received.organisation)
    out = BytesIO()
    fix_list.write_fix_list(BytesIO(content), report, out)
    return out.getvalue()


def mark_later(received: Received, *, by: Person, at: datetime) -> None:
    """Leave it to the worker; what was made before is not handed out any more."""
    require_at(by, needed(received.layout), received.organisation_id)
    with transaction.atomic():
        Received.objects.filter(pk=received.pk).update(fix_list=None, fix_list_asked_at=at)
        trail.wrote(received, "file.mark_later", by=by, at=at)
        mark_waiting.enqueue(str(received.pk))


def is_being_marked(received: Received, *, at: datetime) -> bool:
    """Whether to come back for it. What is not there after so long failed, and may be asked for anew."""
    asked = received.fix_list_asked_at
    return asked is not None and at - asked < PATIENCE


@task()
def mark_waiting(received_id: str) -> None:
    """Make it and keep it with the documents. A second time, or asked for anew meanwhile, it keeps nothing."""
    at = moment()
    received = Received.objects.select_related("organisation").get(pk=received_id)
    asked = received.fix_list_asked_at
    if asked is None:
        return
    file = documents.Received(f"fix-{received.public_id}.xlsx", marked(received, by=FILES, at=at))
    with transaction.atomic():
        row = Received.objects.select_for_update(no_key=True).get(pk=received.pk)
        if row.fix_list_asked_at != asked:
            return
        made = documents.keep(file, by=FILES, at=at, organisation=received.organisation_id, kind=EXCEL)
        Received.objects.filter(pk=received.pk).update(fix_list=made, fix_list_asked_at=None)
