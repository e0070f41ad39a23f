"""A large file is checked, and then loaded, by the worker while whoever asked goes on and may look at it meanwhile."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django_tasks import task

from wholeperson.access.models import Person
from wholeperson.access.queries import stand
from wholeperson.casework.members.days import day_of
from wholeperson.exchange.actions.loading import load
from wholeperson.exchange.actions.receiving import (
    TO_CHECK,
    Came,
    checked,
    digest_of,
    judge,
    kept,
    needed,
    require_at,
    require_work,
)
from wholeperson.exchange.layouts import layouts
from wholeperson.exchange.lifecycle import ASK_MANY, FILE, RECEIVE
from wholeperson.exchange.models import Received
from wholeperson.exchange.queries import paper
from wholeperson.record import documents, progress, steps
from wholeperson.record.actors import Actor, System
from wholeperson.record.models import Step
from wholeperson.record.moments import moment
from wholeperson.record.progress import Stopped
from wholeperson.record.refusals import NotAllowed, Overtaken

FILES: Final = System("files", frozenset({RECEIVE, ASK_MANY}))
LARGE, LARGE_LIST = 2_000, 100  # rows; fewer are loaded while one waits
LARGE_BYTES = 1024 * 1024  # fewer are checked while one waits: about a second


def is_large(received: Received) -> bool:
    """Requests are made one by one, so fewer are many."""
    return received.rows_kept >= (LARGE_LIST if received.is_list else LARGE)


def is_long(received: Received) -> bool:
    """Whether the worker checks it, since nobody should wait for it before a page."""
    return received.rows_read >= LARGE


@transaction.atomic
def receive_later(came: Came, *, by: Person, at: datetime) -> tuple[Received, bool]:
    """Keep it as it came, and leave the check to the worker; True where it is new.

    Sent again it is checked again, and as what it is called now: whoever chose the wrong kind chooses anew.
    """
    require_at(by, needed(came.layout.file), came.organisation.pk)
    found, is_new = kept(came, digest_of(came), by=by, at=at)
    if found.status in TO_CHECK:
        if found.layout != came.layout.id:
            found.layout = came.layout.id
            found.save(update_fields=["layout"])
        check_waiting.enqueue(str(found.pk))
    return found, is_new


def check_again(received: Received, *, by: Person, at: datetime) -> None:
    """By the rules of today, until it is loaded; then what was found stays, and `judge` says what would be."""
    require_at(by, needed(received.layout), received.organisation_id)
    if received.status not in TO_CHECK:
        return
    if is_long(received):
        check_waiting.enqueue(str(received.pk))
    else:
        _check(received, by, at)


@task()
def check_waiting(received_id: str) -> None:
    """Check what came. A second time nothing but the same is said."""
    _check(Received.objects.select_related("organisation").get(pk=received_id), FILES, moment())


def _check(received: Received, by: Actor, at: datetime) -> None:
    if received.status not in TO_CHECK:
        return
    layout = layouts()[received.layout]
    content = documents.content(paper(received), by=by, at=at)
    report = judge(content, layout, day_of(at), received.organisation, counting=received.public_id)
    progress.forget(received.public_id)
    with transaction.atomic():
        received = Received.objects.select_for_update().get(pk=received.pk)
        if received.status in TO_CHECK:  # it may have been loaded meanwhile
            checked(received, report, layout, by=by, at=at)


def load_later(received: Received, *, by: Person, at: datetime) -> None:
    """Leave it to the worker. Refuses whoever could not load it themselves, and who comes second."""
    require_at(by, needed(received.layout), received.organisation_id)
    require_work(layouts()[received.layout], by, received.organisation_id)
    with transaction.atomic():
        steps.take(received, received.verb("queue"), by=by, at=at)
        progress.forget(received.public_id)
        load_waiting.enqueue(str(received.pk))


def stop(received: Received, *, by: Person, at: datetime) -> None:
    """Before the worker came to it, it waits no longer; in the middle, all of it is undone with the next few rows."""
    require_at(by, needed(received.layout), received.organisation_id)
    if received.status != "waiting":
        return
    progress.ask_to_stop(received.public_id)
    if progress.said(received.public_id) is None:
        steps.take(received, received.verb("give_back"), by=by, at=at)
        progress.forget(received.public_id)  # a wish that outlived the work would stop the next


@task()
def load_waiting(received_id: str) -> None:
    """Load it as whoever asked, if they still may. Run a second time it finds that nothing waits."""
    at, received = moment(), Received.objects.get(pk=received_id)
    if received.status != "waiting":
        return
    try:
        if load(received, by=_who_asked(received, at), at=at).status == "loaded":
            return
    except Overtaken:
        return
    except (NotAllowed, Stopped):
        received.refresh_from_db()
    steps.take(received, received.verb("give_back"), by=FILES, at=at)


def _who_asked(received: Received, at: datetime) -> Person:
    asked = Step.objects.filter(of=FILE.of, thing_id=received.pk, verb=received.verb("queue")).latest("pk")
    return stand(Person.objects.get(pk=asked.actor_id), on=day_of(at), at=at)
