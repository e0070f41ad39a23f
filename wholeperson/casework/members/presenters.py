"""A member in finished words, no more of them than the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wholeperson.access.models import Person
from wholeperson.casework.members import consents, facts, needs, queries, scoping
from wholeperson.casework.members.models import (
    Consent,
    Fact,
    FoodNeeds,
    FormerName,
    Joining,
    LanguageNeeds,
    Likeness,
    Member,
    Relationship,
)
from wholeperson.casework.members.queries import Sight

NAMED = 10  # former names on the page about a person; the page of names has all
REASONS: dict[str, "str | Promise"] = {
    "self": gettext_lazy("This is your own record."),
    "family": gettext_lazy("You care for this person at home."),
    "coverage": gettext_lazy("Your plan covers this person."),
    "referral": gettext_lazy("Somebody asked for help for this person."),
    "authorization": gettext_lazy("Your organization gives this person a service."),
    "assignment": gettext_lazy("Your organization leads this person's care."),
    "facility_case": gettext_lazy("This person is, or was, in your facility."),
    "consent": gettext_lazy("This person agreed to it."),
    "break_glass": gettext_lazy("You opened this record in an emergency. It closes again by itself."),
}
REASONS_TOLD: dict[str, "str | Promise"] = {
    "self": gettext_lazy("It is your own record"),
    "family": gettext_lazy("Cares for you at home"),
    "coverage": gettext_lazy("Your health plan"),
    "referral": gettext_lazy("You were referred"),
    "authorization": gettext_lazy("Gives you a service"),
    "assignment": gettext_lazy("Leads your care"),
    "facility_case": gettext_lazy("The facility where you are or were"),
    "consent": gettext_lazy("You agreed to it"),
    "break_glass": gettext_lazy("An emergency"),
}
DEPTHS: dict[str, "str | Promise"] = {
    "minimal": gettext_lazy("Name, birth date and how things stand"),
    "care": gettext_lazy("What is needed to care for you"),
    "sensitive": gettext_lazy("Also health, housing and other private things"),
    "part2": gettext_lazy("Also drug and alcohol treatment"),
}
DEPTHS_OF_NEAR: dict[str, "str | Promise"] = {
    "minimal": gettext_lazy("Sees the name and how things stand"),
    "care": gettext_lazy("Sees what is needed to care for them"),
    "sensitive": gettext_lazy("Sees private things too"),
    "part2": gettext_lazy("Sees drug and alcohol treatment too"),
}


@dataclass(frozen=True)
class MemberPage:
    """What the page of one member shows. A block that the reader may not see is not there."""

    member: Member
    sight: Sight
    reader: Person
    today: date

    @property
    def name(self) -> str:
        return self.member.called

    @property
    def age(self) -> int:
        born = self.member.birth_date
        return self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))

    @property
    def county(self) -> str:
        return county_in_words(self.member)

    @property
    def because(self) -> "str | Promise":
        return REASONS[self.sight.row.reason]

    @property
    def numbers(self) -> list[tuple[str, str]]:
        return numbers_in_words(self.reader, self.member)

    @property
    def blocks(self) -> dict[str, list[tuple[str, str]]]:
        """What is known, by how deep it lies, as questions and answers; nothing deeper than the reader sees."""
        found: dict[str, list[tuple[str, str]]] = {}
        for fact in queries.facts_for(self.reader, self.member):
            if self.sight.reaches(fact.scope):
                found.setdefault(fact.scope, []).append(fact_in_words(fact))
        return found

    @property
    def may_be_asked_for(self) -> bool:
        return self.reader.may("referral.ask")

    @cached_property
    def joined(self) -> list[Joining]:
        """Where this record goes on, or what goes on in it, as far as the reader sees both."""
        return queries.joined_with(self.reader, self.member)

    @property
    def goes_on(self) -> Joining | None:
        return next((one for one in self.joined if one.gone_id == self.member.pk), None)

    @property
    def others(self) -> "list[tuple[Member, list[tuple[str, str]]]]":
        """The records that go on in this one, each with its numbers."""
        gone = [one.gone for one in self.joined if one.into_id == self.member.pk]
        return [(one, numbers_in_words(self.reader, one)) for one in gone]

    @cached_property
    def needs(self) -> "NeedsPage | None":
        return NeedsPage(self.member, self.reader) if self.sight.reaches("care") else None

    @property
    def opens_needs(self) -> bool:
        return self.reader.may("member.tell") and self.needs is not None

    @property
    def opens_name(self) -> bool:
        return self.reader.may("member.rename") and self._from_afar

    @property
    def opens_facts(self) -> bool:
        return self.opens_needs and bool(self.blocks)

    @property
    def opens_contacts(self) -> bool:
        return self.reader.may("contact.record") and self.sight.reaches("care")

    @property
    def opens_reach(self) -> bool:
        return self.reader.may("member.reach") and self._from_afar

    @cached_property
    def _from_afar(self) -> bool:
        """Whether they see as deep as care, and not as family or friend."""
        return self.sight.reaches("care") and not queries.is_near(self.reader, self.member)

    @property
    def opens_consents(self) -> bool:
        return self.reader.may("consent.read") and self.sight.reaches("care")

    @property
    def opens_story(self) -> bool:
        return self.sight.reaches("care")

    @property
    def opens_programs(self) -> bool:
        return self.reader.may("determination.read") and self.sight.reaches("care")


@dataclass(frozen=True)
class NeedsPage:
    """How somebody speaks, reads and eats, and how they were called before, for who sees as deep as care."""

    member: Member
    reader: Person

    @cached_property
    def languages(self) -> list[LanguageNeeds]:
        return queries.language_for(self.reader, self.member)

    @cached_property
    def foods(self) -> list[FoodNeeds]:
        return queries.food_for(self.reader, self.member)

    @cached_property
    def names(self) -> list[FormerName]:
        """Those told last, and one more where there are more than a page about the person names."""
        return list(queries.former_names_for(self.reader, self.member)[: NAMED + 1])

    @property
    def first_names(self) -> list[FormerName]:
        return self.names[:NAMED]

    @property
    def has_more_names(self) -> bool:
        return len(self.names) > NAMED

    @property
    def is_all_that_was_told(self) -> bool:
        return max(len(self.languages), len(self.foods)) < scoping.TOLD_LAST

    @property
    def language(self) -> needs.Lines:
        return needs.of_language(self.member, next(iter(self.languages), None))

    @property
    def food(self) -> needs.Lines:
        return needs.of_food(next(iter(self.foods), None))

    @property
    def before(self) -> "list[tuple[LanguageNeeds | FoodNeeds, needs.Lines]]":
        """What was told before and holds no more, the latest first."""
        told = [(row, needs.of_language(self.member, row)) for row in self.languages[1:]]
        eaten = [(row, needs.of_food(row)) for row in self.foods[1:]]
        return sorted([*told, *eaten], key=lambda one: one[0].kept_at, reverse=True)

    def known(self, form: str) -> dict[str, Any]:
        """With what a form begins: nothing is asked that is known."""
        if form == "language":
            row = next(iter(self.languages), None)
            spoken, written = needs.spoken(self.member, row), needs.written(self.member, row)
            return {"format": "standard", **(vars(row) if row else {}), "spoken": spoken, "written": written}
        return vars(self.foods[0]) if form == "food" and self.foods else {}


@dataclass(frozen=True)
class OneOfTwo:
    """One of two records that may be of one person, and what of it is not as in the other."""

    member: Member
    other: Member
    cin: str

    @property
    def named(self) -> str:
        """The name, and the number that tells it from the other."""
        return " · ".join(filter(None, [self.member.called, self.cin, date_format(self.member.birth_date)]))

    @property
    def facts(self) -> list[tuple[str, str, bool]]:
        born, county = self.member.birth_date, self.member.county
        return [
            (_("Birth date"), date_format(born), born != self.other.birth_date),
            (_("County"), county_in_words(self.member), county != self.other.county),
            ("CIN", self.cin, False),
        ]


@dataclass(frozen=True)
class Pair:
    """Two records side by side. `joining` where they are one person's; `joinable` where the reader may say so."""

    row: Likeness
    both: tuple[OneOfTwo, OneOfTwo]
    joining: Joining | None
    joinable: bool

    @property
    def names(self) -> str:
        return " · ".join(dict.fromkeys(one.member.called for one in self.both))

    @property
    def is_apart(self) -> bool:
        return self.row.status == "apart"


