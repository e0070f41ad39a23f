"""What is asked when a facility says on which day somebody leaves."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.casework.members.forms import DAY

KNOWN, NOT_KNOWN = "known", "not_known"
BACK, AHEAD = timedelta(days=366), timedelta(days=366 * 60)  # a typing error, not a sentence


class LeavingForm(forms.Form):
    """A day, or that nobody knows it: which is how it mostly is."""

    is_known = forms.ChoiceField(
        label=gettext_lazy("Is the day known?"),
        choices=[(KNOWN, gettext_lazy("Yes, or they left already")), (NOT_KNOWN, gettext_lazy("Nobody knows it yet"))],
        widget=forms.RadioSelect,
    )
    day = forms.DateField(label=gettext_lazy("On which day?"), widget=DAY, required=False)

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day and not self.today - BACK <= day <= self.today + AHEAD:
            raise forms.ValidationError(_("This day is too far away. Look at the year."))
        return day

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("is_known") == KNOWN and "day" in told and not told["day"]:
            self.add_error("day", _("Say the day, or that nobody knows it yet."))
        return told

    @property
    def told(self) -> date | None:
        return self.cleaned_data["day"] if self.cleaned_data["is_known"] == KNOWN else None
