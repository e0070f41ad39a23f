"""What waited: for an address of the person, and in the outbox while they may have asked to be left alone."""

from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from wholeperson.access.queries import current
from wholeperson.casework.members.days import day_of
from wholeperson.casework.members.models import Member, Relationship
from wholeperson.casework.members.queries import all_records_of
from wholeperson.casework.referrals.actions import notices
from wholeperson.casework.referrals.holders import HOUSE
from wholeperson.casework.referrals.lifecycle import OPEN, WORKED_ON
from wholeperson.casework.referrals.models import MemberMailbox, Notice
from wholeperson.casework.referrals.safety import unsafe
from wholeperson.record import trail, wall

STILL_SO = {"received": OPEN, "assigned": WORKED_ON, "started": ("started", "closed"), "closed": ("closed",)}


def tell_what_waited(*, at: datetime) -> int:
    """For everybody who has an address by now; the schedule calls it. Returns for how many."""
    theirs = {"member": OuterRef("member")}
    mailbox = MemberMailbox.objects.filter(**theirs, verified_at__isnull=False, came_back_at=None)
    account = Relationship.objects.filter(current(day_of(at)), **theirs, reason="self", person__isnull=False)
    with wall.opened("referral.tell_what_waited"):
        found = _waiting().filter(Exists(mailbox) | Exists(account)).order_by("member").values("member").distinct()
        members = list(Member.objects.filter(pk__in=found).order_by("pk"))
    for member in members:
        tell_what_waited_for(member, at=at)
    return len(members)


@transaction.atomic
def tell_what_waited_for(member: Member, *, at: datetime) -> None:
    """Of each request the newest notice goes, if it is still so; what it overtook is told no more."""
    with wall.opened("referral.tell_what_waited"):
        records = all_records_of([member.pk], at)[member.pk]
        waiting = _waiting().filter(member__in=records)
        every = Notice.objects.filter(asking=None, referral__in=waiting.values("referral"))
        rows = every.select_related("referral__member", "referral__provider").order_by("referral", "at", "pk")
        for _referral, told in groupby(rows, key=lambda row: row.referral_id):
            *before, last = told
            for row in filter(_waits, before):
                _leave(row, at)
            if _waits(last):
                _go_on(last, at)


def _waiting() -> QuerySet[Notice]:
    return Notice.objects.filter(asking=None, held_back=notices.NO_ADDRESS, looked_at=None)


def _waits(row: Notice) -> bool:
    return row.held_back == notices.NO_ADDRESS and row.looked_at is None


def _leave(row: Notice, at: datetime) -> None:
    """Something newer was told, or it is no longer so."""
    if Notice.objects.filter(pk=row.pk, looked_at=None).update(looked_at=at):
        trail.wrote(row, "referral.notice_overtaken", by=HOUSE, at=at, subject=row.member_id)


def _go_on(row: Notice, at: datetime) -> None:
    if row.referral.status not in STILL_SO[row.kind]:
        _leave(row, at)
        return
    way = notices.way_to(row.referral.member, at)
    if way.why == notices.NO_ADDRESS:
        return
    mine = Notice.objects.filter(pk=row.pk, held_back=notices.NO_ADDRESS, looked_at=None)
    if not mine.update(held_back=way.why, language=way.language):
        return
    trail.wrote(row, "referral.notice", by=HOUSE, at=at, subject=row.member_id, details={"held_back": way.why})
    if not way.why:
        notices.write(row, way, notices.who_helps(row.referral, row.kind), by=HOUSE, at=at)


def may_go(*, key: str, subject: UUID, at: datetime) -> bool:
    """Whether a letter in the outbox may still go to the person. If not, somebody looks at what it was of."""
    with wall.opened("referral.may_go"):
        why = unsafe(Member.objects.get(pk=subject), at)
        row = Notice.objects.filter(key=key, held_back="").first() if why else None
        if row and Notice.objects.filter(pk=row.pk, held_back="").update(held_back=why):
            trail.wrote(row, "referral.notice_stopped", by=HOUSE, at=at, subject=subject, details={"held_back": why})
    return not why
