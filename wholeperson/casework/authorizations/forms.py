"""What is asked when a plan's decision is written down, when a referral is answered, and when units were used."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Organisation, Person
from wholeperson.access.own import ForOneOfOwn
from wholeperson.casework.authorizations import presenters, queries
from wholeperson.casework.authorizations.actions import Decision
from wholeperson.casework.authorizations.lifecycle import CLOSED, RECORD
from wholeperson.casework.authorizations.models import Authorization
from wholeperson.casework.members.day_fields import come
from wholeperson.casework.members.models import Member
from wholeperson.casework.referrals.sayings import CLOSURES

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ToldForm(forms.Form):
    """What the plan decided, and who told it."""

    decision = forms.ChoiceField(
        label=_("What did the plan decide?"), choices=list(presenters.DECISIONS.items()), widget=forms.RadioSelect
    )
    number = forms.CharField(label=_("Authorization number"), max_length=40, required=False)
    begins = forms.DateField(label=_("First day"), widget=DAY, required=False)
    ends = forms.DateField(label=_("Last day"), widget=DAY, required=False)
    units = forms.IntegerField(label=_("Units"), min_value=0, max_value=1_000_000, required=False)
    reason = forms.CharField(
        label=_("Reason, if the plan gave one"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    how = forms.ChoiceField(label=_("How were you told?"), choices=list(presenters.CHANNELS.items()))
    who = forms.CharField(label=_("Who told you?"), max_length=100, required=False)
    on = forms.DateField(label=_("When were you told?"), widget=DAY)

    def __init__(self, sent: Any = None, *, today: date, known: Authorization | None = None) -> None:
        usual: dict[str, Any] = {"decision": "approved", "how": "portal", "on": today}
        if known:
            usual |= {name: getattr(known, name) for name in ("number", "begins", "ends", "units")}
        super().__init__(sent, initial=usual)
        self.today = today

    def clean_on(self) -> date:
        return come(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("begins") and told.get("ends") and told["ends"] < told["begins"]:
            self.add_error("ends", _("It cannot end before it begins."))
        return told

    def decided(self, programme: str) -> Decision:
        told = {name: self.cleaned_data[name] for name in Decision.__dataclass_fields__ if name in self.cleaned_data}
        return Decision(**{**told, "programme": programme})


class NewForm(ToldForm, ForOneOfOwn):
    """For whom, for what, and from which plan; the rest is what the plan decided."""

    cin = forms.CharField(
        label=_("The person's CIN"), max_length=20, help_text=_("From the card or the letter, such as 91234567A.")
    )
    programme = forms.ChoiceField(label=_("Which service?"))
    plan = forms.ModelChoiceField(
        label=_("From which plan?"), queryset=Organisation.objects.none(), to_field_name="public_id"
    )
    field_order = ("organisation", "cin", "programme", "plan")

    def __init__(self, sent: Any = None, *, today: date, person: Person, member: Member | None) -> None:
        super().__init__(sent, today=today)
        self.person, self.member = person, member
        if member:
            del self.fields["cin"]
        cast(forms.ChoiceField, self.fields["programme"]).choices = [("", _("Choose one")), *presenters.services()]
        cast("forms.ModelChoiceField[Organisation]", self.fields["plan"]).queryset = queries.plans()
        self.offer_own(person, RECORD)
        self.order_fields(self.field_order)

    def clean_cin(self) -> str:
        told = str(self.cleaned_data["cin"])
        self.member = queries.member_with(self.person, told)
        if self.member is None:
            raise forms.ValidationError(
                _("You see nobody with this CIN. Check it, or load the plan's file that names them first.")
            )
        return told


class AnswerForm(forms.Form):
    """How the referral stands: one of the State's five words, and for a closing its reason."""

    answer = forms.ChoiceField(
        label=_("Where does it stand?"), choices=list(presenters.ANSWERS.items()), widget=forms.RadioSelect
    )
    closure = forms.ChoiceField(
        label=_("If it is closed: why?"), choices=[("", "–"), *CLOSURES.items()], required=False
    )
    since = forms.DateField(label=_("Since when?"), widget=DAY)

    def __init__(self, sent: Any = None, *, today: date) -> None:
        super().__init__(sent, initial={"since": today})
        self.today = today

    def clean_since(self) -> date:
        return come(self.cleaned_data["since"], self.today)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        closes = told.get("answer") == CLOSED
        if closes and not told.get("closure"):
            self.add_error("closure", _("Say why it is closed. The plan tells whoever asked."))
        if not closes:
            told["closure"] = ""
        return told


class DrawForm(forms.Form):
    """Units that were used."""

    units = forms.IntegerField(label=_("How many units?"), min_value=1, max_value=100_000)
    on = forms.DateField(label=_("On which day?"), widget=DAY)

    def __init__(self, sent: Any = None, *, today: date) -> None:
        super().__init__(sent, initial={"on": today})
        self.today = today

    def clean_on(self) -> date:
        return come(self.cleaned_data["on"], self.today)
