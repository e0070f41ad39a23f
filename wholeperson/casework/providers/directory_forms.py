"""What the directory is narrowed to. It stands in the address, so that a list can be kept and sent to somebody."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Organisation
from wholeperson.casework.providers import asked, offers
from wholeperson.casework.providers.models.offering import ECM

LONGEST = 80


class DirectoryForm(forms.Form):
    """All of it may be left out. What makes no sense is said, and narrows nothing."""

    service = forms.ChoiceField(label=_("What is needed?"), required=False)
    county = forms.ChoiceField(label=_("County"), required=False)
    zip = forms.RegexField(
        r"^\d{5}$", label=_("ZIP code"), required=False, error_messages={"invalid": _("A ZIP code has five digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code", "maxlength": "5"}),
    )  # fmt: skip
    plan = forms.ChoiceField(label=_("Health plan"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    text = forms.CharField(label=_("Name"), required=False, max_length=LONGEST)
    new = forms.BooleanField(label=_("Only who takes new people now"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        counties = sorted((one["name"], id) for id, one in asked.policy().counties.items())
        self._choose("service", _("Any service"), [
            (_("Community Supports"), [(one, asked.name(one)) for one in offers.offered() if one != "ecm"]),
            (_("Enhanced Care Management"), [(one, asked.name(one)) for one in (ECM, *offers.populations())]),
        ])  # fmt: skip
        self._choose("county", _("All of California"), [(id, name) for name, id in counties])
        self._choose("language", _("Any language"), asked.LANGUAGES.items())
        plans = Organisation.objects.filter(kind="plan").order_by("name").values_list("public_id", "name")
        self._choose("plan", _("Any plan"), plans)

    def _choose(self, field: str, nothing: Any, choices: Any) -> None:
        cast(forms.ChoiceField, self.fields[field]).choices = [("", nothing), *choices]

    @property
    def asked_for(self) -> dict[str, Any]:
        """What is narrowed to; of what makes no sense nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
