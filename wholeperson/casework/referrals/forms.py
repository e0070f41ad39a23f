"""What is asked of whoever asks for help, of whoever looks at it, and of whoever answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, cast

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Organisation
from wholeperson.casework.members.actions import Said
from wholeperson.casework.members.contacts import METHODS, when
from wholeperson.casework.members.day_fields import come
from wholeperson.casework.members.numbers import FORMS as NUMBERS
from wholeperson.casework.providers.forms import Trapped
from wholeperson.casework.referrals import programmes, queries, sayings
from wholeperson.casework.referrals.actions import About, Asker, Wanted
from wholeperson.casework.referrals.choices import counties, plans, spoken
from wholeperson.casework.referrals.models import Asking

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
OLDEST = date(1900, 1, 1)


class Person(forms.Form):
    """Who the help is for."""

    today: date
    field_order: Sequence[str]

    given_name = forms.CharField(label=_("First name of the person who needs help"), max_length=100)
    family_name = forms.CharField(label=_("Last name"), max_length=100)
    birth_date = forms.DateField(label=_("Birth date"), widget=DAY)
    cin = forms.CharField(
        label=_("Medi-Cal number"), max_length=20,
        help_text=_("On the Medi-Cal card: eight digits and a letter. Leave it empty if it is not at hand."),
        required=False,
    )  # fmt: skip
    county = forms.ChoiceField(label=_("County where the person lives or stays"))
    plan = forms.ChoiceField(label=_("Medi-Cal health plan"), required=False)
    spoken = forms.ChoiceField(label=_("Language the person likes to speak"))
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False,
        help_text=_("A phone of their own, or one where they can be reached."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )  # fmt: skip
    where = forms.CharField(
        label=_("Where to find the person"), max_length=300, required=False,
        help_text=_("An address, a shelter, a corner, a clinic. Nobody needs a home to ask."),
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for field, choices in {"county": counties(), "plan": plans(), "spoken": spoken()}.items():
            cast(forms.ChoiceField, self.fields[field]).choices = choices
        self.fields["county"].initial = "contra_costa"
        if self.initial.get("standing") == "self":
            self.fields["given_name"].label = _("Your first name")
            self.fields["given_name"].help_text = _("If you ask for somebody else: theirs.")
        self.fields["spoken"].initial = get_language() or "en"

    def clean_birth_date(self) -> date:
        born: date = self.cleaned_data["birth_date"]
        if not OLDEST <= born <= self.today:
            raise forms.ValidationError(_("Nobody living was born on that day. Look at the year again."))
        return born

    def clean_cin(self) -> str:
        tidy = "".join(str(self.cleaned_data["cin"]).split()).upper()
        if tidy and not NUMBERS["cin"][0].fullmatch(tidy[:9]):
            raise forms.ValidationError(_("A Medi-Cal number has eight digits and a letter, like 91234567A."))
        return tidy[:9]

    def clean_plan(self) -> str:
        word = str(self.cleaned_data["plan"])
        return "other_medi_cal_plan" if word == "other" else word


class Need(forms.Form):
    """What is asked for, and how the person may be reached."""

    field_order: Sequence[str]

    programmes = forms.MultipleChoiceField(
        label=_("What kind of help?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose as many as you like. Whoever looks at it may find others that fit too."),
    )  # fmt: skip
    urgency = forms.ChoiceField(
        label=_("How soon?"), choices=list(sayings.URGENCIES.items()), initial="standard", widget=forms.RadioSelect
    )
    urgency_reason = forms.CharField(
        label=_("If it cannot wait: why?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    safe_to_contact = forms.ChoiceField(
        label=_("Is it safe to call or write to the person?"), choices=list(sayings.SAFETY.items()),
        widget=forms.RadioSelect,
    )  # fmt: skip
    comment = forms.CharField(
        label=_("What else should we know?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What happened, and what would help. Write no more of illness than is needed."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("urgency") == "expedited" and not told.get("urgency_reason"):
            self.add_error("urgency_reason", _("Say in a few words why it cannot wait, so that it comes first."))
        return told


class Grouped(forms.Form):
    """A long form in parts, each with a title; some fields fold away where they are not for whoever asks."""

    PARTS: Sequence[tuple[Any, Sequence[str]]] = ()
    OTHER: Sequence[str] = ("name", "works_at", "own_phone")
    heeds_query = True  # what was typed for one member is not given back for another

    def draft(self) -> SafeString:
        """That what is typed is kept when the screen locks, and given back: said before the first field is shown."""
        return self.render("forms/draft.html")

    def parts(self) -> list[tuple[Any, list[tuple[forms.BoundField, str]]]]:
        """The title, and each field with the class of what surrounds it."""
        return [
            (title, [(self[name], self._folds(name)) for name in names if name in self.fields])
            for title, names in self.PARTS
        ]

    def _folds(self, name: str) -> str:
        if name in self.OTHER and not self[name].errors:
            return "wp-ask__other"
        return "wp-ask__urgent" if name == "urgency_reason" and not self[name].errors else ""


class Stranger(Grouped, Person, Need):
    """Somebody without an account asks, and tells us who they are."""

    standing = forms.ChoiceField(
        label=_("Who are you?"), widget=forms.RadioSelect,
        choices=[(one, sayings.STANDINGS[one]) for one in sayings.PUBLIC_STANDINGS],
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name"), help_text=_("If you ask for somebody else."), max_length=200, required=False
    )
    works_at = forms.CharField(
        label=_("Where you work"), help_text=_("If you ask as part of your work."), max_length=200, required=False
    )
    own_phone = forms.CharField(
        label=_("Your telephone"), max_length=40, required=False,
        help_text=_("If you ask for somebody else, and we may call you."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )  # fmt: skip
    TELLS = ("given_name", "family_name", "birth_date", "cin", "county", "plan", "phone", "where", "safe_to_contact",
             "comment")  # fmt: skip

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        self.today = today
        super().__init__(*given, **named)
        field = cast(forms.MultipleChoiceField, self.fields["programmes"])
        field.choices = programmes.described(without=programmes.BY_ITSELF)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("standing", "self") != "self" and not told.get("name"):
            self.add_error("name", _("Tell us your name: you ask for somebody else."))
        return told

    def about(self, facts: Mapping[str, Any]) -> About:
        told = {name: self.cleaned_data[name] for name in self.TELLS}
        return About(**told, language=self.cleaned_data["spoken"], facts=facts)

    def wanted(self) -> Wanted:
        told = self.cleaned_data
        return Wanted(tuple(told["programmes"]), told["urgency"], told["urgency_reason"])

    def asker(self, language: str, organisation: Organisation | None = None) -> Asker:
        told = self.cleaned_data
        return Asker(
            told["standing"], name=told["name"], works_at=told["works_at"], phone=told["own_phone"] or told["phone"],
            language=language, organisation=organisation,
        )  # fmt: skip


class PublicForm(Trapped, Stranger):
    """Anyone asks on our page."""

    PARTS = (
        (_("You"), ("standing", "name", "works_at", "own_phone")),
        (_("Who the help is for"), ("given_name", "family_name", "birth_date", "spoken", "county", "plan", "cin")),
        (_("How to reach the person"), ("phone", "where", "safe_to_contact")),
        (_("What would help"), ("programmes", "urgency", "urgency_reason", "comment")),
    )
    keeps_draft = False  # a public computer keeps nothing
    field_order = (
        "standing", "name", "works_at", "own_phone", "given_name", "family_name", "birth_date", "cin", "county", "plan",
        "spoken", "phone", "where", "safe_to_contact", "programmes", "urgency", "urgency_reason", "comment", "website",
        "secret",
    )  # fmt: skip


class KnownForm(Grouped, Need):
    """Somebody signed in asks for a member whose record they may see: nothing is asked that is known."""

    PARTS: Sequence[tuple[Any, Sequence[str]]] = (
        (_("What would help"), ("programmes", "urgency", "urgency_reason", "wished", "comment")),
        (_("You and the person"), ("standing", "safe_to_contact", "agrees")),
    )

    standing = forms.ChoiceField(
        label=_("What are you to the person?"), choices=list(sayings.STANDINGS.items()), widget=forms.RadioSelect
    )
    wished = forms.CharField(
        label=_("Does the person want a certain provider?"), max_length=200, required=False,
        help_text=_("The person's wish comes first."),
    )  # fmt: skip
    agrees = forms.BooleanField(
        label=_("The person knows of this request and agrees to it, as far as I know"), required=False,
        help_text=_("For Enhanced Care Management this is not needed."),
    )  # fmt: skip
    field_order: Sequence[str] = (
        "programmes", "standing", "urgency", "urgency_reason", "safe_to_contact", "wished", "comment", "agrees"
    )  # fmt: skip

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        self.today = today
        super().__init__(*given, **named)
        cast(forms.MultipleChoiceField, self.fields["programmes"]).choices = programmes.described()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        wants = set(told.get("programmes", ()))
        if wants - {programmes.ECM} and not told.get("agrees") and told.get("standing") != "self":
            self.add_error("agrees", _("For a Community Support, ask the person first, and tick this."))
        return told


class NewForm(KnownForm, Person):
    """Somebody signed in asks for a person that they do not have a record of."""

    PARTS = (
        (_("Who the help is for"), ("given_name", "family_name", "birth_date", "spoken", "county", "plan", "cin")),
        (_("How to reach the person"), ("phone", "where", "safe_to_contact")),
        (_("What would help"), ("programmes", "urgency", "urgency_reason", "wished", "comment")),
        (_("You"), ("standing", "agrees")),
    )

    field_order = (
        "given_name", "family_name", "birth_date", "cin", "county", "plan", "spoken", "phone", "where",
        *KnownForm.field_order,
    )  # fmt: skip


class AgainForm(Trapped):
    """The number of a request, and the birth date that was given with it."""

    number = forms.CharField(label=_("Number of the request"), help_text=_("It begins with ask-."), max_length=20)
    birth_date = forms.DateField(label=_("Birth date of the person"), widget=DAY)
    field_order = ("number", "birth_date", "website", "secret")
    keeps_draft = False


class TextForm(forms.Form):
    """One thing to say, in the person's own words."""

    text = forms.CharField(label="", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    keeps_draft = False

    def __init__(self, *given: Any, label: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["text"].label = label


class SendForm(forms.Form):
    """Where a referral goes: the page shows those that fit, and those whose name was looked for."""

    organisation = forms.ModelChoiceField(
        label=_("Which organization?"), queryset=Organisation.objects.none(), to_field_name="public_id",
        error_messages={"required": _("Choose one organization.")},
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = queries.offering()


class QuestionsForm(forms.Form):
    """A few questions of the policy. Whoever does not know leaves them."""

    def __init__(self, *given: Any, facts: Sequence[str], **named: Any) -> None:
        super().__init__(*given, **named)
        words = programmes.words()
        for fact in facts:
            self.fields[fact] = forms.ChoiceField(
                label=words.ask(fact), required=False, widget=forms.RadioSelect, initial="",
                choices=[("yes", _("Yes")), ("no", _("No")), ("", _("I do not know"))],
            )  # fmt: skip

    def facts(self) -> dict[str, bool]:
        return {fact: answer == "yes" for fact, answer in self.cleaned_data.items() if answer}


class PaperForm(forms.Form):
    """A paper, and which of those that the policy names it is."""

    item = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("The file"), help_text=_("PDF, JPEG, PNG, TIFF, Word, Excel or plain text, up to 20 MB."),
        max_length=255,
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose it again.")},
    )  # fmt: skip

    def __init__(self, *given: Any, programme: str, **named: Any) -> None:
        super().__init__(*given, **named)
        named_papers = [(one.id, one.says) for one in programmes.documents(programme)]
        cast(forms.ChoiceField, self.fields["item"]).choices = [*named_papers, ("other", _("Something else"))]


class ElsewhereForm(forms.Form):
    """Who has it, where they have no place here."""

    to = forms.CharField(label=_("To which plan or provider?"), max_length=200)


class HearForm(forms.Form):
    """What a plan or provider elsewhere told."""

    answer = forms.ChoiceField(
        label=_("What did they say?"), choices=list(sayings.ANSWERS_ELSEWHERE.items()), widget=forms.RadioSelect
    )
    told_by = forms.CharField(
        label=_("Who told you?"), max_length=200, help_text=_("A name, or the desk you spoke with.")
    )
    on = forms.DateField(label=_("On which day?"), widget=DAY)
    way = forms.ChoiceField(label=_("How did they tell you?"), choices=list(sayings.WAYS_ELSEWHERE.items()))
    number = forms.CharField(label=_("Number of the receipt or the authorization"), max_length=80, required=False)
    until = forms.DateField(label=_("Until when does it hold?"), widget=DAY, required=False)
    reason = forms.CharField(label=_("Why, if they said no"), max_length=500, required=False)

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        return come(self.cleaned_data["on"], self.today)


def called(asking: Asking) -> str:
    """Who asked, as they may be chosen from a list."""
    return asking.name or (asking.person.name if asking.person else str(sayings.ASKERS[asking.standing]))


class StepForm(forms.Form):
    """What a step asks for; a step that asks for nothing is one button."""

    on = forms.DateField(label=_("On which day?"), widget=DAY)
    closes = forms.BooleanField(
        label=_("Close the request too: the service was received. The service itself goes on."),
        required=False,
        initial=True,
    )
    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)
    detail = forms.CharField(
        label=_("In your words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    text = forms.CharField(label=_("In your words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    successful = forms.ChoiceField(label=_("Did you reach them?"), choices=sayings.YES_NO, widget=forms.RadioSelect)
    method = forms.ChoiceField(
        label=_("How?"), choices=list(METHODS.items()), initial="phone", widget=forms.RadioSelect
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=24 * 60, initial=5)
    asking = forms.ChoiceField(label=_("Who is asked?"), widget=forms.RadioSelect)
    # verb: the fields it asks for
    ASKS: Mapping[str, tuple[str, ...]] = {
        "ask": ("asking", "text"), "decline": ("reason", "detail"), "give_back": ("reason", "detail"),
        "reach": ("successful", "method", "minutes", "on"),
        "start": ("on", "closes"), "hold": ("text",), "close": ("reason", "on", "detail"), "reopen": ("text",),
        "tell": ("text",),
    }  # fmt: skip
    LABELS: ClassVar[dict[str, Any]] = {
        "ask": _("What is missing?"), "hold": _("Why is it put on hold?"), "reopen": _("Why is it opened again?"),
        "tell": _("Your answer"),
    }  # fmt: skip

    def __init__(self, *given: Any, verb: str, today: date, askings: list[Asking] | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today
        asks = self.ASKS.get(verb, ())
        for field in set(self.fields) - set(asks):
            del self.fields[field]
        if "on" in asks:
            self.fields["on"].initial = today
        if "reason" in asks:
            said = sayings.CLOSURES if verb == "close" else sayings.DECLINES
            cast(forms.ChoiceField, self.fields["reason"]).choices = list(said.items())
        if "text" in asks:
            self.fields["text"].label = self.LABELS[verb]
        if "asking" in asks:
            cast(forms.ChoiceField, self.fields["asking"]).choices = [
                (one.public_id, called(one)) for one in askings or []
            ]
        self.order_fields(asks)
        if verb == "reach" and self.add_prefix("same") in self.data:
            self._add_same()

    def clean_on(self) -> date:
        return come(self.cleaned_data["on"], self.today)

    def ask_whether_same(self) -> None:
        """One like it is kept of that day: only whoever tells this one knows whether it is the same."""
        self._add_same()
        self.add_error("same", _("Say whether it is the same one."))

    def _add_same(self) -> None:
        self.fields["same"] = forms.ChoiceField(
            label=_("A try like this is written down for that day already. Is it the same one?"),
            choices=sayings.SAME, widget=forms.RadioSelect,
        )  # fmt: skip


def same(told: Mapping[str, Any]) -> bool | None:
    """Whether it was told before; nothing where nobody was asked."""
    return told["same"] == "yes" if told.get("same") else None


def said(told: Mapping[str, Any], at: datetime) -> Said:
    """A try to reach somebody, as a step's form told it. What it was for, the action knows."""
    return Said(
        when(told["on"], told["minutes"], at), told["method"], "outreach", told["minutes"], told["successful"] == "yes"
    )


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$", label=_("The code"),
        help_text=_("Six digits. It went to your organization's own mailbox."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip
    keeps_draft = False

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())


class ByLinkForm(StepForm):
    """A step by link asks who pressed."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    keeps_draft = False

    def __init__(self, *given: Any, verb: str, today: date, **named: Any) -> None:
        self.ASKS = {one: ("name", *asks) for one, asks in StepForm.ASKS.items()} | {"accept": ("name",)}
        super().__init__(*given, verb=verb, today=today, **named)


class ConfirmForm(forms.Form):
    as_what = forms.ChoiceField(
        label=_("What did you make sure of?"), choices=list(sayings.CONFIRMED.items()), widget=forms.RadioSelect
    )


class MailboxForm(forms.Form):
    address = forms.EmailField(
        label=_("Mailbox for referrals"),
        help_text=_("One that your team reads every working day, and that belongs to the organization."),
    )


class MemberMailboxForm(forms.Form):
    address = forms.EmailField(
        label=_("Their email address"), max_length=254,
        help_text=_("One that they alone read. If somebody else may see it, ask them how it is safe to write."),
    )  # fmt: skip


class MailboxCodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*\d{4}\s?\d{4}\s*$", label=_("The code in the mail"), help_text=_("Eight digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip
    keeps_draft = False

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())
