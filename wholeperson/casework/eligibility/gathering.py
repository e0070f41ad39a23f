"""A member's person file, made from what members' records hold; and the same file read again, years later.

It is the house that reads here, all of it: what somebody may see of the answer is a question of its tellings.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from wholeperson.access.models import Identifier
from wholeperson.access.roles import SCOPES
from wholeperson.casework.members.models import Coverage, Fact, Member, Relationship
from wholeperson.rules import person as rules
from wholeperson.rules.calendar import as_day
from wholeperson.rules.language import SOURCES
from wholeperson.rules.reading.library import Policy
from wholeperson.rules.reading.person_json import OTHER_PLAN, SCHEMA, fact_value

ONE_DAY = timedelta(days=1)
NOTHING = UUID(int=0)  # before every key there is


@dataclass(frozen=True)
class Gathered:
    """The file, the deepest scope of anything in it, and the key of the newest row it was made from."""

    person: dict[str, Any]
    scope: str
    newest: UUID


def gather(member: Member, *, known_at: date) -> Gathered:
    """All that was known by a day. To be called with the wall open."""
    told = Fact.objects.filter(member=member).select_related("superseded_by")
    everything = list(told.order_by("fact", "learnt", "id"))
    facts = [row for row in everything if row.learnt <= known_at and not _was_corrected(row, known_at)]
    months = list(Coverage.objects.filter(member=member).order_by("month", "id"))
    covered = list(Relationship.objects.filter(member=member, reason="coverage").order_by("since", "id"))
    names = _plan_names(row.plan_id for row in months) | _plan_names(row.organisation_id for row in covered)
    spans = [*_by_month(months, names, member.county), *_by_reason(covered, names, member.county)]
    person = {
        "schema": SCHEMA,
        "id": member.public_id,
        "birth_date": member.birth_date.isoformat(),
        "county": member.county or None,
        "languages": [member.language],
        "coverage": spans,
        "facts": [_fact(row) for row in facts],
        "events": [],
        "complete": [],
    }
    scope = max((row.scope for row in facts), key=SCOPES.index, default="care")
    newest = max((row.pk for row in (*everything, *months, *covered)), default=NOTHING)
    return Gathered(person, scope, newest)


def digest(said: Any) -> str:
    """Of anything that JSON can say, whatever the order of its keys."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _was_corrected(row: Fact, known_at: date) -> bool:
    """Whether it was known by then that something else is right."""
    return row.superseded_by is not None and row.superseded_by.learnt <= known_at


def _fact(row: Fact) -> dict[str, Any]:
    said: dict[str, Any] = {"fact": row.fact, "value": row.value, "learnt": row.learnt.isoformat()}
    said |= {"source": row.source} if row.source in SOURCES else {}
    said |= {"attested_by": row.attested_by} if row.attested_by else {}
    said |= {"from": row.since.isoformat()} if row.since else {}
    return said | ({"until": row.until.isoformat()} if row.until else {})


def _plan_names(organisations: Iterable[UUID | None]) -> dict[UUID, str]:
    """What the policy calls these organisations, for those that are plans."""
    rows = Identifier.objects.filter(system="plan", organisation__in={one for one in organisations if one})
    return {row.organisation_id: row.value for row in rows.order_by("since", "id") if row.organisation_id}


def _by_month(months: list[Coverage], names: dict[UUID, str], county: str) -> Iterator[dict[str, Any]]:
    """Each run of months is one period. Whether the last one goes on nobody has told us yet."""
    for plan in dict.fromkeys(row.plan_id for row in months):
        days = sorted(row.month for row in months if row.plan_id == plan)
        said = {"plan": names.get(plan, OTHER_PLAN), "county": county or None}
        begins = days[0]
        for month, following in pairwise([*days, None]):
            if following != _next_month(month):
                yield said | {"from": begins.isoformat(), "until": (_next_month(month) - ONE_DAY).isoformat()}
                begins = following or begins
        yield said | {"from": _next_month(days[-1]).isoformat()}


def _next_month(month: date | None) -> date:
    if month is None:
        raise ValueError("a run of months ends with a month")
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def _by_reason(covered: list[Relationship], names: dict[UUID, str], county: str) -> Iterator[dict[str, Any]]:
    for row in covered:
        plan = names.get(row.organisation_id, OTHER_PLAN) if row.organisation_id else OTHER_PLAN
        until = row.until.isoformat() if row.until else None
        yield {"plan": plan, "county": county or None, "from": row.since.isoformat(), "until": until}


def person_of(said: dict[str, Any], policy: Policy) -> rules.Person:
    """The file as the rules read it. What this policy does not know, or what no longer fits it, is left out."""
    statements = (_statement(each, policy, at) for at, each in enumerate(said["facts"]))
    return rules.Person(
        id=said["id"],
        birth_date=as_day(said["birth_date"]),
        county=said["county"],
        languages=tuple(said["languages"]),
        race_ethnicity=None,
        coverage=tuple(_coverage(each) for each in said["coverage"]),
        statements=tuple(each for each in statements if each),
        happenings=(),
        complete=(),
    )


def _coverage(said: dict[str, Any]) -> rules.Coverage:
    until = rules.OPEN if said.get("until", "") is None else as_day(said.get("until"))
    return rules.Coverage(said["plan"], said["county"], None, as_day(said["from"]), until, None)


def _statement(said: dict[str, Any], policy: Policy, at: int) -> rules.Statement | None:
    fact = policy.facts.get(said["fact"])
    if fact is None:
        return None
    fits, value, _ = fact_value(fact, said["value"])
    if not fits:
        return None
    begins, ends, learnt = (as_day(said.get(key)) for key in ("from", "until", "learnt"))
    return rules.Statement(fact.name, value, begins, ends, learnt, said.get("source"), said.get("attested_by"), at)
