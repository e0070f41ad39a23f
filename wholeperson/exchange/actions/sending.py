"""A file goes out: once for a month, and then the same whenever it is asked for. A trial comes first."""

import hashlib
from datetime import date, datetime

from django.db import IntegrityError, transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.care.queries import month_begins, next_month
from wholeperson.exchange import returning
from wholeperson.exchange.actions.receiving import require_at
from wholeperson.exchange.models import Sent, Trial
from wholeperson.formats.files.layout import Layout
from wholeperson.record import documents, trail
from wholeperson.record.actors import Actor
from wholeperson.rules.problems import Problem, Refused, Where

SEND = "exchange.send"
ENDINGS = {"xlsx": "xlsx", "csv": "csv", "pipe": "txt", "tab": "tsv"}


def send(
    layout: Layout, organisation: Organisation, plan: Organisation, month: date, *, by: Actor, at: datetime
) -> Sent:
    """Make the month's file as things are known now, and keep that it went out. Asked again it is the same file."""
    require_at(by, SEND, organisation.pk)
    month = month.replace(day=1)
    if month_begins(next_month(month)) > at:
        raise Refused(_not_over(month))
    if known := sent(layout, organisation, plan, month):
        return known
    if layout.needs_a_trial and trial(layout, organisation, plan) is None:
        raise Refused(_needs_a_trial(plan))
    made = returning.make(layout, organisation, plan, month, known_at=at)
    try:
        return _kept(made, layout, organisation, plan, month, by, at)
    except IntegrityError:  # somebody sent it in the same moment
        return Sent.objects.get(organisation=organisation, plan=plan, layout=layout.id, month=month)


@transaction.atomic
def _kept(
    made: returning.Made, layout: Layout, organisation: Organisation, plan: Organisation, month: date, by: Actor,
    at: datetime,
) -> Sent:  # fmt: skip
    document = documents.keep(
        documents.Received(name_of(layout, month), made.content), by=by, at=at, organisation=organisation.pk
    )
    row = Sent(
        organisation=organisation, plan=plan, layout=layout.id, month=month, known_at=at, rows=len(made.rows),
        digest=hashlib.sha256(made.content).hexdigest(), document=document,
        person=by if isinstance(by, Person) else None,
    )  # fmt: skip
    row.save(force_insert=True)
    trail.wrote(row, "file.send", by=by, at=at, details={"rows": row.rows, "month": f"{month:%Y-%m}"})
    return row


@transaction.atomic
def accept_trial(
    layout: Layout, organisation: Organisation, plan: Organisation, *, accepted_on: date, by: Actor, at: datetime
) -> Trial:
    """Keep that the plan accepted our test file on that day. Said again, the first day stands."""
    require_at(by, SEND, organisation.pk)
    if known := trial(layout, organisation, plan):
        return known
    made = Trial(
        organisation=organisation, plan=plan, layout=layout.id, accepted_on=accepted_on, at=at,
        person=by if isinstance(by, Person) else None,
    )  # fmt: skip
    made.save(force_insert=True)
    trail.wrote(made, "file.trial", by=by, at=at)
    return made


def trial(layout: Layout, organisation: Organisation, plan: Organisation) -> Trial | None:
    return Trial.objects.filter(organisation=organisation, plan=plan, layout=layout.id).first()


def sent(layout: Layout, organisation: Organisation, plan: Organisation, month: date) -> Sent | None:
    return Sent.objects.filter(organisation=organisation, plan=plan, layout=layout.id, month=month).first()


def name_of(layout: Layout, month: date) -> str:
    """What the file of a month is called."""
    return f"{layout.id}-{month:%Y-%m}.{ENDINGS[layout.kind]}"


def _not_over(month: date) -> Problem:
    return Problem(
        "not_over", f"{month:%Y-%m} is not over", "what happens until its end belongs into its file",
        "look at the preview meanwhile, and send it when the month is over", Where(path="period"),
    )  # fmt: skip


def _needs_a_trial(plan: Organisation) -> Problem:
    return Problem(
        "no_trial", f"{plan.name} has not said that it can read our test file",
        "nobody has confirmed the columns of this layout, and members' data should not go out to be guessed at",
        "send the plan a test file without members, and keep here the day on which it was accepted",
        Where(path="trial"),
    )  # fmt: skip
