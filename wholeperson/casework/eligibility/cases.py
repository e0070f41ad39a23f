"""How many cases a change of the policy would touch: each is asked again, before and after.

A case is a member of the plan of whom something is known. No determination is kept yet; once they are, they are the
cases, and `open_cases` is where they come in.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from django.db.models import Q

from wholeperson.access.queries import current
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.record import wall
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court
from wholeperson.rules.parts import available
from wholeperson.rules.person import OPEN, Coverage, Person, Statement
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.person_json import fact_value

MOST = 200  # asked again while somebody waits for the page


class Counted(NamedTuple):
    """How many were asked again, and how many of them would get another answer."""

    asked: int
    changed: int


def count(before: Policy, after: Policy, plan: str, *, on: date) -> Counted:
    """Nobody's name leaves this function."""
    asked = changed = 0
    with wall.opened("overlay.count"):
        for person in islice(open_cases(before, plan, on=on), MOST):
            asked += 1
            changed += _answers(before, person, plan, on) != _answers(after, person, plan, on)
    return Counted(asked, changed)


def open_cases(policy: Policy, plan: str, *, on: date) -> Iterator[Person]:
    """Members in the plan that day of whom something is known, as the rules know a person."""
    covered = Relationship.objects.filter(current(on), reason="coverage")
    covered = covered.filter(organisation__identifiers__system="plan", organisation__identifiers__value=plan)
    known = Q(pk__in=covered.values("member")) & Q(facts__isnull=False)
    for member in Member.objects.filter(known).distinct().order_by("pk").prefetch_related("facts")[:MOST]:
        yield _person(policy, member, plan, on)


def _person(policy: Policy, member: Member, plan: str, on: date) -> Person:
    statements = tuple(
        Statement(row.fact, fact_value(policy.facts[row.fact], row.value)[1], row.since, row.until, row.learnt,
                  row.source, row.attested_by or None)
        for row in member.facts.all()
        if row.fact in policy.facts
    )  # fmt: skip
    coverage = (Coverage(plan, member.county or None, None, on, OPEN, None),)
    return Person(str(member.pk), member.birth_date, member.county or None, (), None, coverage, statements, (), ())


def _answers(policy: Policy, person: Person, plan: str, on: date) -> list[tuple[str, int, int]]:
    court = Court(Case(policy, person, on=on, plan=plan))
    return [
        (one.id, court.decide(one.id).answer, available(one, court.case, None, court).answer)
        for one in policy.programmes.values()
    ]
