"""Keeping and opening a member's papers: as deep as one sees the member, and with a row in the trail."""

from datetime import datetime

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.models import Member
from wholeperson.record import documents, refusals
from wholeperson.record.models import Document


def add(
    member: Member,
    received: documents.Received,
    *,
    scope: str = "care",
    by: Person,
    at: datetime,
    organisation: Organisation | None = None,
) -> Document:
    """Keep a paper about a member. Somebody may hand in only what they would then be let to open."""
    sight = queries.sight(by, member)
    if sight is None or not sight.reaches(scope):
        raise refusals.not_allowed(by.label, f"member.read ({scope})")
    return documents.keep(
        received, by=by, at=at, subject=member.pk, organisation=organisation.pk if organisation else None,
        scope=scope, because=sight.because,
    )  # fmt: skip


def open_paper(public_id: str, *, by: Person, at: datetime) -> tuple[Document, bytes] | None:
    """The paper and its bytes; None where there is none that this person may open."""
    row = Document.objects.filter(public_id=public_id).first()
    member = Member.objects.for_user(by).filter(pk=row.subject_id).first() if row else None
    sight = queries.sight(by, member) if member else None
    if row is None or sight is None or not sight.reaches(row.scope):
        return None
    return row, documents.content(row, by=by, at=at, because=sight.because)
