"""Views of a list that somebody keeps for themselves."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from wholeperson.access.models import Person, SavedView
from wholeperson.record import trail
from wholeperson.rules.problems import Problem, Refused, Where

MOST = 20  # of one person: more are no help to find something again


@transaction.atomic
def keep_view(name: str, filters: Mapping[str, str], *, by: Person, at: datetime) -> SavedView:
    """One view of a name; a newer one replaces it. Raises Refused beyond twenty."""
    others = SavedView.objects.filter(person=by).exclude(name=name).count()
    if others >= MOST:
        raise Refused(_too_many())
    row, _ = SavedView.objects.update_or_create(
        person=by, name=name, defaults={"filters": dict(filters), "kept_at": at}
    )
    trail.wrote(row, "view.keep", by=by, at=at, details={"filters": sorted(filters)})
    return row


@transaction.atomic
def drop_view(view: SavedView, *, by: Person, at: datetime) -> None:
    """Its owner needs it no longer."""
    trail.wrote(view, "view.drop", by=by, at=at)
    SavedView.objects.filter(pk=view.pk, person=by).delete()


def _too_many() -> Problem:
    return Problem(
        "too_many_views", f"there are {MOST} saved views already", "a longer list helps nobody to find one",
        "remove one that you no longer use", Where(path="name"),
    )  # fmt: skip
