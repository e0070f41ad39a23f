"""Who somebody is, their numbers, and what is known of them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from wholeperson.casework.members.facts import UNSAFE, is_as_strong, scope_of
from wholeperson.casework.members.models import Fact, Member
from wholeperson.record import refusals, trail, wall
from wholeperson.record.actors import Actor, require
from wholeperson.record.models import AuditRow, Document


@transaction.atomic
def tell(
    member: Member,
    *,
    fact: str,
    value: Any,
    source: str,
    by: Actor,
    at: datetime,
    learnt: date,
    since: date | None = None,
    until: date | None = None,
    attested_by: str = "",
    evidence: str = "",
    paper: Document | None = None,
) -> Fact:
    """Keep something known of a member. Refuses a fact the policy does not ask about, and a value it cannot have."""
    require(by, "member.tell")
    made = Fact(
        member=member, fact=fact, value=value, scope=scope_of(fact, value), source=source, attested_by=attested_by,
        since=since, until=until, learnt=learnt, evidence=evidence, paper=paper,
    )  # fmt: skip
    with wall.opened("member.tell"):
        made.save(force_insert=True)
    trail.wrote(made, "member.tell", by=by, at=at, subject=member.pk, details={"scope": made.scope})
    return made


@transaction.atomic
def correct(
    wrong: Fact,
    *,
    value: Any,
    source: str,
    by: Actor,
    at: datetime,
    learnt: date,
    evidence: str = "",
    paper: Document | None = None,
) -> Fact:
    """Put another in its place; the wrong one stays and points to it. Raises Overtaken where somebody was faster.

    What came from a stronger source, and from somebody else, is not replaced: the other is told beside it, and the
    rules see that two disagree. What keeps letters back is corrected only by those who look after how the member may be
    reached.
    """
    if wrong.fact in UNSAFE:
        require(by, "member.reach")
    said: dict[str, Any] = {
        "fact": wrong.fact, "value": value, "source": source, "attested_by": by.label, "since": wrong.since,
        "until": wrong.until, "learnt": learnt, "evidence": evidence, "paper": paper,
    }  # fmt: skip
    with wall.opened("member.correct"):
        replaces = is_as_strong(source, wrong.source, fact=wrong.fact) or _told_by(wrong, by)
        made = (None if replaces else _said_already(wrong, said)) or tell(wrong.member, **said, by=by, at=at)
        if replaces:
            _replace(wrong, made, by=by, at=at)
    return made


def _told_by(fact: Fact, by: Actor) -> bool:
    told = AuditRow.objects.filter(thing_id=fact.pk, verb="member.tell", actor_kind=by.kind, actor_id=str(by.id))
    return told.exists()


def _said_already(beside: Fact, said: dict[str, Any]) -> Fact | None:
    """The same, told before: pressed twice it is one row."""
    rows = Fact.objects.standing().filter(member=beside.member_id, fact=beside.fact, source=said["source"])
    return next((row for row in rows if all(getattr(row, key) == told for key, told in said.items())), None)


def _replace(wrong: Fact, right: Fact, *, by: Actor, at: datetime) -> None:
    if not Fact.objects.filter(pk=wrong.pk, superseded_by=None).update(superseded_by=right):
        raise refusals.overtaken("fact", "correct")
    wrong.superseded_by = right
    trail.wrote(wrong, "member.correct", by=by, at=at, subject=wrong.member_id, details={"scope": wrong.scope})
