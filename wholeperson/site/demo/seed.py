"""Fills an empty database with the people of the demo, through the same actions as everybody's work."""

from datetime import date, datetime

from django.db import transaction

from wholeperson import clock
from wholeperson.access import actions as access
from wholeperson.access import queries
from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Member
from wholeperson.record import heads
from wholeperson.record.actors import System
from wholeperson.record.models import House
from wholeperson.record.moments import now_is
from wholeperson.rules.problems import Problem, Refused, Where
from wholeperson.site.demo import (
    applications,
    determinations,
    directory,
    emergencies,
    looks,
    month,
    overlays,
    people,
    referrals,
    releases,
    shelf,
)

MAKER = System(
    "demo",
    frozenset(
        {"organisation.change", "person.change", "member.register", "member.relate", "member.tell", "consent.record"}
    ),
)
SINCE = date(2026, 1, 1)


def fill(*, at: datetime) -> bool:
    """Make the demo's people; False where they are already there. Refuses a database that is somebody's own."""
    if House.objects.filter(is_demo=True).exists():
        return False
    if Person.objects.exists() or Organisation.objects.exists():
        raise not_a_demo()
    with transaction.atomic():
        organisations, everybody = cast(at=at)
        made = _members(at)
        _relate(made, organisations, everybody["member"], at)
        _tell(made, organisations, at)
        manager = queries.stand(everybody["network_manager"], on=clock.in_california(at), at=at)
        directory.fill(organisations, at=at)
        applications.fill(organisations["plan"], manager, at=at)
        month.fill(
            organisations["ecm"],
            [organisations[key] for key in ("plan", "plan_2", "plan_3", "plan_4")],
            everybody["provider_intake"],
            everybody["lead_care_manager"],
            at=at,
        )
        referrals.fill(organisations, everybody, made, at=at)
        releases.say(made["tyrell"], 11, everybody["facility_custody_staff"], at=at)
        shelf.fill(writer=everybody["content_editor"], second=everybody["administrator"], at=at)
        determinations.fill(made, organisations["plan"], on=clock.in_california(at), at=at)
        overlays.fill(everybody["administrator"], everybody["second_administrator"], at=at)
        emergencies.fill(organisations, everybody, made, at=at)
        looks.fill(made, everybody, at=at)
        now_is(at)
        members.find_alike.func()
    return True


def cast(*, at: datetime) -> tuple[dict[str, Organisation], dict[str, Person]]:
    """The house, its organisations and one person of each role, by their keys; nothing else stands in it yet."""
    heads.set_aside()
    House(is_demo=True, made_at=at).save(force_insert=True)
    organisations = _organisations(at)
    return organisations, _people(organisations, at)


def not_a_demo() -> Refused:
    return Refused(
        Problem(
            "not_a_demo",
            "this database was not made by the demo",
            "the demo lets anyone be anyone, so it may only be shown from a database of invented people",
            "unset DATABASE_URL, or name an empty database",
            Where("DATABASE_URL"),
        )
    )


def _organisations(at: datetime) -> dict[str, Organisation]:
    made = {}
    for key, (name, kind, plan) in people.ORGANISATIONS.items():
        made[key] = access.add_organisation(name=name, kind=kind, is_house=key == "house", by=MAKER, at=at)
        if plan:
            access.add_identifier(of=made[key], system="plan", value=plan, by=MAKER, at=at)
    access.add_identifier(of=made["ecm"], system="npi", value=people.NPI, by=MAKER, at=at)
    return made


def _people(organisations: dict[str, Organisation], at: datetime) -> dict[str, Person]:
    made = {}
    for role, (name, organisation) in people.PEOPLE.items():
        made[role] = access.add_person(name=name, email=f"{role}@demo.example", by=MAKER, at=at)
        theirs = organisations[organisation] if organisation else None
        access.give_role(
            person=made[role], organisation=theirs, role=people.ROLE_OF.get(role, role), since=SINCE, by=MAKER, at=at
        )
    return made


def _members(at: datetime) -> dict[str, Member]:
    made = {}
    for key, (given, family, preferred, born, language, cin) in people.MEMBERS.items():
        made[key] = members.register(
            given_name=given, family_name=family, preferred_name=preferred, birth_date=born, language=language,
            county="contra_costa", by=MAKER, at=at,
        )  # fmt: skip
        members.add_identifier(made[key], system="cin", value=cin, by=MAKER, at=at)
    return made


def _relate(made: dict[str, Member], organisations: dict[str, Organisation], rosa: Person, at: datetime) -> None:
    for member, organisation, reason, scope in people.RELATIONSHIPS:
        members.relate(
            made[member], organisation=organisations[organisation], reason=reason, scope=scope,
            since=SINCE, by=MAKER, at=at,
        )  # fmt: skip
    members.relate(made["rosa"], person=rosa, reason="self", scope="part2", since=SINCE, by=MAKER, at=at)


def _tell(made: dict[str, Member], organisations: dict[str, Organisation], at: datetime) -> None:
    for member, fact, value, source in people.FACTS:
        members.tell(made[member], fact=fact, value=value, source=source, learnt=SINCE, by=MAKER, at=at)
    for member, form, version, categories, recipients, method in people.CONSENTS:
        members.give_consent(
            made[member], form=form, version=version, categories=categories,
            recipients=[organisations[key] for key in recipients], method=method, since=SINCE, by=MAKER, at=at,
        )  # fmt: skip
