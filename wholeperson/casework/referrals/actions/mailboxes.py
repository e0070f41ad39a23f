"""The address by which a person is written to: written down by staff, verified by its reader, lost by a bounce."""

from datetime import datetime

from django.db import transaction

from wholeperson.access.models import Person
from wholeperson.casework.members import needs
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.queries import all_records_of, reads
from wholeperson.casework.referrals import letters, links, mailboxes
from wholeperson.casework.referrals.actions import waiting
from wholeperson.casework.referrals.holders import READER
from wholeperson.casework.referrals.models import MemberMailbox
from wholeperson.casework.referrals.safety import unsafe
from wholeperson.record import outbox, trail, wall
from wholeperson.record.actors import require

WORD = "member.reach"


@transaction.atomic
def write_to_member(
    member: Member, address: str, *, by: Person, at: datetime, link: links.Address
) -> str | None:  # fmt: skip
    """Keep the address, and send it a link where it is safe to write. Returns the link's token, for a demo to show."""
    require(by, WORD)
    before, address = mailboxes.newest(member, at), address.strip().lower()
    same = before and (before.member_id, before.address) == (member.pk, address)
    if before and same and mailboxes.state(before, at) == "verified":
        return None
    token = None if unsafe(member, at) else links.new_token()
    row = MemberMailbox(
        member=member, address=address, person=by, kept_at=at, fingerprint=mailboxes.mark(token) if token else None
    )
    with wall.opened("member.mailbox"):
        row.save(force_insert=True)
    trail.wrote(row, "member.mailbox", by=by, at=at, subject=member.pk)
    if token:
        _send(row, link(token), by=by, at=at)
    return token


def _send(row: MemberMailbox, link: str, *, by: Person, at: datetime) -> None:
    told = reads(row.member, at)
    letter = letters.of_member_mailbox(link, needs.written(row.member, told))
    if told and told.format == "large_print":
        letter = letters.in_large_print(letter)
    key = f"member-mailbox:{row.pk}"
    outbox.put(key=key, channel="mail", to=row.address, content=letter, by=by, at=at, subject=row.member_id,
        to_subject=True)  # fmt: skip


@transaction.atomic
def verify_member_mailbox(row: MemberMailbox, *, at: datetime) -> bool:
    """Whether it is verified now. Pressed again it stays as it is."""
    if not mailboxes.still_opens(row, at):
        return False
    with wall.opened("member.mailbox"):
        fresh = MemberMailbox.objects.filter(pk=row.pk, verified_at=None, came_back_at=None)
        if fresh.update(verified_at=at):
            trail.wrote(row, "member.mailbox_verified", by=READER, at=at, subject=row.member_id)
    waiting.tell_what_waited_for(row.member, at=at)
    return True


@transaction.atomic
def mail_came_back(row: MemberMailbox, *, by: Person, at: datetime) -> None:
    """Nothing is written there any more, by whichever of the person's records the address is known."""
    require(by, WORD)
    records = all_records_of([row.member_id], at)[row.member_id]
    with wall.opened("member.mailbox"):
        for one in MemberMailbox.objects.filter(member__in=records, came_back_at=None):
            if one.address == row.address:
                one.came_back_at = at
                one.save(update_fields=["came_back_at"])
                trail.wrote(one, "member.mailbox_came_back", by=by, at=at, subject=one.member_id)
