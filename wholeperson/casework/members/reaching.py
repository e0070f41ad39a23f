"""The words of how a member may be reached, and what is asked of it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wholeperson.casework.members.day_fields import come

RULES: dict[str, "str | Promise"] = {
    "do_not_contact": _("Do not contact"),
    "safe_contact_only": _("Safe contact only"),
}
HOMES: dict[str, "str | Promise"] = {"home": _("At an address"), "no_fixed": _("No fixed address")}
DOCUMENTS: dict[str, "str | Promise"] = {
    "parent": _("Parent of a minor"),
    "guardianship": _("Guardianship"),
    "conservatorship": _("Conservatorship"),
    "power_of_attorney": _("Power of attorney"),
    "form": _("A signed form"),
    "spoken": _("The person said so"),
}
POWERS: dict[str, "str | Promise"] = {
    "talk": _("May talk with us about the care"),
    "decide": _("May decide for the person"),
}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def shown_phone(number: str) -> str:
    """Ten digits as one reads them; anything else as it is."""
    return f"({number[:3]}) {number[3:6]}-{number[6:]}" if len(number) == 10 else number


class FromToday(forms.Form):
    """What holds from a day on that has come."""

    since = forms.DateField(label=_("From"), widget=DAY)

    def __init__(self, sent: Any = None, *, today: date) -> None:
        super().__init__(sent, initial={"since": today}, auto_id=f"id_{type(self).__name__}_%s")
        self.today = today
        self.order_fields([name for name in self.fields if name not in ("since", "until")])

    def clean_since(self) -> date:
        return come(self.cleaned_data["since"], self.today)


class RuleForm(FromToday):
    """Whether and how somebody may be reached."""

    rule = forms.ChoiceField(label=_("What did they ask for?"), choices=list(RULES.items()), widget=forms.RadioSelect)
    how = forms.CharField(
        label=_("What is safe?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whom to ask for, when, and what never to say or leave behind."),
    )  # fmt: skip


class AddressForm(FromToday):
    """An address, or where somebody can be found."""

    kind = forms.ChoiceField(label=_("Where do they live?"), choices=list(HOMES.items()), widget=forms.RadioSelect)
    street = forms.CharField(label=_("Street and number"), max_length=100, required=False)
    city = forms.CharField(label=_("City"), max_length=60, required=False)
    zip_code = forms.RegexField(label=_("ZIP code"), regex=r"^[0-9]{5}(-[0-9]{4})?$", required=False)
    where = forms.CharField(
        label=_("Where can they be found?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A shelter, a corner, a library, and at what time of the day."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("kind") == "home" and not told.get("street"):
            self.add_error("street", _("Give the street, or choose no fixed address."))
        if told.get("kind") == "no_fixed":
            told |= {"street": "", "city": "", "zip_code": ""}
        return told
