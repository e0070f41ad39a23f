"""Providers as work: applications, and services of which nobody has said lately what is free."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.access.due import Line, Offer, all_ours
from wholeperson.access.filled import address
from wholeperson.access.models import Person
from wholeperson.casework.providers import asked, queries
from wholeperson.casework.providers.lifecycle import WRITABLE
from wholeperson.casework.providers.models import Application, Service

TO_DO = {  # status: what the plan does next
    "interest": gettext_lazy("Read it: does it fit?"),
    "screened": gettext_lazy("Say which papers you need"),
    "vetting": gettext_lazy("Look at the papers"),
    "contract": gettext_lazy("Write the contract"),
    "ready": gettext_lazy("Put it into the directory"),
}


def told(user: Person, keys: Collection[UUID]) -> list[Line]:
    return [_line(row) for row in queries.due(user).filter(pk__in=keys)]


def _line(row: Application) -> Line:
    is_ours = row.status not in WRITABLE
    return Line(
        kind="application", key=row.pk, about=row.legal_name, what=_("Wants to become a provider"),
        why=TO_DO[row.status] if is_ours else _("Waits for what you asked for"), ours=is_ours,
        address=address("application", row.public_id), due_at=row.due_at,
        whose="" if is_ours else row.legal_name,
    )  # fmt: skip


OFFER = Offer(
    "application", gettext_lazy("Applications"), "application.read", queries.due, told, moment="due_at", plan="plan",
    to_do=TO_DO,
)  # fmt: skip


def told_of_room(user: Person, keys: Collection[UUID]) -> list[Line]:
    return [_of_service(row) for row in queries.unsaid(user).filter(pk__in=keys).select_related("organisation")]


def _of_service(row: Service) -> Line:
    return Line(
        kind="room", key=row.pk, about=row.organisation.name, what=asked.name(row.programme), why=_("Say what is free"),
        address=address("service_room", row.public_id), due_at=getattr(row, "said_until", None),
    )  # fmt: skip


ROOM = Offer(
    "room", gettext_lazy("What is free"), "directory.keep", queries.unsaid, told_of_room, moment="said_until",
    parts=all_ours(queries.unsaid),
)  # fmt: skip
