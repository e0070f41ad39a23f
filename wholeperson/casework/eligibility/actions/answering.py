"""Answers to the questions on the screen: each becomes a fact with its source, and the rules are asked again."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.eligibility.actions.determining import MAKE, determine
from wholeperson.casework.eligibility.models import Basis, Determination
from wholeperson.casework.members import actions as members
from wholeperson.casework.members.models import Fact, Member
from wholeperson.record import wall
from wholeperson.record.models import Document


@transaction.atomic
def answer(
    member: Member, answers: Iterable[tuple[str, Any]], *, source: str, by: Person, on: date, at: datetime
) -> list[Determination]:
    """Keep what was answered and determine again. The same answer pressed twice is one fact."""
    with wall.opened("determination.answer"):
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        for fact, value in answers:
            said = Fact.objects.standing().filter(
                member=member, fact=fact, source=source, attested_by=by.label, learnt=on
            )
            last = said.order_by("-pk").first()
            if last is None or last.value != value:
                members.tell(
                    member, fact=fact, value=value, source=source, attested_by=by.label, learnt=on, since=on, by=by,
                    at=at,
                )  # fmt: skip
    return determine(member=member, by=by, on=on, at=at)


@transaction.atomic
def correct(
    wrong: Fact, value: Any, *, source: str, evidence: str, paper: Document | None, by: Person, on: date, at: datetime
) -> Fact:
    """Another takes its place; where the rules were asked about the member before, they are asked again."""
    with wall.opened("determination.correct"):
        made = members.correct(
            wrong, value=value, source=source, evidence=evidence, paper=paper, learnt=on, by=by, at=at
        )  # fmt: skip
        if by.may(MAKE) and Basis.objects.filter(member=wrong.member).exists():
            determine(member=wrong.member, by=by, on=on, at=at)
    return made
