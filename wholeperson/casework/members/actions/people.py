"""Who somebody is, their numbers, and what is known of them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from wholeperson.casework.members.facts import UNSAFE, scope_of
from wholeperson.casework.members.models import Fact, Identifier, Member
from wholeperson.casework.members.numbers import lawful_number
from wholeperson.record import refusals, trail, wall
from wholeperson.record.actors import Actor, require
from wholeperson.record.models import Document
from wholeperson.record.sealed import fingerprint


@transaction.atomic
def register(
    *,
    given_name: str,
    family_name: str,
    birth_date: date,
    by: Actor,
    at: datetime,
    preferred_name: str = "",
    language: str = "en",
    county: str = "",
) -> Member:
    """Somebody new. Whoever registers them may not see them by that alone: see `relate`."""
    require(by, "member.register")
    made = Member(
        given_name=given_name, family_name=family_name, preferred_name=preferred_name,
        birth_date=birth_date, language=language, county=county,
    )  # fmt: skip
    with wall.opened("member.register"):
        made.full_clean()
        made.save(force_insert=True)
    trail.wrote(made, "member.register", by=by, at=at, subject=made.pk)
    return made


@transaction.atomic
def add_identifier(
    member: Member, *, system: str, value: str, by: Actor, at: datetime, since: date | None = None
) -> Identifier:
    """A number somebody knows the member by; a CIN is eight digits and a letter."""
    require(by, "member.register")
    value = lawful_number(system, value)
    made = Identifier(member=member, system=system, value=value, fingerprint=fingerprint(system, value), since=since)
    with wall.opened("identifier.add"):
        made.save(force_insert=True)
    trail.wrote(made, "identifier.add", by=by, at=at, subject=member.pk, details={"system": system})
    return made


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

    What keeps letters back is corrected only by those who look after how the member may be reached.
    """
    if wrong.fact in UNSAFE:
        require(by, "member.reach")
    made = tell(
        wrong.member, fact=wrong.fact, value=value, source=source, attested_by=by.label, learnt=learnt,
        since=wrong.since, until=wrong.until, evidence=evidence, paper=paper, by=by, at=at,
    )  # fmt: skip
    with wall.opened("member.correct"):
        if not Fact.objects.filter(pk=wrong.pk, superseded_by=None).update(superseded_by=made):
            raise refusals.overtaken("fact", "correct")
    trail.wrote(wrong, "member.correct", by=by, at=at, subject=wrong.member_id, details={"scope": wrong.scope})
    return made
