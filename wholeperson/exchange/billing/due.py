"""What is to be looked at before a bill leaves: more used than allowed, and what ends."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wholeperson.access.due import Few, Line, end_of
from wholeperson.access.models import Person
from wholeperson.exchange.billing import counting
from wholeperson.record import wall

MOST = 50  # of each kind; the page has them all


def lines(user: Person) -> list[Line]:
    on, found = user.standing.on, counting.billed(user)
    with wall.opened("billing.due"):
        over = [_over(row) for row in counting.newly_over(found, on)[:MOST]]
        ends = [_ends(row) for row in counting.ending(found, on).filter(Q(left=None) | Q(left__gte=0))[:MOST]]
        return [*over, *ends]


def _over(row: Any) -> Line:
    more = ngettext("%(number)s unit more than allowed", "%(number)s units more than allowed", -row.left)
    return _line(row, more % {"number": -row.left}, _("Ask the plan before you bill it"), "over")


def _ends(row: Any) -> Line:
    why = _("See that all that was given is written down")
    return _line(row, _with_left(row.left), why, "ending", due_at=end_of(row.ends))


def _with_left(units: int | None) -> str:
    if units is None:
        return _("It ends; the plan named no number of units")
    said = ngettext("It ends, with %(number)s unit left", "It ends, with %(number)s units left", units)
    return said % {"number": units}


def _line(row: Any, what: str, why: str, show: str, **due: Any) -> Line:
    return Line(
        kind="billing", key=row.pk, about=row.member.called, what=what, why=why,
        address=f"{reverse('billing')}?show={show}", member=row.member_id, plan=row.plan_id, **due,
    )  # fmt: skip


FEW = Few("billing", gettext_lazy("Billing"), counting.READ, lines)
