"""Records opened in an emergency, as work for whoever looks at each."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.access.due import Line, Offer, all_ours
from wholeperson.access.filled import address
from wholeperson.access.models import Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.scoping import REVIEW


def told(user: Person, keys: Collection[UUID]) -> list[Line]:
    """By who opened it: whose record it was shows on the page of each, where it is noted that one looked."""
    return [
        Line(
            kind="break_glass", key=row.pk, about=row.person.name, what=_("Opened a record in an emergency"),
            why=_("Say whether it was right"), address=address("break_glass_judge", row.public_id),
            due_at=row.due_at,
        )
        for row in queries.glasses_due(user).filter(pk__in=keys)
    ]  # fmt: skip


OFFER = Offer(
    "break_glass",
    gettext_lazy("Emergencies"),
    REVIEW,
    queries.glasses_due,
    told,
    moment="due_at",
    parts=all_ours(queries.glasses_due),
)
