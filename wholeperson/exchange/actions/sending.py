"""A file goes out: once for a month, and then the same whenever it is asked for. A trial comes first."""

import hashlib
from datetime import date, datetime

from django.db import IntegrityError, transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.care.queries import month_begins, next_month
from wholeperson.exchange import projections
from wholeperson.exchange.actions.receiving import require_at
from wholeperson.exchange.layouts import layouts, plan_word
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
    made = projections.make(layout, organisation, plan, month, known_at=at)
    return _kept(made, Sent(organisation=organisation, plan=plan, layout=layout.id, month=month, known_at=at), by)


def send_month(organisation: Organisation, plan: Organisation, month: date, *, by: Actor, at: datetime) -> list[Sent]:
    """Every file that the plan wants of the month and that has rows. Refuses where none can go yet."""
    require_at(by, SEND, organisation.pk)
    gone, refused = [], None
    for layout in projections.files_of(plan_word(plan)):
        try:
            if has_rows(layout, organisation, plan, month, at):
                gone.append(send(layout, organisation, plan, month, by=by, at=at))
        except Refused as why:
            refused = why
    if refused and not gone:
        raise refused
    return gone


def correct(known: Sent, *, why: str, by: Actor, at: datetime) -> Sent:
    """Make the file again as things are known now, in place of what went out. Refuses where it would say the same."""
    require_at(by, SEND, known.organisation_id)
    layout = layouts()[known.layout]
    told = (layout, known.organisation, known.plan, known.month)
    latest = sent(*told) or known
    before, made = projections.make(*told, known_at=latest.known_at), projections.make(*told, known_at=at)
    if before.says == made.says:
        raise Refused(_nothing_new(known.month))
    row = Sent(
        organisation=known.organisation, plan=known.plan, layout=layout.id, month=known.month, known_at=at,
        number=latest.number + 1, why=why,
    )  # fmt: skip
    return _kept(made, row, by)


def _kept(made: projections.Made, row: Sent, by: Actor) -> Sent:
    try:
        return _written(made, row, by)
    except IntegrityError:  # somebody sent it in the same moment
        fields = ("organisation", "plan", "layout", "month", "number")
        return Sent.objects.get(**{name: getattr(row, name) for name in fields})


@transaction.atomic
def _written(made: projections.Made, row: Sent, by: Actor) -> Sent:
    named, at = name_of(layouts()[row.layout], row.month, row.number), row.known_at
    row.document = documents.keep(
        documents.Received(named, made.content), by=by, at=at, organisation=row.organisation_id
    )  # fmt: skip
    row.rows, row.digest = made.written.rows, hashlib.sha256(made.content).hexdigest()
    row.person = by if isinstance(by, Person) else None
    row.save(force_insert=True)
    trail.wrote(row, "file.send", by=by, at=at, details={"rows": row.rows, "month": f"{row.month:%Y-%m}"})
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
    """The file of a month that went out last."""
    found = Sent.objects.filter(organisation=organisation, plan=plan, layout=layout.id, month=month)
    return found.order_by("-number").first()


def has_rows(layout: Layout, organisation: Organisation, plan: Organisation, month: date, known_at: datetime) -> bool:
    rows = projections.MADE[layout.file](layout, organisation, plan, month, known_at)
    return next(rows, None) is not None


def name_of(layout: Layout, month: date, number: int = 1) -> str:
    """What the file of a month is called; one that replaces another says which it is."""
    again = f"-{number}" if number > 1 else ""
    return f"{layout.id}-{month:%Y-%m}{again}.{ENDINGS[layout.kind]}"


def _nothing_new(month: date) -> Problem:
    return Problem(
        "nothing_new", f"the file of {month:%Y-%m} would say the same as the one that went out",
        "a plan that gets the same rows twice cannot know what changed",
        "correct the record first, and then make the file again", Where(path="file"),
    )  # fmt: skip


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
