"""What is asked when a facility says on which day somebody leaves."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.casework.members.forms import DAY

KNOWN, LEFT, NOT_KNOWN = "known", "left", "not_known"
AHEAD = timedelta(days=366 * 60)  # a typing error, not a sentence


class LeavingForm(forms.Form):
    """A day, or that nobody knows it, which is how it mostly is. A day that passed does not say that they left."""

    is_known = forms.ChoiceField(
        label=gettext_lazy("Is the day known?"),
        choices=[
            (KNOWN, gettext_lazy("Yes, they leave on that day")),
            (LEFT, gettext_lazy("They left on that day")),
            (NOT_KNOWN, gettext_lazy("Nobody knows it yet")),
        ],
        widget=forms.RadioSelect,
    )
    day = forms.DateField(label=gettext_lazy("On which day?"), widget=DAY, required=False)

    def __init__(self, *given: Any, came: date, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.came, self.today = came, today

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        said = told.get("is_known")
        if said in (KNOWN, LEFT) and "day" in told and (wrong := self._wrong(told["day"], has_left=said == LEFT)):
            self.add_error("day", wrong)
        return told

    def _wrong(self, day: date | None, *, has_left: bool) -> str:
        if not day:
            return _("Say the day, or that nobody knows it yet.")
        if day > self.today + AHEAD:
            return _("This day is too far away. Look at the year.")
        if has_left:
            return self._cannot_have_left(day)
        return _("This day has passed. If they left, say so.") if day < self.today else ""

    def _cannot_have_left(self, day: date) -> str:
        if day > self.today:
            return _("This day has not come yet.")
        since = date_format(self.came)
        return _("They came on %(day)s. Say a day since then.") % {"day": since} if day < self.came else ""

    @property
    def told(self) -> dict[str, Any]:
        """The day, and whether they have left, as `actions.tell` takes it."""
        said = self.cleaned_data["is_known"]
        return {"day": self.cleaned_data["day"] if said != NOT_KNOWN else None, "left": said == LEFT}
