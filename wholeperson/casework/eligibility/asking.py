"""What is not known of a member, as questions: the few that settle most, no deeper than the reader sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.casework.eligibility import policies
from wholeperson.casework.eligibility.gathering import person_of
from wholeperson.casework.eligibility.models import Basis
from wholeperson.casework.members.facts import SCOPES as SCOPE_OF
from wholeperson.casework.members.facts import words
from wholeperson.casework.members.queries import Sight
from wholeperson.casework.members.shown import ShownByPaper
from wholeperson.record.models import Document
from wholeperson.rules.answers import NOT_KNOWN
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court
from wholeperson.rules.parts import available
from wholeperson.rules.questions import next_questions
from wholeperson.rules.reading.library import Fact, Policy

ASKED = 5
LOOKED_AT = 15  # of those that settle most, some lie deeper than the reader sees
UNASKED = {"birth_date", "race_ethnicity"}  # kept on the member's own record
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WHO = [
    ("member", _("The person themself")),
    ("referrer", _("Somebody who knows them, or who asks for them")),
    ("assessment", _("I saw it, or assessed it")),
    ("clinician", _("A clinician")),
]


@dataclass(frozen=True)
class Question:
    """A fact to ask for, and the programmes that an answer may settle."""

    fact: Fact
    ask: str
    settles: list[str]


def questions(basis: Basis, sight: Sight, *, on: date, language: str) -> list[Question]:
    """Asked by the policy of the day, of what can be had. Nothing deeper than the reader sees."""
    policy = policies.policy_on(on)
    case = Case(policy, person_of(basis.person, policy), on=on, known_at=on)
    court, spoken = Court(case), words(language)
    reachable = [
        court.decide(one.id)
        for one in policy.programmes.values()
        if available(one, case, None, court).answer >= NOT_KNOWN
    ]
    found = next_questions(court, reachable, asked=UNASKED, most=LOOKED_AT)
    return [
        Question(policy.facts[one.fact], spoken.ask(one.fact), _names(one.settles, policy, spoken))
        for one in found
        if sight.reaches(SCOPE_OF[policy.facts[one.fact].privacy]) and sight.may_learn(one.fact)
    ][:ASKED]


def _names(programmes: tuple[str, ...], policy: Policy, spoken: Any) -> list[str]:
    return [spoken.name(name, policy.programmes[name].name) for name in programmes]


class AnswersForm(forms.Form):
    """One field for each question; what is left empty stays not known."""

    told_by = forms.ChoiceField(
        label=_("Who told you?"), choices=WHO, widget=forms.RadioSelect, initial="member", required=False
    )

    def __init__(self, *given: Any, asked: list[Question], language: str, self_told: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        self.facts = [one.fact.name for one in asked]
        for one in asked:
            self.fields[one.fact.name] = _field(one, language)
        who = self.fields.pop("told_by")
        if not self_told:
            self.fields["told_by"] = who

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if "told_by" in self.fields and not told.get("told_by") and self.answers():
            self.add_error("told_by", _("Say who told you: it is kept with each answer."))
        return told

    def answers(self) -> list[tuple[str, Any]]:
        """What was answered, as the policy keeps it."""
        said = ((name, self.cleaned_data.get(name)) for name in self.facts)
        return [(name, _plain(value)) for name, value in said if value not in (None, "", [])]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


def _field(asked: Question, language: str) -> forms.Field:
    fact, spoken = asked.fact, words(language)
    label: dict[str, Any] = {"label": asked.ask, "required": False}
    choices = [(str(value), spoken.phrase(str(value))) for value in fact.values]
    if fact.type == "bool":
        yes_no = [("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))]
        return forms.ChoiceField(choices=yes_no, widget=forms.RadioSelect, initial="", **label)
    if fact.type == "int":
        return forms.IntegerField(min_value=fact.least or 0, max_value=fact.most or 1_000_000, **label)
    if fact.type == "date":
        return forms.DateField(widget=DAY, **label)
    if fact.type == "list" and choices:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **label)
    if fact.type == "word":
        return forms.ChoiceField(choices=[("", _("Not known")), *choices], **label)
    return forms.CharField(max_length=200, **label)


class CorrectForm(ShownByPaper):
    """What is right, who told it, and what shows it."""

    keeps_draft = False  # one for each fact at one address: what was typed into one would come back in all

    told_by = forms.ChoiceField(label=_("Who told you?"), choices=WHO, initial="member")
    evidence = forms.CharField(
        label=_("What did you see?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A letter, a bottle of pills, the room itself. What you saw, not what you think."),
    )  # fmt: skip

    def __init__(
        self,
        sent: Any = None,
        *,
        about: Fact,
        mark: str,
        ask: str,
        language: str,
        papers: Iterable[Document],
        self_told: bool,
    ) -> None:
        super().__init__(sent, auto_id=f"id_{mark}_%s")  # of the row: two may tell of one fact
        value = _field(Question(about, ask, []), language)
        value.required, value.label = True, _("What is right?")
        self.fields = {"value": value, **self.fields}
        if self_told:
            del self.fields["told_by"]
        self.ask_for_paper(papers)

    @property
    def value(self) -> Any:
        return _plain(self.cleaned_data["value"])
