"""What may fit a member in finished words: grouped by answer, with reasons, and what came out otherwise than before."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wholeperson.access.models import Person
from wholeperson.casework.eligibility import policies, queries
from wholeperson.casework.eligibility.models import Basis, Determination, Telling
from wholeperson.casework.eligibility.telling import Line, in_words, line, reasons
from wholeperson.casework.members import queries as of_members
from wholeperson.casework.members.facts import SCOPES, words
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.presenters import value_in_words
from wholeperson.casework.members.queries import Sight

ANSWERS: dict[str, tuple[Any, str]] = {
    "yes": (gettext_lazy("May fit"), "good"),
    "not_known": (gettext_lazy("Not known yet"), "soon"),
    "no": (gettext_lazy("Does not fit now"), "quiet"),
}
BECAUSE: dict[str, Any] = {
    "yes": gettext_lazy("Because the person"),
    "not_known": gettext_lazy("Nobody has said yet whether the person"),
    "no": gettext_lazy("By the rules this is missing: the person"),
}


@dataclass(frozen=True)
class OneProgram:
    """One determination as its reader may know it."""

    row: Determination
    telling: Telling
    today: date
    language: str

    @property
    def name(self) -> str:
        found = policies.policy_on(self.today).programmes.get(self.row.programme)
        return words(self.language).name(self.row.programme, found.name) if found else self.row.programme

    @property
    def answer(self) -> Any:
        return ANSWERS[self.row.answer][0]

    @property
    def tone(self) -> str:
        return ANSWERS[self.row.answer][1]

    @property
    def because(self) -> Any:
        return BECAUSE[self.row.answer]

    @property
    def reasons(self) -> list[str]:
        return reasons(self.telling.why["tree"], self.language)

    @property
    def can_be_had(self) -> str:
        """Whether it can be had that day, where that is not simply yes."""
        spoken = words(self.language)
        if self.row.available == "yes":
            return ""
        head = spoken.phrase("not_available" if self.row.available == "no" else "availability_not_known")
        return f"{head}: {'; '.join(spoken.phrase(one) for one in self.row.available_because)}"

    @property
    def conditions(self) -> list[str]:
        spoken = words(self.language)
        return [
            spoken.phrase(one["with"])
            if one["kind"] == "review"
            else f"{in_words(one['says'], self.language)}: {spoken.phrase(one['kind'])}"
            for one in self.telling.why["conditions"]
        ]

    @property
    def tree(self) -> Line:
        return line(self.telling.why["tree"], self.language)

    @property
    def before(self) -> Any:
        """The answer it superseded, where that was another."""
        return ANSWERS[self.row.before][0] if self.row.before not in ("", self.row.answer) else ""

    @property
    def was_yes(self) -> bool:
        return self.row.before == "yes" and self.row.answer != "yes"


@dataclass(frozen=True)
class Programs:
    """The page of one member. A programme that the reader may not know of is not there."""

    member: Member
    sight: Sight
    reader: Person
    today: date
    language: str

    @cached_property
    def cards(self) -> list[OneProgram]:
        rows = list(queries.current(self.reader, self.member).values())
        told = queries.told_to(self.reader, rows)
        cards = [OneProgram(row, told[row.pk], self.today, self.language) for row in rows if row.pk in told]
        return sorted(cards, key=lambda card: (card.row.programme != "ecm", card.row.available == "no", card.name))

    @property
    def groups(self) -> list[tuple[str, Any, str, list[OneProgram]]]:
        """(answer, heading, tone, cards), in the order in which they are read."""
        found = [
            (answer, name, tone, [card for card in self.cards if card.row.answer == answer])
            for answer, (name, tone) in ANSWERS.items()
        ]
        return [one for one in found if one[3]]

    @property
    def asked_on(self) -> date | None:
        return max((card.row.on for card in self.cards), default=None)

    @cached_property
    def changes(self) -> list[OneProgram]:
        """What came out otherwise when the rules were asked last."""
        last = max((card.row.decided_at for card in self.cards), default=None)
        return [card for card in self.cards if card.row.decided_at == last and card.before]

    @property
    def why_changed(self) -> list[str]:
        rows = [card.row for card in self.changes][:1]
        return [why for row in rows for why in why_changed(row, queries.bases_of(rows), self.sight, self.language)]

    @property
    def speaks_for_themself(self) -> bool:
        return self.sight.row.reason == "self"


def changes_of(
    rows: list[Determination], reader: Person, today: date, language: str
) -> list[tuple[Member, OneProgram, list[str]]]:
    """(member, what changed, why) for each that the reader may know of."""
    told = queries.told_to(reader, rows)
    sights = of_members.sights(reader, [row.member_id for row in rows])
    bases = queries.bases_of(rows)
    return [
        (row.member, OneProgram(row, told[row.pk], today, language),
         why_changed(row, bases, sights[row.member_id], language))
        for row in rows
        if row.pk in told and row.member_id in sights
    ]  # fmt: skip


def why_changed(row: Determination, bases: dict[object, Basis], sight: Sight, language: str) -> list[str]:
    """What is known now and was not, as far as the reader may know; else that the rules or the time moved on."""
    earlier = row.supersedes
    now, then = bases[row.basis_id], bases.get(earlier.basis_id if earlier else None)
    found = list(_learnt(now, then, sight, language)) if then else []
    if earlier and earlier.version != row.version:
        found.append(_("The rules changed."))
    if then and now.person["coverage"] != then.person["coverage"]:
        found.append(_("The health plan, or its months, changed."))
    return found or [_("Time passed: an age was reached, or the days that count moved on.")]


def _learnt(now: Basis, then: Basis, sight: Sight, language: str) -> list[str]:
    spoken, facts = words(language), policies.policy_on(now.on).facts
    fresh = [one for one in now.person["facts"] if one not in then.person["facts"] and one["fact"] in facts]
    said = [
        f"{spoken.ask(one['fact'])} {value_in_words(one['value'])}"
        if sight.reaches(SCOPES[facts[one["fact"]].privacy]) and sight.may_learn(one["fact"])
        else spoken.phrase("health_reason").capitalize()
        for one in fresh
    ]
    return list(dict.fromkeys(said))
