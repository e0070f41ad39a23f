"""Papers an applicant hands in, and that the plan opens."""

from datetime import datetime

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.providers import asked, links
from wholeperson.casework.providers.lifecycle import WRITABLE
from wholeperson.casework.providers.models import Application, ApplicationPaper
from wholeperson.record import documents, refusals, trail, wall
from wholeperson.record.models import Document
from wholeperson.rules.problems import Problem, Refused, Where

MOST_PAPERS = 40  # of one application


@transaction.atomic
def add_paper(
    application: Application, received: documents.Received, *, item: str, by: links.Holder, at: datetime
) -> ApplicationPaper:
    """Keep a paper. Sent twice it is there once. Refuses what documents.keep refuses."""
    if by.application.pk != application.pk or application.status not in WRITABLE:
        raise refusals.not_allowed(by.label, "application.answer")
    if item not in asked.PAPERS:
        raise refusals.not_allowed(by.label, "application.answer")
    there = application.papers.filter(taken_back_at=None)
    if there.count() >= MOST_PAPERS:
        raise Refused(_too_many())
    before = transaction.savepoint()
    kept = documents.keep(received, by=by, at=at, scope="minimal")
    with wall.opened("application.paper"):
        same = there.filter(document__address=kept.address, item=item).first()
    if same:
        transaction.savepoint_rollback(before)
        return same
    row = ApplicationPaper(application=application, item=item, document=kept, at=at)
    row.save(force_insert=True)
    trail.wrote(application, "application.paper", by=by, at=at, details={"item": item})
    return row


@transaction.atomic
def take_back(application: Application, public_id: str, *, by: links.Holder, at: datetime) -> bool:
    """It was the wrong one. False where it is not there (any more)."""
    if by.application.pk != application.pk or application.status not in WRITABLE:
        raise refusals.not_allowed(by.label, "application.answer")
    with wall.opened("application.paper"):
        row = application.papers.filter(document__public_id=public_id, taken_back_at=None).first()
    if row is None:
        return False
    row.taken_back_at = at
    row.save(update_fields=["taken_back_at"])
    trail.wrote(application, "application.paper_back", by=by, at=at, details={"item": row.item})
    return True


@transaction.atomic
def open_paper(application: Application, public_id: str, *, by: Person, at: datetime) -> tuple[Document, bytes] | None:
    """The paper and its bytes, for somebody who reads the application; None where it has no such paper."""
    if not by.may("application.read"):
        raise refusals.not_allowed(by.label, "application.read")
    with wall.opened("application.paper"):
        rows = application.papers.filter(document__public_id=public_id, taken_back_at=None)
        row = rows.select_related("document").first()
        return (row.document, documents.content(row.document, by=by, at=at)) if row else None


def _too_many() -> Problem:
    most = f"{MOST_PAPERS} papers"
    return Problem(
        "too_many_papers", "there are too many papers here already", "somebody has to read them all",
        "put several pages into one PDF, or take back what is not needed", Where(path="file"), (most,),
    )  # fmt: skip
