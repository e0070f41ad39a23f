"""A file comes in: checked against its layout and our records, and kept."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from uuid import UUID

from django.db import IntegrityError, transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.care.lifecycle import WORK
from wholeperson.casework.members.days import day_of
from wholeperson.exchange import opening, requests, rows
from wholeperson.exchange.layouts import ASKING, OPENING, layouts
from wholeperson.exchange.lifecycle import ASK_MANY, FILE, RECEIVE
from wholeperson.exchange.models import Received
from wholeperson.formats.files.checking import Asked, check
from wholeperson.formats.files.findings import Objection, Record, Report
from wholeperson.formats.files.layout import Layout
from wholeperson.record import documents, progress, refusals, steps, trail
from wholeperson.record.actors import Actor

AS_IT_CAME = "application/octet-stream"  # a table in whatever spelling; nobody is ever handed it as it came
TO_CHECK = (FILE.begins, "checked")  # what has not been loaded may be checked anew
SHOWN = 500  # findings kept with the file; the others come with the fix list


@dataclass(frozen=True)
class Came:
    """A file as it came: to whom, from which plan, and as what."""

    file: documents.Received
    organisation: Organisation
    plan: Organisation
    layout: Layout


def judge(
    content: bytes, layout: Layout, today: date, organisation: Organisation | None = None, counting: str = ""
) -> Report:
    """What the ladder says of it, and nothing written. `counting`: under which name its rows are said meanwhile."""
    asked = asked_of(layout, today, organisation)
    if counting:
        asked = replace(asked, known=_counted(asked.known, counting))
    return check(BytesIO(content), layouts(), layout, asked=asked)


def _counted(known: rows.Known | None, name: str) -> rows.Known:
    done = 0

    def counted(batch: Sequence[Record]) -> Iterable[Objection]:
        nonlocal done
        done += len(batch)
        progress.say(name, done)
        return known(batch) if known else ()

    return counted


def asked_of(layout: Layout, today: date, organisation: Organisation | None) -> Asked:
    if layout.file == ASKING:
        return Asked(sense=requests.sense_on(today))
    own = layout.file == OPENING and organisation is not None
    sense = opening.sense_of(organisation, today) if own and organisation else rows.sense_on(today)
    return Asked(known=rows.known_to(layout), sense=sense)


def receive(came: Came, *, by: Actor, at: datetime) -> tuple[Received, bool]:
    """Check and keep it; True where it is new. The same file again is the same row, checked anew until it is loaded."""
    require_at(by, needed(came.layout.file), came.organisation.pk)
    digest = digest_of(came)
    try:
        return _receive(came, digest, by, at)
    except IntegrityError:  # somebody sent the same file in the same moment
        return Received.objects.get(organisation=came.organisation, plan=came.plan, digest=digest), False


def digest_of(came: Came) -> str:
    return hashlib.sha256(came.file.content).hexdigest()


@transaction.atomic
def _receive(came: Came, digest: str, by: Actor, at: datetime) -> tuple[Received, bool]:
    found, is_new = kept(came, digest, by=by, at=at)
    if found.status in TO_CHECK:
        checked(found, judge(came.file.content, came.layout, day_of(at), came.organisation), came.layout, by=by, at=at)
    return found, is_new


def kept(came: Came, digest: str, *, by: Actor, at: datetime) -> tuple[Received, bool]:
    """The row of the file, which is made where there is none; True where it is."""
    mine = Received.objects.select_for_update().filter(organisation=came.organisation, plan=came.plan, digest=digest)
    known = mine.first()
    if known is None or known.status in TO_CHECK:
        require_work(came.layout, by, came.organisation.pk)
    return (known, False) if known else (_begun(came, digest, by, at), True)


def checked(received: Received, report: Report, layout: Layout, *, by: Actor, at: datetime) -> None:
    """Keep what the ladder says: the first time it is a step."""
    tell(received, layout, report)
    if received.status == FILE.begins:
        steps.take(received, received.verb("check"), by=by, at=at)
    else:
        trail.wrote(received, "file.check_again", by=by, at=at, details={"outcome": report.outcome})


def _begun(came: Came, digest: str, by: Actor, at: datetime) -> Received:
    document = documents.keep(came.file, by=by, at=at, organisation=came.organisation.pk, kind=AS_IT_CAME)
    made = Received(
        organisation=came.organisation, plan=came.plan, digest=digest, name=came.file.name, document=document,
        person=by if isinstance(by, Person) else None, came_at=at, layout=came.layout.id, rows_read=0, rows_kept=0,
    )  # fmt: skip
    steps.begin(made, by=by, at=at)
    return made


def _words(layout: Layout, report: Report) -> dict[str, str | int]:
    told = report.as_json()
    told["findings"] = told["findings"][:SHOWN]
    return {
        "layout": layout.id, "outcome": report.outcome, "rows_read": report.read, "rows_kept": report.kept,
        "report": json.dumps(told, default=str),
    }  # fmt: skip


def tell(received: Received, layout: Layout, report: Report) -> None:
    words = _words(layout, report)
    for name, value in words.items():
        setattr(received, name, value)
    received.save(update_fields=list(words))


def require_work(layout: Layout, by: Actor, organisation: UUID) -> None:
    """Where cases stand is said by who does the work, in a list of their own as on any day."""
    if layout.file == OPENING:
        require_at(by, WORK, organisation)


def needed(file: str) -> str:
    """The word of whoever may bring and load such a file."""
    return ASK_MANY if file == ASKING else RECEIVE


def require_at(by: Actor, word: str, organisation: UUID) -> None:
    """Refuse whoever may not do this for that organisation; a job of the house may where it is given the word."""
    there = organisation in by.standing.organisations_where(word) if isinstance(by, Person) else by.may(word)
    if not there:
        raise refusals.not_allowed(by.label, word)
