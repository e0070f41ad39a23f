"""What is said and asked on the telephone: the questions in the order in which one speaks, each with its sentence.

The sentences are read aloud in the language of whoever calls; what is beside them is for whoever answers.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person
from wholeperson.access.own import ForOneOfOwn
from wholeperson.casework.referrals import sayings
from wholeperson.casework.referrals.choices import LANGUAGES, spoken
from wholeperson.casework.referrals.forms import Stranger
from wholeperson.casework.referrals.lifecycle import CALL
from wholeperson.casework.referrals.models import Callback

GREETING = _(
    "Thank you for calling. Are you safe, and can you talk now? If you are in danger, hang up and call 911. "
    "To talk with somebody at any hour, call or text 988."
)
# field: what is said before it is written down
SAYS: dict[str, "str | Promise"] = {
    "standing": _("Do you ask for yourself, or for somebody else?"),
    "name": _("What is your name?"),
    "works_at": _("Do you ask as part of your work? Where do you work?"),
    "own_phone": _("May we call you? At which number?"),
    "given_name": _("What is the first name of the person who needs help? Please spell it."),
    "family_name": _("And the last name?"),
    "birth_date": _("When was the person born? Month, day and year."),
    "spoken": _("Which language does the person like to speak?"),
    "county": _("In which county does the person live or stay?"),
    "plan": _("Which health plan is on the card? It is all right not to know."),
    "cin": _("Is the Medi-Cal card at hand? Please read me the number. We can go on without it."),
    "phone": _("At which number can the person be reached?"),
    "where": _("Where can the person be found? A shelter, a corner or a clinic is enough."),
    "safe_to_contact": _("Is it safe to call or write to the person? Could somebody else hear or read it?"),
    "programmes": _("What would help? Tell me what happened."),
    "urgency": _("Can it wait a few days, or does it have to be today?"),
    "urgency_reason": _("What happens if nobody comes today?"),
    "comment": _("Is there anything else we should know?"),
}
CLOSING = _(
    "I read back to you what I wrote. Is it right? Now I send it. Somebody looks at it within two working days."
)
NUMBER = _("Your number is as follows. Please write it down.")
LAST = _(
    "With this number and the birth date you can ask at any time how it stands, by telephone or on our page. "
    "Nobody needs an account."
)


def said(sentence: "str | Promise", language: str) -> str:
    """The sentence in the language of whoever calls."""
    with translation.override(language):
        return str(sentence)


def language_of(asked: str) -> str:
    """The language that the address names; English where it names none of ours."""
    return asked if asked in LANGUAGES else "en"


@dataclass(frozen=True)
class Question:
    """One field, what is said for it, and the class under which it folds away."""

    field: forms.BoundField
    says: str
    folds: str


class CallForm(Stranger, ForOneOfOwn):
    """What whoever answers the telephone writes down, in the order in which it is spoken."""

    PARTS = (
        (_("Who calls"), ("standing", "name", "works_at", "own_phone")),
        (_("Who the help is for"), ("given_name", "family_name", "birth_date", "spoken", "county", "plan", "cin")),
        (_("How to reach the person"), ("phone", "where", "safe_to_contact")),
        (_("What would help"), ("programmes", "urgency", "urgency_reason", "comment")),
    )
    LABELS: ClassVar[dict[str, Any]] = {
        "standing": _("Who calls?"), "name": _("Name of whoever calls"), "works_at": _("Where they work"),
        "own_phone": _("Telephone of whoever calls"), "given_name": _("First name"), "comment": _("In their words"),
    }  # fmt: skip

    def __init__(self, *given: Any, person: Person, callback: Callback | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.offer_own(person, CALL)
        if callback:
            self.fields.pop("organisation", None)
            self.only = callback.organisation
        for name, label in self.LABELS.items():
            self.fields[name].label, self.fields[name].help_text = label, ""

    def script(self, language: str) -> list[tuple[Any, list[Question]]]:
        """Each part with its questions, said in that language."""
        return [
            (title, [Question(field, said(SAYS[field.name], language), folds) for field, folds in fields])
            for title, fields in self.parts()
        ]


class MissedForm(ForOneOfOwn):
    """A call that nobody could take."""

    field_order = ("organisation", "phone", "name", "language", "best_time", "message", "said")

    phone = forms.CharField(
        label=_("Telephone to call back"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    name = forms.CharField(label=_("Who called, if they said it"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language they speak"))
    best_time = forms.ChoiceField(label=_("When is it best to call?"), choices=list(sayings.TIMES.items()))
    message = forms.ChoiceField(
        label=_("Is it safe to leave a message at this number?"), choices=list(sayings.MESSAGES.items()),
        widget=forms.RadioSelect, initial="no",
        help_text=_("Somebody else may hear it. Without a clear yes, nothing is left on a machine."),
    )  # fmt: skip
    said = forms.CharField(
        label=_("What they said"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A few words. What they need is asked when you call back."),
    )  # fmt: skip

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.offer_own(person, CALL)
        cast(forms.ChoiceField, self.fields["language"]).choices = spoken()


class CalledForm(forms.Form):
    """How calling back went. That a message was left can only be said where one may be left."""

    outcome = forms.ChoiceField(label=_("How did it go?"), widget=forms.RadioSelect)

    def __init__(self, *given: Any, callback: Callback, **named: Any) -> None:
        super().__init__(*given, **named)
        choices = [
            (word, said) for word, said in sayings.CALLS.items() if word != "message_left" or callback.message == "yes"
        ]
        cast(forms.ChoiceField, self.fields["outcome"]).choices = choices
