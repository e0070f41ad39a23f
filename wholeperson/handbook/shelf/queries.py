"""What stands on the shelf, for readers and for those who write."""

from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from wholeperson.access.due import end_of, our_turn
from wholeperson.access.models import Person
from wholeperson.handbook.shelf.models import Attachment, ContactCheck, Done, Piece, Wording
from wholeperson.record import wall
from wholeperson.record.models import Step

AHEAD = timedelta(days=30)  # how early a published piece that is to be looked at again stands on a list of work
FILED = Prefetch("attachments", queryset=Attachment.objects.order_by("pk"))
WORDED = Prefetch("wordings", queryset=Wording.objects.order_by("language"))


def published(kind: str | None = None) -> QuerySet[Piece]:
    """What anyone may read, newest first. Nothing else may ever be shown to readers."""
    found = Piece.objects.filter(status="published").prefetch_related(WORDED, FILED)
    return (found.filter(kind=kind) if kind else found).order_by("-dated", "-key")


def pieces() -> QuerySet[Piece]:
    """Every edition, for those who write: what was touched last comes first."""
    return Piece.objects.select_related("written_by", "reviewed_by").prefetch_related(WORDED, FILED).order_by("-pk")


def file_of(public_id: str, *, unpublished: bool = False) -> Attachment | None:
    """A file with its document, of what is published; of everything for whoever may read drafts."""
    found = Attachment.objects.filter(public_id=public_id).select_related("document")
    with wall.opened("piece.file"):
        return (found if unpublished else found.filter(piece__status="published")).first()


def due(at: datetime) -> QuerySet[Piece]:
    """What somebody should have looked at again by now."""
    return pieces().filter(status="published", due_at__lte=at).order_by("due_at")


def waiting(user: Person) -> QuerySet[Piece]:
    """What is to be looked at, published, or looked at again; one's own pieces are another's to look at."""
    found = pieces().filter(
        Q(status__in=("waiting", "reviewed")) | Q(status="published", due_at__lte=end_of(user.standing.on + AHEAD))
    )
    return found.annotate(ours=our_turn(~Q(status="waiting", written_by=user)))


def life_of(piece: Piece) -> QuerySet[Step]:
    return Step.objects.filter(of="piece", thing_id=piece.pk).order_by("at", "pk")


def done_by(person: Person) -> set[str]:
    return set(Done.objects.filter(person=person).values_list("topic", flat=True))


def last_checks() -> dict[tuple[str, str, str], ContactCheck]:
    """The latest check of each contact, by plan, contact and the value that was tried."""
    return {(one.plan, one.contact, one.value): one for one in ContactCheck.objects.order_by("on", "pk")}