def pairs_of(rows: Iterable[Likeness], reader: Person) -> list[Pair]:
    """Each with the CINs that this person may read, asked for once."""
    found = list(rows)
    cins = queries.cins_for(reader, [one for row in found for one in (row.first, row.second)])
    joined = queries.joinings_for(reader).filter(likeness__in=[row.pk for row in found]).select_related("into", "by")
    joinings, joinable = {one.likeness_id: one for one in joined}, queries.joinable(reader, found)

    def told(one: Member, other: Member) -> OneOfTwo:
        return OneOfTwo(one, other, cins.get(one.pk, ""))

    def both(row: Likeness) -> tuple[OneOfTwo, OneOfTwo]:
        return told(row.first, row.second), told(row.second, row.first)

    return [Pair(row, both(row), joinings.get(row.pk), row.pk in joinable) for row in found]


def numbers_in_words(reader: Person, member: Member) -> list[tuple[str, str]]:
    return [(row.system.upper(), row.value) for row in queries.numbers_for(reader, member)]


def county_in_words(member: Member) -> str:
    return member.county.replace("_", " ").title()


def fact_in_words(fact: Fact) -> tuple[str, str]:
    """The question as the policy asks it, and the answer."""
    return facts.words(get_language() or "en").ask(fact.fact), value_in_words(fact.value)


def value_in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value is None:
        return _("Never")
    if isinstance(value, list):
        return ", ".join(value_in_words(one) for one in value)
    day = parse_date(value) if isinstance(value, str) and len(value) == len("2026-11-21") else None
    return date_format(day) if day else str(value).replace("_", " ")


@dataclass(frozen=True)
class ConsentCard:
    """One consent as it is shown in a list and on its page."""

    consent: Consent
    today: date

    @property
    def form(self) -> "str | Promise":
        return consents.FORMS[self.consent.form]

    @property
    def method(self) -> "str | Promise":
        return consents.METHODS[self.consent.method]

    @property
    def categories(self) -> "list[str | Promise]":
        return [consents.CATEGORIES[category] for category in self.consent.categories]

    @property
    def depth(self) -> "str | Promise":
        return DEPTHS[self.consent.scope]

    @property
    def holds(self) -> bool:
        ended = self.consent.until is not None and self.consent.until < self.today
        return self.consent.status == "given" and not ended

    @property
    def status(self) -> str:
        if self.consent.status == "revoked":
            return _("Taken back")
        return _("In force") if self.holds else _("Ended")


def who_sees(rows: Iterable[Relationship]) -> "list[tuple[str, str | Promise, str | Promise, Relationship]]":
    """Each who may see a record today: who, why, how far."""
    return [(str(row.organisation or row.person), REASONS_TOLD[row.reason], DEPTHS[row.scope], row) for row in rows]
