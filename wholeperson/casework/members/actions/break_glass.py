"""Opening a record in an emergency, with a written reason and for some hours; and what a supervisor makes of it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.members.actions.reasons import open_reason
from wholeperson.casework.members.models import BreakGlass, Member, Relationship
from wholeperson.record import refusals, steps, trail, wall
from wholeperson.record.actors import Actor, require
from wholeperson.record.models import AuditRow

OPEN_FOR = timedelta(hours=4)
ATTEMPT, MOST_ATTEMPTS = "break_glass.attempt", 20  # within an hour
REVIEWED_WITHIN = timedelta(hours=24)
SCOPES = {"emergency": "part2", "safety": "sensitive"}  # drug treatment only in a medical emergency: 42 CFR 2.51


@transaction.atomic
def break_glass(
    member: Member, *, kind: str, reason: str, organisation_id: UUID, by: Person, at: datetime
) -> BreakGlass:
    """Let this one person see the member for four hours. While it is open, asking again opens no second one."""
    require(by, "break_glass.emergency" if kind == "emergency" else "break_glass.open")
    with wall.opened("break_glass"):
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if open_already := _open(member, kind, by, at):
            return open_already
        made = BreakGlass(
            member=member, person=by, organisation_id=organisation_id, kind=kind, reason=reason, opened_at=at
        )
        made.relationship = open_reason(_reason(made, by), by=by, at=at)
        steps.begin(made, by=by, at=at, subject=member.pk, due_at=at + REVIEWED_WITHIN)
    return made


def _open(member: Member, kind: str, by: Person, at: datetime) -> BreakGlass | None:
    return BreakGlass.objects.filter(member=member, person=by, kind=kind, relationship__ends_at__gt=at).first()


def _reason(made: BreakGlass, by: Person) -> Relationship:
    return Relationship(
        member_id=made.member_id, organisation_id=made.organisation_id, person=by, reason="break_glass",
        scope=SCOPES[made.kind], since=by.standing.on, ends_at=made.opened_at + OPEN_FOR,
        about_kind="break_glass", about_id=made.pk,
    )  # fmt: skip


def keep_attempt(*, by: Person, at: datetime, of: str = ATTEMPT) -> None:
    """Keep that somebody tried to open a record and did not: who tries names one after another can be seen."""
    trail.read(by, of, by=by, at=at)


def has_tried_too_often(person: Person, *, at: datetime, of: str = ATTEMPT) -> bool:
    """Whether somebody missed so often within an hour that it looks like guessing who is known here."""
    within = AuditRow.objects.filter(verb=of, actor_id=str(person.pk), at__gt=at - timedelta(hours=1))
    return within.count() >= MOST_ATTEMPTS


def look_at_glass(glass: BreakGlass, *, by: Person, at: datetime) -> None:
    """Keep that a reviewer read why a record was opened: what stands there is about the member."""
    trail.read(glass, "break_glass.look_at", by=by, at=at, subject=glass.member_id)


@transaction.atomic
def judge(glass: BreakGlass, *, verb: str, finding: str, by: Actor, at: datetime) -> None:
    """What whoever looks after it found: it was right, or it is in question and why. A look still open then ends.

    Nobody judges what they opened themselves.
    """
    if str(by.id) == str(glass.person_id):
        raise refusals.not_allowed(by.label, "break_glass.review (of somebody else's)")
    with wall.opened("break_glass.judge"):
        steps.take(glass, verb, by=by, at=at, subject=glass.member_id, finding=finding)
        row = Relationship.objects.filter(pk=glass.relationship_id, ends_at__gt=at)
        if verb == "question":
            row.update(ends_at=at)
