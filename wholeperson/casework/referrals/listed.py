"""A list of referrals as whoever chooses reads it: beside step and day, who asked, and what the person needs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.access.models import Person
from wholeperson.access.written import Written
from wholeperson.casework.members import needs, tongues
from wholeperson.casework.members import queries as people
from wholeperson.casework.members.models import FoodNeeds, LanguageNeeds
from wholeperson.casework.members.presenters import county_in_words
from wholeperson.casework.members.speaking import speaking
from wholeperson.casework.referrals import programmes, queries
from wholeperson.casework.referrals.choices import counties
from wholeperson.casework.referrals.models import Asking, Referral
from wholeperson.casework.referrals.needing import MEALS
from wholeperson.casework.referrals.presenters import Row, Told

NARROWED = {"programme": "programme", "county": "member__county"}
Chosen = tuple[tuple[str, str], ...]  # a field of the form and what was chosen in it
Narrowing = Callable[[QuerySet[Referral]], QuerySet[Referral]]


@dataclass(frozen=True)
class ListRow(Row):
    """A line: who it is and where, what they speak and eat, and who asked, as far as the reader may know it."""

    speaks: LanguageNeeds | None = None
    eats: FoodNeeds | None = None
    asking: Asking | None = None

    @property
    def county(self) -> str:
        return county_in_words(self.referral.member)

    @property
    def needs(self) -> "list[str | Promise]":
        """What whoever is to help has to be able to do: the language first."""
        spoken = needs.spoken(self.referral.member, self.speaks)
        written = needs.written(self.referral.member, self.speaks)
        told = [tongues.name(spoken)]
        if written != spoken and tongues.name(written):
            told.append(_("reads %(language)s") % {"language": tongues.name(written)})
        return [one for one in (*told, *self._asked_for()) if one]

    def _asked_for(self) -> "list[str | Promise]":
        row, told = self.speaks, [value for _key, _name, value in needs.of_food(self.eats)]
        if row and row.format != "standard":
            told.insert(0, needs.FORMATS[row.format])
        if row and row.interpreter:
            told.insert(0, _interpreter(row.interpreter_in))
        return told

    @property
    def asked_by(self) -> "tuple[str, str | Promise] | None":
        """Their house; of whoever has none their name, and what they are to the person."""
        if self.asking is None:
            return None
        told = Told(self.asking)
        return (told.where, "") if told.where else (told.who, told.standing)


def _interpreter(language: str) -> str:
    if not language:
        return _("Needs an interpreter")
    return _("Interpreter: %(language)s") % {"language": tongues.name(language)}


def lines(user: Person, rows: Iterable[Referral]) -> list[ListRow]:
    """Each referral of a page, in a constant number of questions."""
    found = list(rows)
    records = people.records_of(user, [row.member_id for row in found])
    speaks = people.languages_of(user, records)
    meals = {row.member_id for row in found if row.programme in MEALS}
    eats = people.foods_of(user, {one: theirs for one, theirs in records.items() if one in meals}) if meals else {}
    asked = queries.first_askings(user, found)
    return [
        ListRow(
            row, True, speaks.get(row.member_id), eats.get(row.member_id) if row.programme in MEALS else None,
            asked.get(row.pk),
        )
        for row in found
    ]  # fmt: skip


class NarrowForm(forms.Form):
    """What a list is narrowed to. Of no person, so it may stand in an address."""

    programme = forms.ChoiceField(label=gettext_lazy("Help"), required=False, widget=Written)
    county = forms.ChoiceField(label=gettext_lazy("County"), required=False, widget=Written)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, widget=Written)
    keeps_draft = False

    def __init__(self, sent: Any) -> None:
        super().__init__(sent)
        listed = {"programme": programmes.choices(), "county": counties(), "language": tongues.SPOKEN.items()}
        for name, choices in listed.items():
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("All")), *choices]

    @property
    def is_narrow(self) -> bool:
        return any(self.data.get(name) for name in ("programme", "county", "language"))

    @property
    def chosen(self) -> Chosen:
        """What was chosen; what nobody could choose narrows nothing."""
        self.is_valid()
        return tuple((name, value) for name, value in self.cleaned_data.items() if value)


def narrowing(user: Person, chosen: Chosen) -> Narrowing:
    """What leaves of a list the rows that fit."""
    fields = {NARROWED[name]: value for name, value in chosen if name in NARROWED}
    language = dict(chosen).get("language")
    speaks = speaking(user, language) if language else None
    return lambda rows: (speaks(rows) if speaks else rows).filter(**fields)
