"""Authorizations as work: what ends, and what the plan has yet to decide."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.access import compiled
from wholeperson.access.due import Line, Offer, end_of
from wholeperson.access.filled import address
from wholeperson.access.models import Person
from wholeperson.casework.authorizations import queries
from wholeperson.casework.authorizations.lifecycle import READ
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.authorizations.presenters import name_of


def told(user: Person, keys: Collection[UUID]) -> list[Line]:
    return [_line(row, user) for row in compiled.found(due_of, user, keys=list(keys))]


def due_of(user: Person, keys: Collection[UUID]) -> QuerySet[Authorization]:
    return queries.due(user).filter(pk__in=keys)


def _line(row: Authorization, user: Person) -> Line:
    is_ours = row.status == "approved"
    over = row.ends is not None and row.ends < user.standing.on
    return Line(
        kind="authorization", key=row.pk, about=row.member.called, what=name_of(row.programme),
        why=(_("It is over: write down what follows") if over else _("It ends: ask for more, or let it end"))
        if is_ours else _("The plan has not decided"),
        address=address("authorization", row.public_id),
        due_at=end_of(row.ends) if is_ours and row.ends else None,
        whose="" if is_ours else row.plan.name, ours=is_ours, member=row.member_id,
    )  # fmt: skip


OFFER = Offer(
    "authorization", gettext_lazy("Authorizations"), READ, queries.due, told, day="ends", plan="plan"
)  # fmt: skip
