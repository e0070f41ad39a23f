"""The link of an invitation: how it is made, and whether it still opens anything."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from wholeperson.access.models import Invitation
from wholeperson.record.sealed import fingerprint


@dataclass(frozen=True)
class Holder:
    """Whoever holds the link acts by it, and may do nothing but accept."""

    invitation: Invitation
    kind: str = "link"

    @property
    def id(self) -> str:
        return self.invitation.public_id

    @property
    def label(self) -> str:
        return f"the holder of {self.invitation.public_id}"

    def may(self, permission: str, /) -> bool:
        return permission == "invitation.accept"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def mark(token: str) -> str:
    """What is kept of a token: enough to know it again, of no use to whoever steals the table."""
    return fingerprint("invitation", token)


def found_by_mark(kept: str) -> Invitation | None:
    """The invitation of this link, whatever became of it."""
    return Invitation.objects.filter(fingerprint=kept).select_related("organisation").first() if kept else None


def is_open(invitation: Invitation, *, at: datetime) -> bool:
    return invitation.status == "open" and at < invitation.expires_at
