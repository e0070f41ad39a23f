"""The link by which a referral is answered without an account. Only fingerprints are kept."""

import secrets
from collections.abc import Callable
from datetime import datetime

from wholeperson.casework.referrals.models import LinkCode, Mailbox, SendingLink
from wholeperson.record import wall
from wholeperson.record.sealed import fingerprint

Address = Callable[[str], str]  # of a token: the whole address of its link
DIGITS = 6


def new_token() -> str:
    return secrets.token_urlsafe(24)


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def mark(token: str) -> str:
    """What is kept of a token: enough to know it again, of no use to whoever steals the table."""
    return fingerprint("referral link", token)


def mark_of_code(link: SendingLink, code: str) -> str:
    return fingerprint("referral code", str(link.pk), code)


def found(token: str) -> SendingLink | None:
    """The link of a token, expired or not."""
    return found_by_mark(mark(token))


def found_by_mark(kept: str) -> SendingLink | None:
    with wall.opened("referral.link"):
        rows = SendingLink.objects.filter(fingerprint=kept)
        return rows.select_related("sending__organisation", "sending__referral__member").first()


def open_code(link: SendingLink, *, at: datetime) -> LinkCode | None:
    """The code that was sent last, while it may still be typed."""
    return link.codes.filter(expires_at__gt=at).order_by("-made_at", "-id").first()


def code_of_mailbox(mailbox: Mailbox) -> str:
    """Eight digits that only whoever reads this mailbox knows. Kept nowhere: made anew from what was asked and when."""
    made = fingerprint("mailbox code", str(mailbox.pk), mailbox.address, str(mailbox.kept_at.timestamp()))
    return f"{int(made[:15], 16) % 10**8:08}"
