"""Opening and closing the reasons for which somebody may see a member. What creates a reason calls `relate`."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from wholeperson.access.models import Organisation, Person
from wholeperson.access.queries import current
from wholeperson.access.roles import upto
from wholeperson.casework.members import minors
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.record import trail, wall
from wholeperson.record.actors import Actor, System, require

MINORS: Final = System("minors", frozenset({"member.relate"}))
ABOUT: Final = ("about_kind", "about_id")
MOST: Final = 500  # reasons a round; the next goes on


@transaction.atomic
def relate(
    member: Member,
    *,
    reason: str,
    scope: str,
    since: date,
    by: Actor,
    at: datetime,
    organisation: Organisation | None = None,
    person: Person | None = None,
    until: date | None = None,
    about_kind: str = "",
    about_id: UUID | None = None,
) -> Relationship:
    """Let an organisation, or one person, see a member. The same reason, open already, is not opened twice."""
    require(by, "member.relate")
    return open_reason(
        Relationship(
            member=member, organisation=organisation, person=person, reason=reason, scope=scope, since=since,
            until=until, about_kind=about_kind, about_id=about_id,
        ),
        by=by, at=at,
    )  # fmt: skip


def open_reason(made: Relationship, *, by: Actor, at: datetime) -> Relationship:
    """Keep the reason, unless the very same is open. Two at once meet at the member's row, one after the other."""
    with transaction.atomic(), wall.opened("relationship.open"):
        member = Member.objects.select_for_update(no_key=True).get(pk=made.member_id)
        made.scope = minors.scope_for(member, made.reason, made.scope, day_of(at))
        if found := _same(made, at):
            return found
        made.save(force_insert=True)
        trail.wrote(made, "relationship.open", by=by, at=at, subject=made.member_id, details={"scope": made.scope})
    return made


def _same(made: Relationship, at: datetime) -> Relationship | None:
    fields = ("member", "organisation", "person", "reason", "scope", "about_kind", "about_id", "until")
    same = {field: getattr(made, field) for field in fields}
    alive = Q(ends_at=None) | Q(ends_at__gt=at)
    return Relationship.objects.filter(alive, current(made.since), **same).first()


@transaction.atomic
def close_relationship(relationship: Relationship, *, until: date, by: Actor, at: datetime) -> Relationship:
    """The last day on which the reason holds. Who comes second to close it changes nothing."""
    require(by, "member.relate")
    return close_reason(relationship, until=until, by=by, at=at)


def close_reason(relationship: Relationship, *, until: date, by: Actor, at: datetime) -> Relationship:
    """The same, for a step that may be taken anyway and ends what it rested on."""
    later = Q(until=None) | Q(until__gt=until)
    with wall.opened("relationship.close"):
        if Relationship.objects.filter(later, pk=relationship.pk).update(until=until):
            trail.wrote(relationship, "relationship.close", by=by, at=at, subject=relationship.member_id)
        relationship.refresh_from_db()
    return relationship


def end_reasons(about_kind: str, about_id: UUID, *, by: Actor, at: datetime) -> int:
    """Close at this moment every reason that this thing opened; returns how many. What was seen before stays seen."""
    alive = Q(ends_at=None) | Q(ends_at__gt=at)
    with wall.opened("relationship.end"):
        return end_all(Relationship.objects.filter(alive, about_kind=about_kind, about_id=about_id), by=by, at=at)


def end_all(found: QuerySet[Relationship], *, by: Actor, at: datetime) -> int:
    """Close these reasons at this moment, inside an opening of the wall; returns how many."""
    rows = list(found)
    for row in rows:
        Relationship.objects.filter(pk=row.pk).update(ends_at=at)
        trail.wrote(row, "relationship.end", by=by, at=at, subject=row.member_id)
    return len(rows)


@transaction.atomic
def keep_what_is_a_minors(*, at: datetime) -> int:
    """Where family was let see deep before that was the minor's own, open the same no deeper; returns how often."""
    on = day_of(at)
    alive = Q(ends_at=None) | Q(ends_at__gt=at)
    with wall.opened("relationship.minors"):
        open_still = Relationship.objects.filter(alive, Q(until=None) | Q(until__gte=on), reason=minors.FAMILY)
        deep = open_still.exclude(scope__in=upto(minors.SHOWN)).filter(member__birth_date__gt=minors.born_after(on))
        rows = list(deep.order_by("pk")[:MOST])
        end_all(Relationship.objects.filter(pk__in=[row.pk for row in rows]), by=MINORS, at=at)
        for row in rows:
            again = {field: getattr(row, field) for field in ("organisation_id", "person_id", "until", *ABOUT)}
            made = Relationship(
                member_id=row.member_id, reason=row.reason, scope=row.scope, since=max(on, row.since), **again
            )
            open_reason(made, by=MINORS, at=at)
    return len(rows)
