"""A town of invented people and reasons, and a plain reading of who may see whom that asks no database."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tests.people import MAKER, NOW, SINCE, TODAY, World
from wholeperson.access import actions as access
from wholeperson.access.models import Person
from wholeperson.access.roles import ROLES
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Member, Relationship

SEED = 20261121
# written by hand from the roles' table: who reads members at all, and who of them sees numbers
READERS = """
member referrer provider_intake community_supports_worker lead_care_manager supervisor provider_biller plan_intake
plan_reviewer medical_director analyst ji_liaison appeals_coordinator facility_health_staff facility_custody_staff
county_behavioral_health
""".split()
DAYS = [date(2025, 6, 1), TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1), date(2027, 6, 1)]


class Reason(NamedTuple):
    """One row as it was asked for."""

    member: int
    organisation: str | None
    person: int | None
    since: date
    until: date | None
    ended: bool


@dataclass
class Town:
    """`jobs` are (role, organisation) of each person, in the order of `people`."""

    people: list[Person]
    members: list[Member]
    jobs: list[list[tuple[str, str | None]]]
    reasons: list[Reason]

    def sees(self, person: int, member: int) -> bool:
        """The rule, read plainly: some reason reaches this person today."""
        return any(one.member == member and self._reaches(one, person) for one in self.reasons)

    def _reaches(self, reason: Reason, person: int) -> bool:
        if reason.ended or reason.since > TODAY or (reason.until is not None and reason.until < TODAY):
            return False
        if reason.person is not None and reason.person != person:
            return False
        reading_at = {organisation for role, organisation in self.jobs[person] if role in READERS}
        return bool(reading_at) if reason.organisation is None else reason.organisation in reading_at

    def seen_by(self, person: int) -> set[str]:
        return {one.public_id for number, one in enumerate(self.members) if self.sees(person, number)}


def build(world: World, people: int = 40, of_members: int = 90, reasons: int = 420) -> Town:
    """The same town for the same seed."""
    dice = random.Random(SEED)
    places = [f"House {letter}" for letter in "ABCDEFGH"]
    town = Town([], [], [], [])
    for number in range(people):
        town.jobs.append(_jobs(dice, places))
        town.people.append(_person(world, number, town.jobs[-1]))
    for number in range(of_members):
        born = date(1950, 1, 1) + timedelta(days=dice.randrange(20_000))
        town.members.append(world.member(dice.choice(["Rosa", "James", "Mai", "Wei"]), f"Name{number:03}", born))
    for _ in range(reasons):
        reason = _reason(dice, places, people, of_members)
        _open(world, town, reason)
        town.reasons.append(reason)
    return town


def _jobs(dice: random.Random, places: list[str]) -> list[tuple[str, str | None]]:
    roles = dice.choices(list(ROLES), k=dice.choice([1, 1, 2]))
    return [(role, None if role == "member" else dice.choice(places)) for role in roles]


def _person(world: World, number: int, jobs: list[tuple[str, str | None]]) -> Person:
    made = access.add_person(name=f"Person {number}", email=f"p{number}@tests.example", by=MAKER, at=NOW)
    for role, place in jobs:
        organisation = world.organisation(place) if place else None
        access.give_role(person=made, organisation=organisation, role=role, since=SINCE, by=MAKER, at=NOW)
    return made


def _reason(dice: random.Random, places: list[str], people: int, of_members: int) -> Reason:
    since = dice.choice(DAYS[:3] * 3 + DAYS)
    until = dice.choice([None, None, None, *(day for day in DAYS if day >= since)])
    place = dice.choice([*places, *places, None])
    person = dice.randrange(people) if place is None or dice.random() < 0.15 else None
    return Reason(dice.randrange(of_members), place, person, since, until, dice.random() < 0.15)


def _open(world: World, town: Town, reason: Reason) -> None:
    """One that was ended was taken back an hour ago."""
    row = members.relate(
        town.members[reason.member],
        organisation=world.organisation(reason.organisation) if reason.organisation else None,
        person=town.people[reason.person] if reason.person is not None else None,
        reason="consent" if reason.ended else "referral",
        scope="minimal", since=reason.since, until=reason.until, by=MAKER, at=NOW,
    )  # fmt: skip
    if reason.ended:
        Relationship.objects.filter(pk=row.pk).update(ends_at=NOW - timedelta(hours=1))
