"""What is asked of an applicant, one step after the other, and of the plan that decides."""

from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access import numbers
from wholeperson.access.forms import NUMBER_FORMS
from wholeperson.access.kinds import KINDS
from wholeperson.access.models import Organisation
from wholeperson.casework.providers import asked, queries
from wholeperson.casework.providers.models import Application
from wholeperson.rules.problems import Refused

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LONGEST = 4000  # characters of what somebody tells in their own words
EARLIEST_CONTRACT, LATEST_CONTRACT = date(2022, 1, 1), date(2040, 12, 31)
TRAP = _("Leave this field empty. Only machines fill it in.")


class Trapped(forms.Form):
    """A form that anyone may send: with one field that people do not see, and one secret by which it is known again."""

    website = forms.CharField(
        label=TRAP, required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    secret = forms.RegexField(r"^[A-Za-z0-9_-]{22,64}$", widget=forms.HiddenInput)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(TRAP)
        return ""


class BeginForm(Trapped):
    """What is needed to keep an application and to write to whoever makes it."""

    plan = forms.ModelChoiceField(
        label=_("Which health plan do you want to work with?"), queryset=Organisation.objects.none(),
        to_field_name="public_id", empty_label=None, widget=forms.RadioSelect,
    )  # fmt: skip
    legal_name = forms.CharField(
        label=_("Legal name of your organization"), help_text=_("As on your tax papers."), max_length=200
    )
    contact_name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_email = forms.EmailField(
        label=_("Your email address"), help_text=_("We send your private link there."), max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    field_order = ("plan", "legal_name", "contact_name", "contact_email", "website", "secret")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["plan"])
        field.queryset = queries.plans_here()
        field.initial = first.public_id if (first := field.queryset.first()) else None

    def clean_legal_name(self) -> str:
        return " ".join(str(self.cleaned_data["legal_name"]).split())


class LinkAgainForm(Trapped):
    """The mailbox to which the first link went."""

    email = forms.EmailField(
        label=_("Your email address"), help_text=_("The one you gave when you began."), max_length=254
    )
    field_order = ("email", "website", "secret")


class Step(forms.Form):
    """One step of the application; it begins with what was said before."""

    title: Any = ""
    lead: Any = ""

    def __init__(self, *given: Any, application: Application, **named: Any) -> None:
        self.application = application
        super().__init__(*given, **named)
        if not self.is_bound:
            self.initial = self.before()

    def before(self) -> dict[str, Any]:
        return {field: getattr(self.application, field, None) for field in self.fields}


class OrganizationForm(Step):
    title = _("Your organization")
    lead = _("Who you are, and the numbers the plan knows you by. What you do not have yet may stay empty.")
    legal_name = forms.CharField(label=_("Legal name"), max_length=200)
    other_name = forms.CharField(
        label=_("Name people know you by"), help_text=_("If it is another."), max_length=200, required=False
    )
    kind = forms.ChoiceField(
        label=_("What kind of organization are you?"), choices=[(one, KINDS[one].name) for one in asked.KINDS],
        widget=forms.RadioSelect,
    )  # fmt: skip
    npi = forms.CharField(
        label=_("NPI"), max_length=20, required=False,
        help_text=_("Ten digits. You need one before you are listed, not today."),
    )  # fmt: skip
    tin = forms.CharField(
        label=_("Tax number (TIN)"), help_text=_("Nine digits, like 12-3456789."), max_length=20, required=False
    )
    medi_cal = forms.ChoiceField(
        label=_("Are you enrolled in Medi-Cal as a provider?"), choices=list(asked.MEDI_CAL.items()), required=False,
        widget=forms.RadioSelect,
        help_text=_("Where Medi-Cal has a way to enroll you, you must. If it has none, the plan looks at you itself."),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Business address"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )  # fmt: skip

    def clean_npi(self) -> str:
        return self._number("npi")

    def clean_tin(self) -> str:
        return self._number("tin")

    def _number(self, system: str) -> str:
        value = str(self.cleaned_data[system])
        try:
            return numbers.tidied(system, value) if value else ""
        except Refused:
            raise forms.ValidationError(NUMBER_FORMS[system]) from None


class ContactForm(Step):
    title = _("Whom we ask")
    lead = _("One person the plan can reach with questions.")
    contact_name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    contact_phone = forms.RegexField(
        r"^[0-9+(). x-]{7,40}$", label=_("Phone number"), required=False, help_text=_("Like 925-555-0142."),
        error_messages={"invalid": _("A phone number has digits, spaces and hyphens, like 925-555-0142.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )  # fmt: skip


class ServicesForm(Step):
    title = _("What you would do")
    lead = _("Choose every service you want to give. You can change this until you send it.")
    ecm = forms.MultipleChoiceField(
        label=_("Enhanced Care Management, for these people"), required=False, widget=forms.CheckboxSelectMultiple
    )
    supports = forms.MultipleChoiceField(
        label=_("Community Supports"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for field, kind in (("ecm", "population_of_focus"), ("supports", "community_support")):
            choices = [(one.id, asked.name(one.id)) for one in asked.programmes() if one.kind == kind]
            cast(forms.MultipleChoiceField, self.fields[field]).choices = choices

    def before(self) -> dict[str, Any]:
        chosen = [row.programme for row in self.application.services.all()]
        return {"ecm": chosen, "supports": chosen}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        told["services"] = [*told.get("ecm", ()), *told.get("supports", ())]
        if not told["services"] and not self.errors:
            raise forms.ValidationError(_("Choose at least one service."))
        return told


class PlacesForm(Step):
    title = _("Where, and in which languages")
    lead = _("Where your staff can go, and what they speak with members.")
    counties = forms.MultipleChoiceField(label=_("Counties"), widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=list(asked.LANGUAGES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        choices = list(asked.counties_of(queries.plan_word(self.application.plan)).items())
        cast(forms.MultipleChoiceField, self.fields["counties"]).choices = choices

    def before(self) -> dict[str, Any]:
        counties = [row.county for row in self.application.counties.all()]
        return {"counties": counties, "languages": self.application.languages}


class RoomForm(Step):
    title = _("How many members")
    lead = _("For how many members at once could you give each service? A careful guess is enough.")

    def __init__(self, *given: Any, application: Application, **named: Any) -> None:
        super().__init__(*given, application=application, **named)
        rows = {row.programme: row.capacity for row in application.services.all()}
        for one in asked.in_order(rows):
            self.fields[one] = forms.IntegerField(
                label=asked.name(one), min_value=0, max_value=100_000, required=False, initial=rows[one]
            )

    def before(self) -> dict[str, Any]:
        return {row.programme: row.capacity for row in self.application.services.all()}


class TeamForm(Step):
    title = _("Your team")
    lead = _("Who would do the work, and what you have done before.")
    years = forms.IntegerField(
        label=_("For how many years have you done this kind of work?"), min_value=0, max_value=200, required=False
    )
    experience = forms.CharField(
        label=_("What have you done before, for whom, and where?"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 6}), help_text=_("No names of people you helped, please."),
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        counts = {
            f"staff_{key}": forms.IntegerField(label=label, min_value=0, max_value=100_000, required=False)
            for key, label in asked.STAFF.items()
        }
        self.fields = {**counts, **self.fields}
        if not self.is_bound:
            self.initial.update({f"staff_{key}": number for key, number in self.application.staff.items()})

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        counts = {key: told.get(f"staff_{key}") for key in asked.STAFF}
        told["staff"] = {key: number for key, number in counts.items() if number is not None}
        return told


class StatementsForm(Step):
    title = _("What you can say of yourselves")
    lead = _("Tick what is true for you today. Each holds for a year; then we ask again.")
    items = forms.MultipleChoiceField(label=_("We say that"), required=False, widget=forms.CheckboxSelectMultiple)
    at_once = forms.MultipleChoiceField(
        label=_("Are you one of these?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Under contract, such a provider may begin with the groups you chose before the plan decides."),
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        chosen = [row.programme for row in self.application.services.all()]
        self.asked = asked.items(chosen)
        if kinds := asked.at_once(chosen):
            cast(forms.MultipleChoiceField, self.fields["at_once"]).choices = list(kinds.items())
        else:
            del self.fields["at_once"]
        choices = [(item.key, f"{asked.name(item.programme)}: {item.says}") for item in self.asked]
        cast(forms.MultipleChoiceField, self.fields["items"]).choices = choices

    def before(self) -> dict[str, Any]:
        said = [f"{row.programme}.{row.item}" for row in self.application.attestations.all()]
        return {"items": said, "at_once": self.application.at_once}

    def clean_items(self) -> list[asked.Item]:
        ticked = set(self.cleaned_data["items"])
        return [item for item in self.asked if item.key in ticked]


STEPS: dict[str, type[Step]] = {
    "organization": OrganizationForm,
    "contact": ContactForm,
    "services": ServicesForm,
    "places": PlacesForm,
    "room": RoomForm,
    "team": TeamForm,
    "statements": StatementsForm,
}


class PaperForm(forms.Form):
    """A paper, and what it is for."""

    item = forms.ChoiceField(label=_("What is it?"), choices=list(asked.PAPERS.items()), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("The file"), help_text=_("PDF, JPEG, PNG, TIFF, Word, Excel or plain text, up to 20 MB."),
        max_length=255,
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose it again.")},
    )  # fmt: skip


class FindingForm(forms.Form):
    """What the list is narrowed to. It stands in the address, so that a list can be kept and sent to a colleague."""

    text = forms.CharField(label=_("Name or NPI"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("Where it stands"), required=False)
    service = forms.ChoiceField(label=_("Service"), required=False)
    late = forms.BooleanField(label=_("Only what is late"), required=False)

    def __init__(self, *given: Any, statuses: list[tuple[str, Any]], **named: Any) -> None:
        super().__init__(*given, **named)
        everything = [("", _("All that is open")), *statuses]
        cast(forms.ChoiceField, self.fields["status"]).choices = everything
        services = [("", _("Any service")), *((one.id, asked.name(one.id)) for one in asked.programmes())]
        cast(forms.ChoiceField, self.fields["service"]).choices = services


class NoteForm(forms.Form):
    """For colleagues."""

    text = forms.CharField(
        label=_("A note for your colleagues"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant does not see it."),
    )  # fmt: skip


class LookForm(forms.Form):
    """What of the vetting has been looked at."""

    items = forms.MultipleChoiceField(
        label=_("Looked at, and nothing stands against it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All of it, before a contract is written."),
    )

    def __init__(self, *given: Any, application: Application, **named: Any) -> None:
        super().__init__(*given, **named)
        choices = list(asked.vetting(application.medi_cal).items())
        cast(forms.MultipleChoiceField, self.fields["items"]).choices = choices
        self.initial = {"items": [row.item for row in application.looks.all()]}


class DecideForm(forms.Form):
    """What a step needs: words to the applicant, a day, or a name."""

    LABELS: ClassVar = {
        "ask": (_("What do you need to know?"), _("The applicant reads this.")),
        "request_papers": (_("Which papers do you need?"), _("The applicant reads this. Name each paper.")),
        "decline": (
            _("Why is it declined?"),
            _("The applicant reads this. Say what would change it, if anything would."),
        ),
    }

    def __init__(self, *given: Any, verb: str, application: Application, **named: Any) -> None:
        super().__init__(*given, **named)
        if verb in self.LABELS:
            label, hint = self.LABELS[verb]
            box = forms.Textarea(attrs={"rows": 5})
            self.fields["said"] = forms.CharField(label=label, help_text=hint, max_length=LONGEST, widget=box)
        if verb == "sign":
            self.fields["said"] = forms.DateField(label=_("From which day does the contract hold?"), widget=DAY)
        if verb == "list":
            self.fields["said"] = forms.CharField(
                label=_("Name in the directory"), max_length=200, initial=application.legal_name
            )

    def clean_said(self) -> Any:
        said = self.cleaned_data["said"]
        if isinstance(said, date) and not EARLIEST_CONTRACT <= said <= LATEST_CONTRACT:
            raise forms.ValidationError(_("This day cannot be right. A contract begins between 2022 and 2040."))
        return " ".join(said.split()) if isinstance(said, str) and "\n" not in said else said
