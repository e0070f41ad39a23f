"""Where a person is written to by mail: the address written down last, in any record, once its reader said yes."""

from datetime import datetime

from wholeperson.access.models import Person
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.queries import all_records_of, records_of
from wholeperson.casework.referrals import clocks
from wholeperson.casework.referrals.models import MemberMailbox
from wholeperson.record import wall
from wholeperson.record.models import Outgoing
from wholeperson.record.sealed import fingerprint


def standing(member: Member, at: datetime) -> str:
    """The verified address, or nothing. Unscoped: for letters to them, never for a page."""
    row = newest(member, at)
    return row.address if row and row.verified_at and not came_back(row, at) else ""


def newest(member: Member, at: datetime) -> MemberMailbox | None:
    """Whoever wrote it down, in whichever record of the person. Unscoped, as `standing` is."""
    records = all_records_of([member.pk], at)[member.pk]
    with wall.opened("member.mailbox"):
        rows = MemberMailbox.objects.filter(member__in=records).select_related("member")
        return rows.order_by("-kept_at", "-id").first()


def shown(user: Person, member: Member) -> MemberMailbox | None:
    """The newest in those of their records that this person may see."""
    rows = MemberMailbox.objects.for_user(user).filter(member__in=records_of(user, [member.pk])[member.pk])
    found: MemberMailbox | None = rows.select_related("person").order_by("-kept_at", "-id").first()
    return found


def came_back(row: MemberMailbox, at: datetime) -> bool:
    """Whether somebody said so, or the outbox gave a letter up that went there since."""
    if row.came_back_at:
        return True
    records = all_records_of([row.member_id], at)[row.member_id]
    with wall.opened("member.mailbox"):
        lost = Outgoing.objects.filter(
            subject_id__in=records, status="given_up", channel="mail", made_at__gte=row.kept_at
        )
        return any(one.to == row.address for one in lost)


def state(row: MemberMailbox, at: datetime) -> str:
    """In one word, how it stands with an address."""
    if came_back(row, at):
        return "came_back"
    if row.verified_at:
        return "verified"
    if not row.fingerprint:
        return "not_sent"
    return "sent" if _opens(row, at) else "too_old"


def mark(token: str) -> str:
    """What is kept of a token: enough to know it again, of no use to whoever steals the table."""
    return fingerprint("member mailbox link", token)


def found(token: str) -> MemberMailbox | None:
    """Whose link this is, open or not. Unscoped: whoever holds it has no account."""
    with wall.opened("member.mailbox"):
        return MemberMailbox.objects.filter(fingerprint=mark(token)).select_related("member").first()


def still_opens(row: MemberMailbox, at: datetime) -> bool:
    """Not when it is too old, when another address was written down since, or when mail came back."""
    return _opens(row, at) and newest(row.member, at) == row and not came_back(row, at)


def _opens(row: MemberMailbox, at: datetime) -> bool:
    return at <= row.kept_at + clocks.MEMBER_LINK_LASTS
