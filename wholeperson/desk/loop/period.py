"""The days that are counted: as they stand in the address, or the last three months."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

OLDEST = date(2022, 1, 1)  # when the programs began
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LONGEST = timedelta(days=3 * 366)


class Period(forms.Form):
    """`from` and `to`, both days in. What is left out is the usual."""

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today
        self.fields["from"] = forms.DateField(label=_("Asked for from"), widget=DAY, required=False)
        self.fields["to"] = forms.DateField(label=_("to"), widget=DAY, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        last = told.get("to") or self.today
        first = told.get("from") or _months_before(last)
        if not OLDEST <= first <= last <= self.today or last - first > LONGEST:
            self.add_error(
                "from",
                _("Choose days from January 1, 2022 to today, the first before the last, three years at most."),
            )
        return {"from": first, "to": last}


def _months_before(last: date) -> date:
    """The first day of the month two months before."""
    months = last.year * 12 + last.month - 1 - 2
    return date(months // 12, months % 12 + 1, 1)


def quarter(day: date, today: date) -> tuple[date, date]:
    """The quarter of a year that a day lies in, as far as it has gone.

    Who reads numbers alone reads whole quarters: a day more or less would tell of the one who asked on it.
    """
    begins = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    ends = (begins + timedelta(days=93)).replace(day=1) - timedelta(days=1)
    return begins, min(ends, today)
