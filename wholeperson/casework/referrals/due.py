"""Referrals as work: whose turn it is, what is to be done, and by when."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.access.due import Few, Line, Offer, all_ours
from wholeperson.access.filled import address
from wholeperson.access.models import Person
from wholeperson.casework.referrals import programmes, queries, sayings
from wholeperson.casework.referrals.lifecycle import CALL
from wholeperson.casework.referrals.models import AskedFor, Referral
from wholeperson.casework.referrals.presenters import Asked, Missed
from wholeperson.casework.referrals.queries import Seen

TO_DO = {  # status: what whoever's turn it is does next
    "received": gettext_lazy("Look at it"),
    "screened": gettext_lazy("Choose where it goes"),
    "on_hold": gettext_lazy("Look whether it can go on"),
    "elsewhere": gettext_lazy("Ask what they say"),
    "sent": gettext_lazy("Answer whether you take it"),
    "accepted": gettext_lazy("Reach the person"),
    "reaching": gettext_lazy("Reach the person, or begin"),
    "started": gettext_lazy("Close the request"),
}


def told(user: Person, keys: Collection[UUID]) -> list[Line]:
    """These referrals, with the name of whoever is waited for."""
    return [_line(seen, holder) for seen, holder in queries.waiting(user, keys)]


def _line(seen: Seen, holder: str) -> Line:
    row = seen.referral
    is_ours: bool = getattr(row, "ours", True)
    return Line(
        kind="referral", key=row.pk, about=row.member.called, what=programmes.name(row.programme),
        why=TO_DO[row.status] if is_ours else sayings.STATUSES[row.status][0],
        address=address("referral", row.public_id), due_at=row.due_at,
        whose="" if is_ours else _whose(row, holder),
        ours=is_ours, urgent=row.urgency == "expedited", member=row.member_id, mark=row.public_id,
        behind=seen,
    )  # fmt: skip


def _whose(row: Referral, holder: str) -> str:
    if row.status == "asked":
        return _("Whoever asked")
    return holder or row.elsewhere or row.handled_by.name


def asked(user: Person) -> list[Line]:
    """What this person asked for and is still open: their turn where something was asked back."""
    return [_asked(row) for row in queries.asked_open_by(user)]


def _asked(row: AskedFor) -> Line:
    told = Asked(row, False)
    referral, mine = row.referral, row.referral.status == "asked" and row.referral.asked_of_id == row.asking_id
    return Line(
        kind="asked", key=row.pk, about=told.person, what=told.status.name,
        why=_("Tell what is missing") if mine else told.status.word, whose="" if mine else referral.handled_by.name,
        address=address("referral", referral.public_id), due_at=referral.due_at if mine else told.status.due_at,
        ours=mine, plan=referral.plan_id,
    )  # fmt: skip


def callbacks(user: Person, keys: Collection[UUID]) -> list[Line]:
    """Calls that nobody could take, each to be called back."""
    rows = [Missed(row) for row in queries.callbacks_due(user).filter(pk__in=keys)]
    return [
        Line(
            kind="callback", key=one.row.pk, about=one.called, what=_("A call that was missed"), why=one.best_time,
            address=address("call_back", one.row.public_id), due_at=one.row.due_at,
        )
        for one in rows
    ]  # fmt: skip


OFFER = Offer(
    "referral", gettext_lazy("Referrals"), queries.DUE, queries.due, told, moment="due_at", plan="plan", to_do=TO_DO,
    parts=queries.due_parts,
)  # fmt: skip
CALLBACKS = Offer(
    "callback", gettext_lazy("Calls to make"), CALL, queries.callbacks_due, callbacks, moment="due_at",
    to_do={"waiting": gettext_lazy("Call back")}, parts=all_ours(queries.callbacks_due),
)  # fmt: skip
ASKED = Few("asked", gettext_lazy("What you asked for"), "referral.ask", asked)
