"""Month-end as work: each plan that still waits for files of last month. No source sets a day for every plan.

And files that came by themselves: nobody uploaded them, so nobody knows that they wait to be looked at.
"""

from datetime import timedelta
from uuid import UUID, uuid5

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wholeperson.access import compiled
from wholeperson.access.due import Few, Line, end_of
from wholeperson.access.filled import address
from wholeperson.access.models import Person
from wholeperson.exchange import queries
from wholeperson.exchange.lifecycle import RECEIVE
from wholeperson.exchange.models import Received
from wholeperson.exchange.monthly import PlanMonth, plan_months


def lines(user: Person) -> list[Line]:
    """One line for each plan whose files of last month are not all made."""
    last = queries.months_before(user.standing.on, 2)[1]
    months = plan_months(user, last, at=user.standing.moment, lacking=False)
    return [_line(one) for one in months if _left(one)]


def _left(one: PlanMonth) -> int:
    return sum(each.sent is None for each in one.files) if one.has_people and one.is_over else 0


def _line(one: PlanMonth) -> Line:
    left = _left(one)
    return Line(
        kind="month_end", key=_key(one), about=one.plan.name, what=_("Month-end"),
        why=ngettext("Make %(n)d file", "Make %(n)d files", left) % {"n": left},
        address=reverse("return_file", args=one.address), plan=one.plan.pk,
    )  # fmt: skip


def _key(one: PlanMonth) -> UUID:
    """The same for the same provider, plan and month."""
    return uuid5(one.organisation.pk, f"{one.plan.pk} {one.month}")


NEW = timedelta(days=14)  # what nobody loads in so long is left to the ledger
A_DAY = timedelta(days=1)
MOST = 50


def files(user: Person) -> list[Line]:
    """One line for each file of the folder that could be loaded."""
    return [_file_line(one) for one in compiled.found(waiting, user)]


def waiting(user: Person) -> QuerySet[Received]:
    rows = queries.received_for(user).filter(status="checked", person=None, rows_kept__gt=0)
    days_before = end_of(user.standing.on - NEW - A_DAY)  # whole days, so that the question is the same all day
    return rows.filter(came_at__gt=days_before).exclude(outcome="rejected")[:MOST]


def _file_line(one: Received) -> Line:
    return Line(
        kind="file", key=one.pk, about=one.plan.name, what=_("A file came into your folder"),
        why=_("Look at it and load it"), address=address("exchange_file", one.public_id), plan=one.plan_id,
    )  # fmt: skip


FILES = Few("file", gettext_lazy("Files"), RECEIVE, files)
MONTH_END = Few("month_end", gettext_lazy("Month-end"), queries.SEND, lines)
