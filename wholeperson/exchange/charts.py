"""How the last months went, as charts: contacts, who is enrolled, who was not reached, and how long people wait."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wholeperson.access.charts import Chart, Row, share
from wholeperson.casework.care import counting
from wholeperson.casework.care.counting import Of, Pair
from wholeperson.casework.care.lifecycle import BEFORE
from wholeperson.casework.care.presenters import STATUSES

BANDS = (0, 8, 31, 61, 91)  # from how many days on


def charts(of: Of, months: Sequence[date], today: date) -> list[Chart]:
    """All of them; months from the earliest to the latest."""
    return [
        _pairs("contacts", _("Contacts"), [_("Tried"), _("Reached")], months, counting.contacts(of, months)),
        _pairs("enrolled", _("Enrolled at the end of the month"), [_("Assigned"), _("Enrolled")], months,
               counting.enrolled(of, months)),
        _unreachable(months, counting.unreachable(of, months)),
        _ageing(counting.waiting(of), today),
    ]  # fmt: skip


def _pairs(key: str, title: str, heads: list[str], months: Sequence[date], told: dict[date, Pair]) -> Chart:
    """All of them pale, a part of them dark."""
    found = [(month, *told.get(month, (0, 0))) for month in months]
    most = max(whole for _month, whole, _part in found)
    rows = [Row(_named(month), [whole, part], share(whole, most), share(part, most)) for month, whole, part in found]
    return Chart(key, title, _("Month"), [*heads], rows if most else [])


def _unreachable(months: Sequence[date], told: dict[date, int]) -> Chart:
    most = max(told.values(), default=0)
    found = [(month, told.get(month, 0)) for month in months]
    rows = [Row(_named(month), [many], part=share(many, most)) for month, many in found]
    return Chart("unreachable", _("Could not be reached"), _("Month"), [_("People")], rows if most else [])


def _ageing(told: Iterable[tuple[str, date, int]], today: date) -> Chart:
    """Who was assigned and is not enrolled, by days since the assignment."""
    names = [_("Up to 7 days"), _("8 to 30 days"), _("31 to 60 days"), _("61 to 90 days"), _("More than 90 days")]
    counts = [dict.fromkeys(BEFORE, 0) for _band in BANDS]
    for status, assigned_on, many in told:
        counts[bisect(BANDS, max((today - assigned_on).days, 0)) - 1][status] += many
    most = max(sum(one.values()) for one in counts)
    rows = [
        Row(name, [*one.values()], share(sum(one.values()), most), share(one["outreach"], most))
        for name, one in zip(names, counts, strict=True)
    ]
    heads = [_("Assigned"), STATUSES["outreach"][0]]
    return Chart("ageing", _("Waiting to be enrolled"), _("Since the assignment"), heads, rows if most else [])


def _named(month: date) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")
