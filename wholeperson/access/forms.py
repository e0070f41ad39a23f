"""What is asked for when people and organisations are set up."""

from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from wholeperson.access import numbers
from wholeperson.access.kinds import KINDS
from wholeperson.access.models import Identifier, Organisation, Person
from wholeperson.access.roles import ROLES
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


class InvitationForm(forms.Form):
    """Whom to invite to an organisation, as what, and for how long."""

    email = forms.EmailField(label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"))
    since = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
        help_text=_("Leave it empty if nobody knows yet."),
    )

    def __init__(self, *arguments: Any, kind: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [(role, ROLES[role].name) for role in KINDS[kind].roles]
        cast(forms.ChoiceField, self.fields["role"]).choices = choices

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("until") and given.get("since") and given["until"] < given["since"]:
            self.add_error("until", _("The last day cannot be before the first."))
        return given


class NewcomerForm(forms.Form):
    """Who accepts an invitation, and the password they choose."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Four or five words that do not belong together are easy to keep."),
    )

    def __init__(self, *arguments: Any, email: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.email = email

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, Person(name=self.cleaned_data.get("name", ""), email=self.email))
        return password


class LastDayForm(forms.Form):
    """The last day on which a role holds."""

    until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
