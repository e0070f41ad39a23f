"""What would help to decide about what was asked: a few plain questions, none of which must be answered.

For Enhanced Care Management they are boxes of the State's referral standard; a plan may ask whoever refers for nothing
beyond it, and no paper.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wholeperson.casework.members.models import Member
from wholeperson.casework.referrals import programmes
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court
from wholeperson.rules.person import Person
from wholeperson.rules.questions import next_questions
from wholeperson.rules.reading.library import Fact

MOST = 6
CAN_SAY = {"referrer", "member"}


def open_questions(wanted: Iterable[str], known: Mapping[str, Any], member: Member, *, on: date) -> list[str]:
    """Facts that whoever asks could know, by the policy's names, what settles most first."""
    policy = programmes.policy()
    person = Person(member.public_id, member.birth_date, member.county or None, (), None, (), (), (), ())
    case = Case(policy, person, on=on)
    case.tell([(fact, value) for fact, value in known.items() if fact in policy.facts])
    court = Court(case)
    decisions = [court.decide(one) for one in _looked_at(wanted)]
    ranked = next_questions(court, decisions, asked=list(known), most=40, settles=False)
    names = [one.fact for one in ranked if may_be_asked(policy.facts[one.fact])]
    return names[:MOST]


def _looked_at(wanted: Iterable[str]) -> list[str]:
    """For Enhanced Care Management its populations, one of which must fit."""
    known = programmes.policy().programmes
    populations = [one.id for one in known.values() if one.kind == "population_of_focus"]
    found = []
    for one in wanted:
        found += populations if one == programmes.ECM else [one] if one in known else []
    return found


def may_be_asked(fact: Fact) -> bool:
    """A yes or no that somebody who knows the person can say, and that is not for the plan's own records alone."""
    return fact.type == "bool" and bool(CAN_SAY & set(fact.proof)) and not fact.governed_by


def that_matter(programme: str) -> frozenset[str]:
    """The facts that the rules of a program look at: what else somebody told is nothing to whoever gives it."""
    known = programmes.policy().programmes
    rules = [known[one] for one in (programme, *_looked_at([programme])) if one in known]
    nodes = [node for one in rules for node in (*one.nodes, *(node for _with, _kind, node in one.conditions))]
    return frozenset(name for node in nodes for name in (node.attested, node.args.get("fact")) if name)
