"""Members on each side of a line, made through the actions of everybody's work."""

from datetime import date, datetime
from typing import Any

from tests.people import MAKER, NOW, SINCE, TODAY, World
from wholeperson.access import actions as access
from wholeperson.access.models import Organisation
from wholeperson.casework.eligibility import actions
from wholeperson.casework.eligibility.models import Determination
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Member
from wholeperson.record.actors import System

RULES = System("tests", frozenset({"determination.make"}))
PLAN = "contra_costa_health_plan"
HOMELESS, NEED = "primary_residence_not_meant_for_sleeping", "is_pregnant_or_postpartum_12m"
TREATMENT = "meets_or_receives_dmc_ods"


def plan(world: World) -> Organisation:
    made = world.organisation("Contra Costa Health Plan", "plan")
    if not made.identifiers.exists():
        access.add_identifier(of=made, system="plan", value=PLAN, by=MAKER, at=NOW)
    return made


def member(world: World, given: str = "Rosa", born: date = date(1980, 3, 9), **facts: Any) -> Member:
    """Somebody in the plan since the new year, of whom these facts are known; the member said so."""
    made = members.register(
        given_name=given, family_name="Delgado", birth_date=born, county="contra_costa", by=MAKER, at=NOW
    )
    plan(world)
    world.relate(made, "Contra Costa Health Plan", reason="coverage")
    for fact, value in facts.items():
        tell(made, fact, value)
    return made


def tell(member: Member, fact: str, value: Any, source: str = "member", learnt: date = SINCE) -> None:
    members.tell(member, fact=fact, value=value, source=source, learnt=learnt, by=MAKER, at=NOW)


def determine(member: Member, *programmes: str, on: date = TODAY, at: datetime = NOW) -> dict[str, Determination]:
    found = actions.determine(member=member, programmes=programmes or None, by=RULES, on=on, at=at)
    return {one.programme: one for one in found}


def answers(member: Member, *programmes: str) -> dict[str, str]:
    return {name: row.answer for name, row in determine(member, *programmes).items()}
