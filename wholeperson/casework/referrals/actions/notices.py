"""Telling the person, and whoever asked, how it goes: a letter in the outbox, or the reason why a person looks first.

A letter goes to an address that we recorded and verified, never to one that was typed into a form. Where it may not be
safe to write, nothing goes before somebody looked. Our own texts are samples: outside a demo none of them leaves.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from wholeperson.access.models import Person
from wholeperson.access.queries import current
from wholeperson.casework.members import needs
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.casework.members.queries import all_records_of, reads
from wholeperson.casework.referrals import letters, mailboxes
from wholeperson.casework.referrals.knowing import learns_all
from wholeperson.casework.referrals.models import Asking, Notice, Referral
from wholeperson.casework.referrals.safety import unsafe
from wholeperson.record import outbox, trail, wall
from wholeperson.record.actors import Actor

NO_MAIL = ("braille", "audio")  # a mail is neither
NO_ADDRESS, NOT_APPROVED = "no_address", "not_approved"  # why something is held back


@dataclass(frozen=True)
class Way:
    """Where a letter goes, in which language and shape; `why` it does not, where it does not."""

    to: str
    language: str
    shape: str
    why: str


def tell(asking: Asking, kind: str, *, by: Actor, at: datetime) -> None:
    """Whoever asked, of all that this asking was for."""
    with wall.opened("referral.notice"):
        row = asking.asked_for.select_related("referral").order_by("pk").first()
        if row:
            _tell_asker(row.referral, asking, kind, by=by, at=at)


def tell_all(referral: Referral, kind: str, *, by: Actor, at: datetime) -> None:
    """The person, and everybody who asked and has not taken it back."""
    with wall.opened("referral.notice"):
        askings = Asking.objects.filter(asked_for__referral=referral, withdrawn_at=None)
        for asking in askings.select_related("person", "part_of").order_by("at", "pk"):
            _tell_asker(referral, asking, kind, by=by, at=at)
        _tell_person(referral, kind, by=by, at=at)


def _tell_asker(referral: Referral, asking: Asking, kind: str, *, by: Actor, at: datetime) -> None:
    """To the address they sign in with. Whoever has none looks again with their number."""
    if asking.person is None:
        return
    more = ""
    if kind == "assigned" and referral.provider and learns_all(asking, on=day_of(at), at=at):
        more = referral.provider.name
    key = f"referral:{referral.pk}:{kind}:{asking.pk}"
    way = Way(asking.person.email, asking.language, "", "" if settings.DEMO else NOT_APPROVED)
    _put(referral, kind, key, way, more, asking=asking, by=by, at=at)


def _tell_person(referral: Referral, kind: str, *, by: Actor, at: datetime) -> None:
    key = f"referral:{referral.pk}:{kind}:person"
    _put(referral, kind, key, way_to(referral.member, at), who_helps(referral, kind), asking=None, by=by, at=at)


def who_helps(referral: Referral, kind: str) -> str:
    return referral.provider.name if kind == "assigned" and referral.provider else ""


def way_to(member: Member, at: datetime) -> Way:
    """Where the person is written to today, in which language and shape; `why` is why a person looks first."""
    account, told = _account(member, at), reads(member, at)
    shape = told.format if told else ""
    to = account.email if account else mailboxes.standing(member, at)
    why = unsafe(member, at) or ("" if to else NO_ADDRESS) or ("format" if shape in NO_MAIL else "")
    return Way(to, needs.written(member, told), shape, why or ("" if settings.DEMO else NOT_APPROVED))


def _put(
    referral: Referral, kind: str, key: str, way: Way, more: str, *, asking: Asking | None, by: Actor, at: datetime
) -> None:
    if Notice.objects.filter(key=key).exists():
        return
    row = Notice(
        referral=referral, member_id=referral.member_id, asking=asking, kind=kind, language=way.language,
        held_back=way.why, at=at, key=key,
    )  # fmt: skip
    row.save(force_insert=True)
    trail.wrote(row, "referral.notice", by=by, at=at, subject=referral.member_id, details={"held_back": way.why})
    if not way.why:
        write(row, way, more, by=by, at=at)


def write(row: Notice, way: Way, more: str, *, by: Actor, at: datetime) -> None:
    """Its letter, into the outbox."""
    # of one form in parts they know one number alone
    numbered = (row.asking.part_of or row.asking) if row.asking else row.referral
    letter = letters.of_news(row.kind, numbered.public_id, more, way.language)
    letter = letters.in_large_print(letter) if way.shape == "large_print" else letter
    outbox.put(
        key=row.key, channel="mail", to=way.to, content=letter, by=by, at=at, subject=row.member_id,
        to_subject=row.asking is None,
    )  # fmt: skip


def _account(member: Member, at: datetime) -> Person | None:
    """The account by which the person themselves signs in: of this record, else the only one of all their records."""
    records = all_records_of([member.pk], at)[member.pk]
    reasons = Relationship.objects.filter(current(day_of(at)), reason="self", person__isnull=False)
    rows = list(reasons.filter(member__in=records).select_related("person").order_by("pk"))
    own = [row.person for row in rows if row.member_id == member.pk]
    others = {row.person for row in rows}
    return own[0] if own else others.pop() if len(others) == 1 else None
