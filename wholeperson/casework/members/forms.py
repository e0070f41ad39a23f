"""What is asked when somebody looks for a member, writes down a consent, or opens a record in an emergency."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access import choosing
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members import consents, queries
from wholeperson.casework.members.models import Member
from wholeperson.rules.problems import Refused

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")  # what a browser reads, in every language
SHORTEST_REASON = 20  # characters; fewer tell a reviewer nothing


class Finding(forms.Form):
    """What a list is narrowed to and how it is sorted. Sent by POST: a name never stands in an address."""

    text = forms.CharField(
        label=_("Name, birth date or CIN"), help_text=_("A birth date like 1980-03-09."), max_length=100, required=False
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        choices=[("name", _("Name")), ("born", _("Birth date")), ("county", _("County"))],
        required=False,
    )
    keeps_draft = False  # what somebody looked for is kept nowhere


class ConsentForm(forms.Form):
    """A signed form, as it stands on the paper."""

    form = forms.ChoiceField(label=_("Which form?"), choices=list(consents.FORMS.items()), widget=forms.RadioSelect)
    version = forms.CharField(
        label=_("Version of the form"), help_text=_("It stands at the bottom of the form."), max_length=40
    )
    categories = forms.MultipleChoiceField(
        label=_("What may be shared?"),
        choices=list(consents.CATEGORIES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose nothing if the person said no to all of it. That is worth keeping too."),
    )
    recipients = choosing.Organisations(label=_("Who may see it?"), required=False)
    family = forms.ModelMultipleChoiceField(
        label=_("Does the young person let family see it too?"), queryset=Person.objects.none(), required=False,
        to_field_name="public_id", widget=forms.CheckboxSelectMultiple,
        help_text=_("Until they are 18 it is theirs alone. Ask them without their family in the room."),
    )  # fmt: skip
    since = forms.DateField(label=_("From"), widget=DAY)
    until = forms.DateField(label=_("Until"), widget=DAY, required=False, help_text=_("The last day it holds."))
    method = forms.ChoiceField(label=_("How was it given?"), choices=list(consents.METHODS.items()))

    def __init__(self, *given: Any, family: Iterable[Person] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        known = [one.pk for one in family]
        field = cast("forms.ModelMultipleChoiceField[Person]", self.fields["family"])
        field.queryset = Person.objects.filter(pk__in=known).order_by("name", "id")
        if not known:
            del self.fields["family"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if {"form", "categories"} <= told.keys():
            self._refuse_mixed(told["form"], told["categories"])
        if told.get("until") and told.get("since") and told["until"] < told["since"]:
            self.add_error("until", _("It cannot end before it begins."))
        if bool(told.get("categories")) != bool(told.get("recipients") or told.get("family")) and "categories" in told:
            self.add_error("recipients", _("Say both what may be shared and with whom, or neither."))
        return told

    def _refuse_mixed(self, form: str, categories: list[str]) -> None:
        try:
            if categories:
                consents.scope_of(form, categories)
        except Refused:
            self.add_error(
                "categories",
                _("Drug and alcohol treatment has a form of its own. Keep it apart from everything else."),
            )


class BreakGlassForm(forms.Form):
    """Who the person is, what happened, and why it cannot wait."""

    cin = forms.CharField(
        label=_("CIN"), help_text=_("From the card, such as 91234567A. Or give the name and birth date below."),
        max_length=20, required=False,
    )  # fmt: skip
    given_name = forms.CharField(label=_("First name"), max_length=100, required=False)
    family_name = forms.CharField(label=_("Last name"), max_length=100, required=False)
    birth_date = forms.DateField(label=_("Birth date"), widget=DAY, required=False)
    kind = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why do you need to see the record now?"),
        help_text=_("A supervisor and the privacy office will read this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=SHORTEST_REASON,
        max_length=2000,
    )
    organisation = forms.ModelChoiceField(
        label=_("For which organization?"), queryset=Organisation.objects.none(), to_field_name="public_id"
    )
    member: Member | None = None

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        kinds = [("safety", _("Somebody's safety is at risk. I will not see drug and alcohol treatment."))]
        if person.may("break_glass.emergency"):
            kinds.insert(0, ("emergency", _("A medical emergency, and the person cannot agree now.")))
        cast(forms.ChoiceField, self.fields["kind"]).choices = kinds
        places = Organisation.objects.filter(pk__in=person.standing.organisations_where("break_glass.open"))
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        field.queryset, field.initial, field.empty_label = places.order_by("name"), places.first(), None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if self.errors:  # whether somebody is known here is told only to who has given a reason
            return told
        if told.get("cin"):
            self.member = queries.known_by("cin", "".join(told["cin"].split()).upper())
        elif all(told.get(name) for name in ("given_name", "family_name", "birth_date")):
            self.member = queries.exactly(told["given_name"], told["family_name"], told["birth_date"])
        else:
            raise forms.ValidationError(_("Give the CIN, or the first name, last name and birth date."))
        if self.member is None:
            raise forms.ValidationError(_("Nobody here fits what you gave. Check the card, or ask the health plan."))
        return told


class JoinForm(forms.Form):
    """Which of two records goes on, and how somebody knows that they are one person's."""

    into = forms.ChoiceField(label=_("Which record goes on?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("How do you know that it is one person?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, sent: Any = None, *, both: Iterable[tuple[str, str]]) -> None:
        super().__init__(sent)
        cast(forms.ChoiceField, self.fields["into"]).choices = list(both)


class PartForm(forms.Form):
    """Why two records are two after all."""

    why = forms.CharField(label=_("Why are they two?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class JudgeForm(forms.Form):
    """What a reviewer makes of an opened record."""

    verb = forms.ChoiceField(
        label=_("What did you find?"),
        choices=[("justify", _("It was right")), ("question", _("It is in question"))],
        widget=forms.RadioSelect,
    )
    finding = forms.CharField(
        label=_("What you found, and what happens next"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("verb") == "question" and not told.get("finding"):
            self.add_error("finding", _("Say what is in question, so that the next person can go on."))
        return told
