"""What is kept of a policy decides as the policy did: every case of the sheets, by one text alone."""

from functools import lru_cache
from typing import Any

import pytest

from tests.policy.test_cases import CASES, policy
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court
from wholeperson.rules.limits import limits
from wholeperson.rules.parts import available, conditions
from wholeperson.rules.proving.cases import Example, read_cases
from wholeperson.rules.reading.kept import policy_of
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.versions import canonical

EXAMPLES = [each for each in read_cases(CASES, policy()) if each.overlay is None]


@lru_cache(maxsize=200)
def kept_policy(programme: str, plan: str) -> Policy:
    text = canonical(policy().programmes[programme], policy())
    return policy_of(text, plan=plan, elections=policy().plans.get(plan, {}).get("elections"))


def told(by: Policy, example: Example, programme: str) -> tuple[Any, ...]:
    """All that a decision says without words."""
    case = Case(by, example.person, on=example.on, known_at=example.known_at, plan=example.plan, county=example.county)
    court = Court(case)
    made = court.decide(programme)
    held = [(each.kind, each.with_) for each in conditions(made, court)]
    can_be_had = available(made.programme, case, None, court)
    return made.answer, made.reviews, made.because, made.missing, held, can_be_had, limits(made.programme, case)


@pytest.mark.parametrize("programme", policy().programmes)
def test_a_kept_version_decides_the_same(programme: str) -> None:
    """Where this fails, `versions.canonical` leaves out something that a decision rests on."""
    asked = [each for each in EXAMPLES if programme in each.expect]
    assert asked
    for example in asked:
        again = kept_policy(programme, example.plan or "contra_costa_health_plan")
        assert told(again, example, programme) == told(policy(), example, programme), example.name
