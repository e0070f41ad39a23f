"""A file as Excel with its cells marked, for whoever mends it: of a long one the worker makes it."""

from datetime import datetime, timedelta
from io import BytesIO

from django.db import transaction
from django_tasks import task

from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.casework.members.days import day_of
from wholeperson.exchange.actions.receiving import judge, needed, require_at
from wholeperson.exchange.actions.waiting import FILES
from wholeperson.exchange.kinds import EXCEL
from wholeperson.exchange.layouts import layouts
from wholeperson.exchange.models import Received
from wholeperson.exchange.queries import fix_list as fix_list_of
from wholeperson.exchange.queries import paper
from wholeperson.formats.files import fix_list
from wholeperson.record import documents, trail
from wholeperson.record.actors import Actor
from wholeperson.record.models import Document
from wholeperson.record.moments import moment

PATIENCE = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)  # it stands beside our records of the hour when it was made


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
        _forget(received, by=by, at=at)
        Received.objects.filter(pk=received.pk).update(fix_list_asked_at=at, fix_list_for=by)
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
    received = Received.objects.select_related("organisation", "fix_list_for").get(pk=received_id)
    asked = received.fix_list_asked_at
    if asked is None or not _may_still(received, at):
        return
    file = documents.Received(f"fix-{received.public_id}.xlsx", marked(received, by=FILES, at=at))
    with transaction.atomic():
        row = Received.objects.select_for_update(no_key=True).get(pk=received.pk)
        if row.fix_list_asked_at != asked:
            return
        made = documents.keep(file, by=FILES, at=at, organisation=received.organisation_id, kind=EXCEL)
        Received.objects.filter(pk=received.pk).update(fix_list=made, fix_list_asked_at=None)


def made_for(received: Received, *, by: Person, at: datetime) -> Document | None:
    """The Excel that the worker made, if it may still be handed out; else it is forgotten, and can be made anew."""
    require_at(by, needed(received.layout), received.organisation_id)
    if received.fix_list_id and _is_over(received, at):
        _forget(received, by=FILES, at=at)
        received.refresh_from_db(fields=["fix_list"])
    return fix_list_of(received)


def forget_made(*, at: datetime) -> int:
    """Those that are old, or whose asker may not have them any more; the schedule calls it. Returns how many."""
    kept = Received.objects.exclude(fix_list=None).select_related("fix_list_for", "organisation")
    over = [one for one in kept if _is_over(one, at)]
    for one in over:
        _forget(one, by=FILES, at=at)
    return len(over)


def _is_over(received: Received, at: datetime) -> bool:
    made = fix_list_of(received)
    return made is None or at - made.made_at >= KEPT_FOR or not _may_still(received, at)


def _may_still(received: Received, at: datetime) -> bool:
    """Whether who asked for it works there today, as somebody who may."""
    asker = received.fix_list_for
    if asker is None:
        return False
    there = stand(asker, on=day_of(at), at=at).standing.organisations_where(needed(received.layout))
    return received.organisation_id in there


@transaction.atomic
def _forget(received: Received, *, by: Actor, at: datetime) -> None:
    row = Received.objects.select_for_update(no_key=True).get(pk=received.pk)
    made = fix_list_of(row)
    Received.objects.filter(pk=row.pk).update(fix_list=None)
    if made:
        documents.forget(made, by=by, at=at)
