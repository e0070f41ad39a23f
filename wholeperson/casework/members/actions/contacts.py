"""Every contact with a member, kept by this one action; how they may be reached; which plan covers them in a month."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from wholeperson.access.models import Organisation, Person
from wholeperson.casework.members.days import day_of, midnight
from wholeperson.casework.members.models import Contact, Member
from wholeperson.record import refusals, trail, wall
from wholeperson.record.actors import Actor, require
from wholeperson.rules.problems import Problem, Refused, Where

LONGEST_MINUTES = 24 * 60


class ToldOtherwise(Refused):
    """This contact was kept before, with other words."""


class ToldBefore(Refused):
    """One like it is kept of that day; whether it was one try or two is for whoever tells it to say."""


@dataclass(frozen=True)
class Said:
    """What somebody tells of a contact."""

    happened_at: datetime
    method: str
    purpose: str
    minutes: int
    successful: bool
    clinical: bool = False
    place: str = ""
    note: str = ""


@transaction.atomic
def record_contact(
    member: Member, said: Said, *, organisation: Organisation, key: str, by: Actor, at: datetime
) -> tuple[Contact, bool]:
    """Keep it once: the same key again is the same contact, and True says that this call made it.

    Refuses the same key with other words: what was corrected after the first try had arrived is not dropped.
    """
    require(by, "contact.record")
    if said.happened_at > at or not 0 <= said.minutes <= LONGEST_MINUTES:
        raise Refused(_cannot_be(said, at))
    with wall.opened("contact.record"):
        made, is_new = Contact.objects.get_or_create(
            key=f"{getattr(by, 'public_id', by.id)}:{key}",
            defaults={
                "member": member, "organisation": organisation, "kept_at": at, **_who(by),
                **{name: getattr(said, name) for name in Said.__dataclass_fields__},
            },
        )  # fmt: skip
    if is_new:
        trail.wrote(made, "contact.record", by=by, at=at, subject=member.pk)
    elif not _is_the_same(made, said):
        raise ToldOtherwise(_told_otherwise())
    return made, is_new


def _who(by: Actor) -> dict[str, Any]:
    return {"person": by} if isinstance(by, Person) else {"person": None, "told_by": by.label[:200]}


@transaction.atomic
def record_try(
    member: Member, said: Said, *, organisation: Organisation, key: str, by: Actor, at: datetime,
    same: bool | None = None,
) -> Contact:  # fmt: skip
    """Somebody tried to reach a member, and it may have been told before from elsewhere.

    Where one of that day is kept, in that way and with that outcome, `same` says whether it is this one; unsaid it is
    refused (ToldBefore), since one call told twice and two calls look alike.
    """
    with wall.opened("contact.record"):
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        known = None if same is False else _like(member, said, organisation)
    if known and same is None:
        raise ToldBefore(_told_before())
    return known or record_contact(member, said, organisation=organisation, key=key, by=by, at=at)[0]


def _like(member: Member, said: Said, organisation: Organisation) -> Contact | None:
    same = {name: getattr(said, name) for name in ("method", "purpose", "successful")}
    rows = Contact.objects.filter(member=member, organisation=organisation, struck_at=None, **same)
    day = midnight(day_of(said.happened_at))
    found = rows.filter(happened_at__gte=day, happened_at__lt=midnight(day_of(day + timedelta(hours=36))))
    known: Contact | None = found.order_by("happened_at", "id").first()
    return known


def _is_the_same(made: Contact, said: Said) -> bool:
    """The hour may differ: without a script, a button that is pressed twice tells two moments."""
    words = (name for name in Said.__dataclass_fields__ if name != "happened_at")
    return day_of(made.happened_at) == day_of(said.happened_at) and all(
        getattr(made, name) == getattr(said, name) for name in words
    )


def may_strike(contact: Contact, by: Person) -> bool:
    """Whoever wrote it down and still works there, and who answers for what that team writes down."""
    words = ("contact.record", "contact.strike") if contact.person_id == by.pk else ("contact.strike",)
    return any(contact.organisation_id in by.standing.organisations_where(word) for word in words)


@transaction.atomic
def strike_contact(contact: Contact, *, by: Person, at: datetime) -> Contact:
    """It was not so: the wrong person, or never. It stays, struck out; a second time changes nothing."""
    if not may_strike(contact, by):
        raise refusals.not_allowed(by.label, "contact.strike")
    with wall.opened("contact.strike"):
        if Contact.objects.filter(pk=contact.pk, struck_at=None).update(struck_at=at, struck_by=by):
            trail.wrote(contact, "contact.strike", by=by, at=at, subject=contact.member_id)
        contact.refresh_from_db()
    return contact


def _told_otherwise() -> Problem:
    return Problem(
        "told_otherwise", "this contact was kept before, with other words",
        "a contact is written down once, and nobody's words are dropped",
        "look at the one that was kept; strike it out if it is wrong, and keep this one under a key of its own",
        Where(path="key"),
    )  # fmt: skip


def _told_before() -> Problem:
    return Problem(
        "told_before", "a contact of that day, in that way and with that outcome, is kept",
        "one try that is told twice and two tries look alike", "say whether it is the same one", Where(path="same"),
        ("yes", "no"),
    )  # fmt: skip


def _cannot_be(said: Said, at: datetime) -> Problem:
    if said.happened_at > at:
        return Problem(
            "not_yet", "this contact is in the future", "only what happened can be written down",
            "give the day and the hour when it was", Where(path="happened_at"),
        )  # fmt: skip
    return Problem(
        "not_minutes", f"{said.minutes} minutes cannot be", "a contact ends within a day",
        "give the minutes it took", Where(path="minutes"), (f"0 to {LONGEST_MINUTES}",),
    )  # fmt: skip
