"""What the directory is narrowed to. It stands in the address, so that a list can be kept and sent to somebody."""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from django import forms
from django.core.validators import EMPTY_VALUES
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Organisation
from wholeperson.access.written import Written
from wholeperson.casework.providers import asked, miles, offers
from wholeperson.casework.providers.models.offering import ECM

LONGEST = 80
OLDEST = 120
FIRST = ("service", "county", "zip", "within")
LATER = ("plan", "language", "age", "who", "text")  # what is asked less often stands behind a press
MORE = {*LATER, "accessible"}
SAID = {
    "zip": _("Around ZIP code %(value)s"),
    "within": _("Within %(value)s miles"),
    "age": _("For somebody aged %(value)s"),
    "text": _("Named “%(value)s”"),
    "who": _("For whom: %(value)s"),
}
WHO = {word: offers.WHO[word] for word in ("women", "men", "families")}


class Narrowed(NamedTuple):
    """A word that narrows the list, and the address of the list without it."""

    words: str
    without: str


class DirectoryForm(forms.Form):
    """All of it may be left out. What makes no sense is said, and narrows nothing."""

    service = forms.ChoiceField(label=_("What is needed?"), required=False, widget=Written)
    county = forms.ChoiceField(label=_("County"), required=False, widget=Written)
    zip = forms.RegexField(
        r"^\d{5}$", label=_("ZIP code"), required=False, error_messages={"invalid": _("A ZIP code has five digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code", "maxlength": "5"}),
    )  # fmt: skip
    within = forms.ChoiceField(label=_("How far from there?"), required=False, widget=Written)
    plan = forms.ChoiceField(label=_("Health plan"), required=False, widget=Written)
    language = forms.ChoiceField(label=_("Language"), required=False, widget=Written)
    age = forms.IntegerField(label=_("Age in years"), required=False, min_value=0, max_value=OLDEST)
    who = forms.ChoiceField(label=_("For whom"), required=False, widget=Written)
    text = forms.CharField(label=_("Name"), required=False, max_length=LONGEST)
    accessible = forms.MultipleChoiceField(
        label=_("What the building must have"), required=False, choices=[*offers.ACCESSIBLE.items()],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    new = forms.BooleanField(label=_("Only who takes new people now"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        counties = sorted((one["name"], id) for id, one in asked.policy().counties.items())
        self._choose("service", _("Any service"), [
            (_("Community Supports"), [(one, asked.name(one)) for one in offers.offered() if one != "ecm"]),
            (_("Enhanced Care Management"), [(one, asked.name(one)) for one in (ECM, *offers.populations())]),
        ])  # fmt: skip
        self._choose("county", _("All of California"), [(id, name) for name, id in counties])
        self._choose("within", _("Any distance"), [(f"{one}", SAID["within"] % {"value": one}) for one in offers.MILES])
        self._choose("language", _("Any language"), asked.LANGUAGES.items())
        self._choose("who", _("Anyone"), WHO.items())
        plans = Organisation.objects.filter(kind="plan").order_by("name").values_list("public_id", "name")
        self._choose("plan", _("Any plan"), plans)

    def _choose(self, field: str, nothing: Any, choices: Any) -> None:
        cast(forms.ChoiceField, self.fields[field]).choices = [("", nothing), *choices]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("within") and "zip" not in self.errors and not miles.where(told["zip"]):
            unknown = _("We do not know where this ZIP code is, so no miles are counted.")
            self.add_error("zip", unknown if told["zip"] else _("Say from which ZIP code the miles count."))
        return told

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in FIRST]

    def later(self) -> list[forms.BoundField]:
        return [self[name] for name in LATER]

    @property
    def asked_for(self) -> dict[str, Any]:
        """What is narrowed to; of what makes no sense nothing."""
        self.is_valid()
        said = {name: one for name, one in self.cleaned_data.items() if one not in EMPTY_VALUES and one is not False}
        if "zip" not in said:
            said.pop("within", None)
        return said

    def narrowed(self, address: QueryDict) -> Iterator[Narrowed]:
        """Each word of what is asked for, with the address that leaves it out."""
        for name, value in self.asked_for.items():
            for one in value if isinstance(value, list) else [value]:
                yield Narrowed(self._words(name, one), _without(address, name, str(one)))

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return str(field.label)
        if isinstance(field, forms.ChoiceField) and name != "within":
            value = dict(_flat(field.choices))[value]
        return str(SAID[name] % {"value": value} if name in SAID else value)


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    """Choices, those in groups too."""
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        else:
            yield str(value), label


def _without(address: QueryDict, name: str, value: str) -> str:
    """The same list without one word; the miles go with the ZIP code they count from."""
    left = address.copy()
    left.setlist(name, [one for one in left.getlist(name) if name == "accessible" and one != value])
    for gone in ("page", *(["within"] if name == "zip" else [])):
        left.pop(gone, None)
    return left.urlencode()
