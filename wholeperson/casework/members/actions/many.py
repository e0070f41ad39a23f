"""Who somebody is and what a file says of them: of one member, or of hundreds with a few questions in all."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import transaction

from wholeperson.access.models import Organisation
from wholeperson.casework.members.actions.hearing import Heard, new_in
from wholeperson.casework.members.models import Coverage, Identifier, LanguageNeeds, Member, Phone
from wholeperson.casework.members.numbers import lawful_number
from wholeperson.record import wall
from wholeperson.record.actors import Actor, require
from wholeperson.record.pile import Pile
from wholeperson.record.sealed import fingerprint


class Members:
    """The members of some rows of a file, their telephones and months; what is new goes onto the pile.

    `known` are those that are kept already: they are locked, so that nobody else adds to them until the transaction
    ends. Call it, and write the pile, with the wall opened.
    """

    def __init__(self, pile: Pile, known: Collection[Member] = ()) -> None:
        require(pile.by, "member.register")
        self.pile, self._known = pile, [one.pk for one in known]
        if known:
            locked = Member.objects.select_for_update(no_key=True).filter(pk__in=self._known)
            list(locked.order_by("pk").values_list("pk"))
        self._months: dict[UUID, set[tuple[UUID, date]]] = {}  # by plan

    def register(self, **names: Any) -> Member:
        """Somebody new. Raises ValidationError for what no member can be called."""
        made = Member(**names)
        made.clean_fields()
        self.pile.keep(made)
        self.pile.wrote(made, "member.register", subject=made.pk)
        return made

    def add_identifier(self, member: Member, *, system: str, value: str, since: date | None = None) -> Identifier:
        """A number somebody knows the member by; raises Refused for what no such number can be."""
        value = lawful_number(system, value)
        made = Identifier(
            member_id=member.pk, system=system, value=value, fingerprint=fingerprint(system, value), since=since
        )
        self.pile.keep(made)
        self.pile.wrote(made, "identifier.add", subject=member.pk, details={"system": system})
        return made

    def add_phone(self, member: Member, *, number: str, source: str) -> None:
        mark = fingerprint("phone", number)
        if (member.pk, mark) in self._phones:
            return
        self._phones.add((member.pk, mark))
        made = Phone(member_id=member.pk, number=number, fingerprint=mark, source=source, kept_at=self.pile.at)
        self.pile.keep(made)
        self.pile.wrote(made, "phone.add", subject=member.pk)

    def hear_language(self, member: Member, heard: Heard, *, source: str) -> None:
        if made := new_in(heard, self._heard.get(member.pk), member):
            made.source, made.kept_at = source, self.pile.at
            self._heard[member.pk] = made
            self.pile.keep(made)
            self.pile.wrote(made, "language.hear", subject=member.pk)

    def cover(self, member: Member, *, plan: Organisation, month: date, source: str) -> None:
        month, months = month.replace(day=1), self._months_with(plan)
        if (member.pk, month) in months:
            return
        months.add((member.pk, month))
        made = Coverage(member_id=member.pk, plan_id=plan.pk, month=month, source=source, kept_at=self.pile.at)
        self.pile.keep(made)
        self.pile.wrote(made, "coverage.keep", subject=member.pk)

    # ── what is kept of those who are known, asked when it is needed first ──

    @cached_property
    def _phones(self) -> set[tuple[UUID, str]]:
        return set(Phone.objects.filter(member__in=self._known).values_list("member_id", "fingerprint"))

    @cached_property
    def _heard(self) -> dict[UUID, LanguageNeeds]:
        heard = LanguageNeeds.objects.filter(member__in=self._known).first_what_holds().reverse()
        return {row.member_id: row for row in heard}

    def _months_with(self, plan: Organisation) -> set[tuple[UUID, date]]:
        if plan.pk not in self._months:
            rows = Coverage.objects.filter(member__in=self._known, plan=plan)
            self._months[plan.pk] = set(rows.values_list("member_id", "month"))
        return self._months[plan.pk]


@contextmanager
def _alone(why: str, *known: Member, by: Actor, at: datetime) -> Iterator[Members]:
    """One member's rows, written at the end."""
    with transaction.atomic(), wall.opened(why):
        pile = Pile(by=by, at=at)
        yield Members(pile, known)
        pile.write()


def register(
    *,
    given_name: str,
    family_name: str,
    birth_date: date,
    by: Actor,
    at: datetime,
    preferred_name: str = "",
    language: str = "en",
    county: str = "",
) -> Member:
    """Somebody new. Whoever registers them may not see them by that alone: see `relate`."""
    with _alone("member.register", by=by, at=at) as people:
        return people.register(
            given_name=given_name, family_name=family_name, preferred_name=preferred_name,
            birth_date=birth_date, language=language, county=county,
        )  # fmt: skip


def add_identifier(
    member: Member, *, system: str, value: str, by: Actor, at: datetime, since: date | None = None
) -> Identifier:
    """A number somebody knows the member by; a CIN is eight digits and a letter."""
    with _alone("identifier.add", by=by, at=at) as people:
        return people.add_identifier(member, system=system, value=value, since=since)


def add_phone(member: Member, *, number: str, source: str, by: Actor, at: datetime) -> None:
    """A telephone number, ten digits. One that is known already stays as it is."""
    with _alone("phone.add", member, by=by, at=at) as people:
        people.add_phone(member, number=number, source=source)


def hear_language(member: Member, heard: Heard, *, source: str, by: Actor, at: datetime) -> None:
    """Keep what is new in it: a file never unsays what a person told."""
    with _alone("language.hear", member, by=by, at=at) as people:
        people.hear_language(member, heard, source=source)


def cover(member: Member, *, plan: Organisation, month: date, source: str, by: Actor, at: datetime) -> None:
    """The plan covers the member in that month, as it said. Told again it is one row."""
    with _alone("coverage.keep", member, by=by, at=at) as people:
        people.cover(member, plan=plan, month=month, source=source)
