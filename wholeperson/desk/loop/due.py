"""What is late in the loop of whole organizations, as one line for who looks after it: a number, and no small one."""

from uuid import NAMESPACE_URL, uuid5

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wholeperson.access.due import Few, Line
from wholeperson.access.models import Person
from wholeperson.casework.referrals import queries
from wholeperson.casework.referrals.lifecycle import OPEN
from wholeperson.desk.loop.counting import COUNT
from wholeperson.record import wall
from wholeperson.sweep.report.suppress import LEAST


def lines(user: Person) -> list[Line]:
    found = queries.of_organisations(user.standing.organisations_where(COUNT)).filter(status__in=OPEN)
    with wall.opened("loop.count"):
        late = found.filter(due_at__lt=user.standing.moment)
        many = late.aggregate(late=Count("pk"), people=Count("member", distinct=True))
    return [_line(**many)] if many["late"] else []


def _line(late: int, people: int) -> Line:
    many = ngettext("%(number)s request is late", "%(number)s requests are late", late) % {"number": late}
    return Line(
        kind="loop", key=uuid5(NAMESPACE_URL, "loop"), about=_("Where the loop stands"),
        what=many if people >= LEAST else _("Requests of 10 or fewer people are late"), why=_("See where they wait"),
        address=f"{reverse('loop')}?of=whole",
    )  # fmt: skip


FEW = Few("loop", gettext_lazy("The loop"), COUNT, lines)
