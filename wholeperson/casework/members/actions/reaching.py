"""How a member may be reached: their rules, and where they live or can be found."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.members import queries
from wholeperson.casework.members.models import Address, ContactRule, Member
from wholeperson.record import trail, wall
from wholeperson.record.actors import require

WORD = "member.reach"


@transaction.atomic
def set_rule(member: Member, rule: str, *, how: str, since: date, by: Person, at: datetime) -> ContactRule:
    """From now on this rule holds, in place of whichever held; in each of their records, whoever sees only one."""
    require(by, WORD)
    made = {
        record: ContactRule(member_id=record, rule=rule, how=how, since=since, person=by, kept_at=at)
        for record in _records(member, by)
    }
    with wall.opened("contact_rule.set"):
        ContactRule.objects.filter(member__in=made, lifted_at=None).update(lifted_at=at)
        for record, row in made.items():
            row.save(force_insert=True)
            trail.wrote(row, "contact_rule.set", by=by, at=at, subject=record)
    return made[member.pk]


@transaction.atomic
def lift_rule(member: Member, *, by: Person, at: datetime) -> None:
    """They may be reached again as anybody. Where no rule holds, nothing changes."""
    require(by, WORD)
    with wall.opened("contact_rule.lift"):
        for row in ContactRule.objects.filter(member__in=_records(member, by), lifted_at=None):
            row.lifted_at = at
            row.save(update_fields=["lifted_at"])
            trail.wrote(row, "contact_rule.lift", by=by, at=at, subject=row.member_id)


def _records(member: Member, by: Person) -> list[UUID]:
    """This record, and of the same person's others those whose rule `by` can read: of no other may a rule be lifted."""
    theirs = queries.records_of(by, [member.pk])[member.pk]
    deep = {one for one, sight in queries.sights(by, theirs).items() if sight.reaches(queries.JOINED_AT)}
    return sorted({member.pk, *deep})


@transaction.atomic
def move(
    member: Member, *, kind: str, since: date, by: Person, at: datetime, street: str = "", city: str = "",
    zip_code: str = "", where: str = "",
) -> Address:  # fmt: skip
    """Where they live from that day on, or can be found. What was before stays kept."""
    require(by, WORD)
    made = Address(
        member=member, kind=kind, street=street, city=city, zip_code=zip_code, where=where, since=since, person=by,
        kept_at=at,
    )  # fmt: skip
    with wall.opened("address.keep"):
        made.save(force_insert=True)
    trail.wrote(made, "address.keep", by=by, at=at, subject=member.pk)
    return made
