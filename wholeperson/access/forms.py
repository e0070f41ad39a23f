"""What is asked for when people and organisations are set up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access import numbers
from wholeperson.access.kinds import KINDS
from wholeperson.access.models import Identifier, Organisation
from wholeperson.rules.problems import Refused

NUMBER_FORMS = {
    "npi": _("An NPI has ten digits, begins with 1 or 2, and its last digit checks the others. Copy it again."),
    "tin": _("A tax number has nine digits, like 12-3456789. Copy it again."),
    "licence": _("A license has letters and digits, as the board wrote them. Copy it again."),
}


class OrganisationForm(forms.Form):
    """A new organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.id, kind.name) for kind in KINDS.values()])

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if Organisation.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is an organization with this name already."))
        return name


class NumberForm(forms.Form):
    """A number of an organisation."""

    system = forms.ChoiceField(
        label=_("Kind of number"), choices=[("npi", "NPI"), ("tin", _("Tax number (TIN)")), ("licence", _("License"))]
    )
    value = forms.CharField(label=_("Number"), max_length=80)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        system = given.get("system", "")
        try:
            tidy = numbers.tidied(system, given.get("value", "0"))
        except Refused:
            self.add_error("value", NUMBER_FORMS.get(system, _("Copy it again.")))
            return given
        if "value" in given and Identifier.objects.filter(system=system, value=tidy, until=None).exists():
            self.add_error("value", _("This number belongs to an organization or person already."))
        return given


class LastDayForm(forms.Form):
    """The last day on which a role holds."""

    until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
