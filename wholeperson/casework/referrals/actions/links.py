"""A link for whoever answers without an account, and the code that proves they read the organization's own mailbox."""

from datetime import datetime, timedelta

from django.db import transaction

from wholeperson.access.actions.allowed import require_at
from wholeperson.access.models import Organisation
from wholeperson.casework.referrals import clocks, letters, links
from wholeperson.casework.referrals.models import LinkCode, Mailbox, Sending, SendingLink
from wholeperson.record import outbox, trail
from wholeperson.record.actors import Actor


def make_link(sending: Sending, *, by: Actor, at: datetime, address: links.Address) -> str | None:
    """Write the link to the organization's mailbox, where somebody has verified one; returns its token."""
    mailbox = mailbox_of(sending.organisation)
    if mailbox is None:
        return None
    token = links.new_token()
    until = at + timedelta(days=clocks.LINK_DAYS)
    row = SendingLink(sending=sending, fingerprint=links.mark(token), made_at=at, expires_at=until)
    row.save(force_insert=True)
    letter = letters.of_link(address(token), sending.due_at or until)
    outbox.put(key=f"referral-link:{row.pk}", channel="mail", to=mailbox.address, content=letter, by=by, at=at)
    trail.wrote(sending, "referral.link", by=by, at=at, subject=sending.member_id)
    return token


def mailbox_of(organisation: Organisation) -> Mailbox | None:
    """The one that somebody has verified."""
    return Mailbox.objects.filter(organisation=organisation, verified_at__isnull=False).first()


@transaction.atomic
def send_code(link: SendingLink, *, by: Actor, at: datetime) -> str | None:
    """A new code to the mailbox; the ones before open nothing any more. Returns it, for a demo to show."""
    mailbox = mailbox_of(link.sending.organisation)
    if mailbox is None:
        return None
    LinkCode.objects.filter(link=link, expires_at__gt=at).update(expires_at=at)
    code = links.new_code()
    row = LinkCode(link=link, fingerprint=links.mark_of_code(link, code), made_at=at, expires_at=at + clocks.CODE_LASTS)
    row.save(force_insert=True)
    letter = letters.of_code(code)
    outbox.put(key=f"referral-code:{row.pk}", channel="mail", to=mailbox.address, content=letter, by=by, at=at)
    trail.wrote(link.sending, "referral.code", by=by, at=at, subject=link.sending.member_id)
    return code


@transaction.atomic
def prove(link: SendingLink, code: str, *, by: Actor, at: datetime) -> bool:
    """Whether this is the code that was sent. After five wrong ones it is none any more."""
    row = links.open_code(link, at=at)
    if row is None:
        return False
    row = LinkCode.objects.select_for_update().get(pk=row.pk)
    if row.tries >= clocks.MOST_TRIES:
        return False
    right = row.fingerprint == links.mark_of_code(link, code)
    LinkCode.objects.filter(pk=row.pk).update(tries=row.tries + 1, used_at=at if right else row.used_at)
    verb = "referral.prove" if right else "referral.wrong_code"
    trail.wrote(link.sending, verb, by=by, at=at, subject=link.sending.member_id)
    return right


@transaction.atomic
def keep_mailbox(organisation: Organisation, address: str, *, verified: bool, by: Actor, at: datetime) -> Mailbox:
    """Where an organization's referrals are written to; another address is to be verified anew."""
    require_at(by, "organisation.change", organisation.pk)
    row, _is_new = Mailbox.objects.update_or_create(
        organisation=organisation,
        defaults={"address": address.strip().lower(), "kept_at": at, "verified_at": at if verified else None},
    )
    trail.wrote(row, "referral.mailbox", by=by, at=at)
    return row


@transaction.atomic
def write_to_mailbox(organisation: Organisation, address: str, *, by: Actor, at: datetime) -> str:
    """Keep the address and send it a code. Returns the code, for a demo to show."""
    row = keep_mailbox(organisation, address, verified=False, by=by, at=at)
    code = links.code_of_mailbox(row)
    letter = letters.of_mailbox(organisation.name, code)
    outbox.put(key=f"mailbox-code:{row.pk}:{at.isoformat()}", channel="mail", to=row.address, content=letter, by=by,
               at=at)  # fmt: skip
    return code


@transaction.atomic
def verify_mailbox(organisation: Organisation, code: str, *, by: Actor, at: datetime) -> bool:
    """Whether this is the code that the mailbox was sent, in time; from now on referrals are written there."""
    require_at(by, "organisation.change", organisation.pk)
    row = Mailbox.objects.select_for_update().filter(organisation=organisation, verified_at=None).first()
    if row is None or at > row.kept_at + clocks.MAILBOX_CODE_LASTS or links.code_of_mailbox(row) != code:
        return False
    row.verified_at = at
    row.save(update_fields=["verified_at"])
    trail.wrote(row, "referral.mailbox_verified", by=by, at=at)
    return True
