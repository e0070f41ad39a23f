"""What is asked when a file comes in, and when a plan has read a test."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Organisation, Person
from wholeperson.access.own import ForOneOfOwn
from wholeperson.casework.care.lifecycle import WORK
from wholeperson.casework.members.day_fields import come
from wholeperson.exchange import queries
from wholeperson.exchange.layouts import OPENING
from wholeperson.exchange.lifecycle import ASK_MANY, RECEIVE
from wholeperson.formats.files.layout import Layout

KINDS = [
    ("mif", _("Member Information File")),
    ("mif_release", _("Its daily short form, for people who are released")),
    ("csasf", _("Community Supports authorization status file")),
]

OPENING_KIND = (OPENING, _("Opening balances: our own list of open cases"))


class Upload(ForOneOfOwn):
    """A file, and for which of one's organizations it is. `WORD`: the permission that counts there."""

    WORD = RECEIVE
    file = forms.FileField(
        label=_("The file"), help_text=_("Excel or text, as the plan sent it, up to 20 MB."),
        widget=forms.ClearableFileInput(attrs={"class": "usa-file-input__plain"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose it again.")},
    )  # fmt: skip
    keeps_draft = False

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.offer_own(person, self.WORD)


class FileForm(Upload):
    """A file, and from which plan it is."""

    plan = forms.ModelChoiceField(
        label=_("From which plan?"), queryset=Organisation.objects.none(), to_field_name="public_id"
    )
    kind = forms.ChoiceField(label=_("Which file?"), choices=KINDS)
    field_order = ("plan", "kind", "file", "organisation")

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, person=person, **named)
        if person.may(WORK):
            cast(forms.ChoiceField, self.fields["kind"]).choices = [*KINDS, OPENING_KIND]
        plans = cast("forms.ModelChoiceField[Organisation]", self.fields["plan"])
        plans.queryset = queries.plans()
        if len(plans.queryset) == 1:
            plans.empty_label, plans.initial = None, plans.queryset[0]


class ListForm(Upload):
    """A list of requests."""

    WORD = ASK_MANY
    field_order = ("file", "organisation")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["file"].help_text = _("Excel or text, up to 20 MB.")


class TrialForm(forms.Form):
    """The day on which the plan said that it could read our test files, and which."""

    which = forms.MultipleChoiceField(
        label=_("Which files could it read?"), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    accepted_on = forms.DateField(
        label=_("When did the plan accept it?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, sent: Any = None, *, today: date, layouts: Sequence[Layout]) -> None:
        names = [layout.id for layout in layouts]
        super().__init__(sent, initial={"which": names})
        self.today, self.names = today, names
        if len(names) > 1:
            cast(forms.MultipleChoiceField, self.fields["which"]).choices = [(each.id, each.name) for each in layouts]
        else:
            del self.fields["which"]

    @property
    def layouts_meant(self) -> list[str]:
        return list(self.cleaned_data.get("which", self.names))

    def clean_accepted_on(self) -> date:
        return come(self.cleaned_data["accepted_on"], self.today)


class LeadsForm(forms.Form):
    """Who leads the care of those for whom nobody was named."""

    lead = forms.ModelChoiceField(
        label=_("Who led their care?"), queryset=Person.objects.none(), to_field_name="public_id"
    )

    def __init__(self, *given: Any, leads: QuerySet[Person], **named: Any) -> None:
        super().__init__(*given, **named)
        cast("forms.ModelChoiceField[Person]", self.fields["lead"]).queryset = leads


class CorrectForm(forms.Form):
    """Why a file goes out once more."""

    why = forms.CharField(label=_("What was wrong?"), max_length=500)
