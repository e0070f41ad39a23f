"""The members of the county: registered, covered by their plan, with a telephone and what was told of them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from wholeperson.access.models import Organisation
from wholeperson.casework.members import actions
from wholeperson.casework.members.facts import policy
from wholeperson.casework.members.models import Member
from wholeperson.record.actors import System
from wholeperson.rules.reading.library import Fact
from wholeperson.site.demo.county.drawn import Neighbor

MAKER = System("demo", frozenset({"member.register", "member.relate", "member.tell"}))
SINCE = date(2026, 1, 1)
AREAS = {"contra_costa": "925", "san_joaquin": "209"}


def fill(neighbors: list[Neighbor], plans: Mapping[str, Organisation], *, at: datetime) -> dict[str, Member]:
    """Returns the members by their number in the drawn membership."""
    return {one.number: _register(one, plans[one.plan], place, at) for place, one in enumerate(neighbors)}


def _register(one: Neighbor, plan: Organisation, place: int, at: datetime) -> Member:
    made = actions.register(
        given_name=one.given, family_name=one.family, birth_date=one.born, language=one.language, county=one.county,
        by=MAKER, at=at,
    )  # fmt: skip
    actions.add_identifier(made, system="cin", value=one.cin, by=MAKER, at=at)
    actions.relate(made, organisation=plan, reason="coverage", scope="care", since=SINCE, by=MAKER, at=at)
    phone = f"{AREAS[one.county]}55501{place % 100:02d}"
    actions.add_phone(made, number=phone, source="enrolment", by=MAKER, at=at)
    for told in one.facts:
        _tell(made, told, at)
    return made


def _tell(member: Member, told: dict[str, Any], at: datetime) -> None:
    fact = policy().facts.get(str(told["fact"]))
    if fact is None:
        return
    actions.tell(
        member, fact=fact.name, value=_value(fact, str(told["value"])), source=str(told["source"]), by=MAKER, at=at,
        learnt=told["learnt"], since=told["from"], until=told["until"], attested_by=str(told["attested_by"] or ""),
    )  # fmt: skip


def _value(fact: Fact, text: str) -> Any:
    """As a table's text means it: a truth, a number, words, or a word."""
    if fact.type == "bool":
        return text == "true"
    if fact.type == "int":
        return int(text)
    return text.split(";") if fact.type == "list" else text
