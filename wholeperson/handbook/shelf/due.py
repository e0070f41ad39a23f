"""The shelf as work: what waits for a second pair of eyes, and what is to be looked at again."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.access.due import Line, Offer
from wholeperson.access.filled import address
from wholeperson.access.models import Person
from wholeperson.handbook.shelf import queries
from wholeperson.handbook.shelf.models import Piece
from wholeperson.handbook.shelf.presenters import Edition
from wholeperson.handbook.shelf.words import KINDS

TO_DO = {
    "waiting": gettext_lazy("Review it"),
    "reviewed": gettext_lazy("Publish it"),
    "published": gettext_lazy("Look whether it is still right"),
}


def told(user: Person, keys: Collection[UUID]) -> list[Line]:
    return [_line(piece) for piece in queries.waiting(user).filter(pk__in=keys)]


def _line(piece: Piece) -> Line:
    is_ours: bool = getattr(piece, "ours", True)
    return Line(
        kind="piece", key=piece.pk, about=Edition.here(piece).title, what=KINDS[piece.kind],
        why=TO_DO[piece.status] if is_ours else _("Waits for review"), ours=is_ours,
        address=address("shelf_piece", piece.public_id), due_at=piece.due_at,
        whose="" if is_ours else _("Another editor"),
    )  # fmt: skip


OFFER = Offer("piece", gettext_lazy("The shelf"), "piece.read", queries.waiting, told, moment="due_at", to_do=TO_DO)
