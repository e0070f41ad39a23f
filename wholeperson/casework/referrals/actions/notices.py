"""Telling the person, and whoever asked, how it goes: a letter in the outbox, or the reason why a person looks first.

A letter goes to an address that we recorded and verified, never to one that was typed into a form. Where it may not be
safe to write, nothing goes before somebody looked. Our own texts are samples: outside a demo none of them leaves.
"""

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
    _put(referral, kind, key, asking.person.email, more, asking=asking, language=asking.language, by=by, at=at)


def _tell_person(referral: Referral, kind: str, *, by: Actor, at: datetime) -> None:
    member = referral.member
    account = _account(member, at)
    more = referral.provider.name if kind == "assigned" and referral.provider else ""
    key = f"referral:{referral.pk}:{kind}:person"
    told = reads(member, at)
    shape = told.format if told else ""
    to, language = account.email if account else mailboxes.standing(member, at), needs.written(member, told)
    why = unsafe(member, at) or ("" if to else "no_address") or ("format" if shape in NO_MAIL else "")
    _put(referral, kind, key, to, more, asking=None, language=language, shape=shape, by=by, at=at, why=why)


def _put(
    referral: Referral,
    kind: str,
    key: str,
    to: str,
    more: str,
    *,
    asking: Asking | None,
    language: str,
    by: Actor,
    at: datetime,
    shape: str = "",
    why: str = "",
) -> None:
    if Notice.objects.filter(key=key).exists():
        return
    why = why or ("" if settings.DEMO else "not_approved")
    row = Notice(
        referral=referral, member_id=referral.member_id, asking=asking, kind=kind, language=language, held_back=why,
        at=at, key=key,
    )  # fmt: skip
    row.save(force_insert=True)
    trail.wrote(row, "referral.notice", by=by, at=at, subject=referral.member_id, details={"held_back": why})
    if not why:
        # of one form in parts they know one number alone
        numbered = (asking.part_of or asking) if asking else referral
        letter = letters.of_news(kind, numbered.public_id, more, language)
        letter = letters.in_large_print(letter) if shape == "large_print" else letter
        outbox.put(key=key, channel="mail", to=to, content=letter, by=by, at=at, subject=referral.member_id)


def _account(member: Member, at: datetime) -> Person | None:
    """The account by which the person themselves signs in: of this record, else the only one of all their records."""
    records = all_records_of([member.pk], at)[member.pk]
    reasons = Relationship.objects.filter(current(day_of(at)), reason="self", person__isnull=False)
    rows = list(reasons.filter(member__in=records).select_related("person").order_by("pk"))
    own = [row.person for row in rows if row.member_id == member.pk]
    others = {row.person for row in rows}
    return own[0] if own else others.pop() if len(others) == 1 else None
