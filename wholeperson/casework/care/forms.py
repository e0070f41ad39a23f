"""What is asked when a contact is written down, a step is taken, or somebody is named to lead the care."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.care import presenters, queries
from wholeperson.casework.care.models import Case
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.contacts import METHODS, when
from wholeperson.casework.members.day_fields import come

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WAITED = timedelta(days=7)  # so long at most does a phone keep what was typed


class ContactForm(forms.Form):
    """A contact, with everything already said that is usual: one answer and one button are enough."""

    successful = forms.ChoiceField(
        label=_("Did you reach them?"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
    method = forms.ChoiceField(label=_("How?"), choices=list(METHODS.items()), widget=forms.RadioSelect)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=24 * 60)
    day = forms.DateField(label=_("Day"), widget=DAY)
    purpose = forms.ChoiceField(label=_("What for?"), choices=list(presenters.PURPOSES.items()))
    clinical = forms.BooleanField(label=_("It was clinical: done by somebody with a license"), required=False)
    place = forms.CharField(label=_("Where?"), max_length=100, required=False)
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False,
        help_text=_("Only what the next person needs."),
    )  # fmt: skip
    told_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)  # when it was typed, where it waited

    def __init__(self, sent: Any = None, *, case: Case, today: date) -> None:
        usual = {
            "method": "phone", "minutes": 5, "day": today,
            "purpose": "care" if case.status == "enrolled" else "outreach",
        }  # fmt: skip
        super().__init__(sent, initial=usual)
        self.today = today

    def clean_day(self) -> date:
        return come(self.cleaned_data["day"], self.today)

    def said(self, now: datetime) -> Said:
        """As of when it was typed on a phone that was offline, or else as of now."""
        told = self.cleaned_data
        typed = told["told_at"] if told["told_at"] and now - WAITED <= told["told_at"] <= now else now
        return Said(
            when(told["day"], told["minutes"], typed),
            told["method"], told["purpose"], told["minutes"], told["successful"] == "yes", told["clinical"],
            told["place"], told["note"],
        )  # fmt: skip


class StepForm(forms.Form):
    """From which day it holds; and for an end, the State's reason."""

    on = forms.DateField(label=_("On which day?"), widget=DAY)
    reason = forms.ChoiceField(label=_("Why?"), choices=[("", _("Choose one")), *presenters.REASONS.items()])

    def __init__(self, sent: Any = None, *, case: Case, verb: str, today: date) -> None:
        super().__init__(sent, initial={"on": today})
        self.case, self.today = case, today
        if verb != "discontinue":
            del self.fields["reason"]

    def clean_on(self) -> date:
        day = cast(date, self.cleaned_data["on"])
        if not self.case.assigned_on <= day <= max(self.today, self.case.assigned_on):
            raise forms.ValidationError(_("Give a day between the assignment and today."))
        return day


class ReviewForm(forms.Form):
    """When the care plan was looked at, and when it is looked at again."""

    reviewed_on = forms.DateField(label=_("When did you look at the care plan?"), widget=DAY)
    next_on = forms.DateField(
        label=_("When will you look at it again?"), widget=DAY,
        help_text=_("The State sets no number of days. Choose what fits this person."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("What changed?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave it empty if nothing changed: the plan is told the last day on which something did."),
    )  # fmt: skip

    def __init__(self, sent: Any = None, *, case: Case, today: date) -> None:
        super().__init__(sent, initial={"reviewed_on": today})
        self.case, self.today = case, today

    def clean_reviewed_on(self) -> date:
        day = cast(date, self.cleaned_data["reviewed_on"])
        if not self.case.assigned_on <= day <= self.today:
            raise forms.ValidationError(_("Give a day between the assignment and today."))
        return day

    def clean_next_on(self) -> date:
        day = cast(date, self.cleaned_data["next_on"])
        if day <= self.today:
            raise forms.ValidationError(_("Give a day that is still to come."))
        return day


class LeadForm(forms.Form):
    """Who leads the care, and from when on."""

    lead = forms.ModelChoiceField(
        label=_("Lead Care Manager"), queryset=Person.objects.none(), to_field_name="public_id"
    )
    since = forms.DateField(label=_("From"), widget=DAY)

    def __init__(self, sent: Any = None, *, case: Case, today: date) -> None:
        first = case.lead.public_id if case.lead else None
        super().__init__(sent, initial={"since": max(today, case.assigned_on), "lead": first})
        field = cast("forms.ModelChoiceField[Person]", self.fields["lead"])
        field.queryset = queries.leads_at(case.organisation, today)


class HandOverForm(forms.Form):
    """Whose people go to whom, and from when on."""

    leaving = forms.ModelChoiceField(
        label=_("Who hands over?"), queryset=Person.objects.none(), to_field_name="public_id"
    )
    person = forms.ModelChoiceField(
        label=_("Who takes over?"), queryset=Person.objects.none(), to_field_name="public_id"
    )
    since = forms.DateField(label=_("From"), widget=DAY)

    def __init__(self, sent: Any = None, *, person: Person, today: date) -> None:
        super().__init__(sent, initial={"since": today})
        self.today, self.own = today, person.standing.organisations_where("care.lead")
        self.organisation: Organisation | None = None
        leaving = cast("forms.ModelChoiceField[Person]", self.fields["leaving"])
        leaving.queryset = queries.leading(self.own)
        taking = cast("forms.ModelChoiceField[Person]", self.fields["person"])
        taking.queryset = queries.leads_of(self.own, today)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("leaving") and told["leaving"] == told.get("person"):
            self.add_error("person", _("Choose somebody else."))
        elif told.get("leaving") and told.get("person"):
            self.organisation = queries.shared(self.own, told["leaving"], told["person"], self.today)
            if self.organisation is None:
                self.add_error("person", _("They do not work in the same organization."))
        return told

    @property
    def organisation_meant(self) -> Organisation:
        return cast(Organisation, self.organisation)
