"""How many open cases a change of the policy would touch: each is asked again, before and after.

A case is a member of the plan and a programme that somebody asked for or was given. The rooms that keep such things
stand later in a case's life; the setting WHOLEPERSON_OPEN_CASES names the function by which each tells its own.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from wholeperson.casework.eligibility.gathering import gather, person_of
from wholeperson.casework.members.models import Member
from wholeperson.record import wall
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court
from wholeperson.rules.parts import available
from wholeperson.rules.person import OPEN, Coverage
from wholeperson.rules.reading.library import Policy

MOST = 500  # asked again while somebody waits for the page


class Counted(NamedTuple):
    """How many open cases were asked again, and how many of them would get another answer."""

    asked: int
    changed: int


def count(before: Policy, after: Policy, plan: str, *, on: date) -> Counted:
    """By what is known by that day. Nobody's name leaves this function."""
    with wall.opened("overlay.count"):
        asked = open_cases(before, plan)
        changed = sum(_changed(before, after, member, asked[member.pk], plan, on) for member in _members(asked))
    return Counted(sum(map(len, asked.values())), changed)


def open_cases(policy: Policy, plan: str) -> dict[UUID, list[str]]:
    """For each member the programmes that are open, as many as are asked again; to be called with the wall open."""
    told = {case for path in settings.WHOLEPERSON_OPEN_CASES for case in import_string(path)(plan)}
    found: dict[UUID, list[str]] = {}
    for member, programme in sorted(case for case in told if case[1] in policy.programmes)[:MOST]:
        found.setdefault(member, []).append(programme)
    return found


def _members(asked: Iterable[UUID]) -> Iterable[Member]:
    return Member.objects.filter(pk__in=list(asked)).order_by("pk")


def _changed(before: Policy, after: Policy, member: Member, programmes: list[str], plan: str, on: date) -> int:
    said = gather(member, known_at=on).person
    here = (Coverage(plan, member.county or None, None, on, OPEN, None),)
    courts = [
        (policy, Court(Case(policy, replace(person_of(said, policy), coverage=here), on=on, plan=plan)))
        for policy in (before, after)
    ]
    return sum(len({_answer(policy, court, one) for policy, court in courts}) > 1 for one in programmes)


def _answer(policy: Policy, court: Court, programme: str) -> tuple[int, int]:
    one = policy.programmes[programme]
    return court.decide(programme).answer, available(one, court.case, None, court).answer
