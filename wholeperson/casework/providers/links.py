"""The private link of an application: how it is made, and what it opens. Opening it never uses it up."""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from wholeperson.casework.providers.models import Application, ApplicationLink, Question, Service
from wholeperson.record.sealed import fingerprint, index_key


@dataclass(frozen=True)
class Holder:
    """Whoever holds the link acts by it, for this application and in nothing else."""

    application: Application
    kind: str = "link"

    @property
    def id(self) -> str:
        return self.application.public_id

    @property
    def label(self) -> str:
        return f"the holder of {self.application.public_id}"

    def may(self, permission: str, /) -> bool:
        return permission == "application.answer"


def token_for(secret: str) -> str:
    """The token that belongs to a secret only one browser has: the same form sent twice makes the same link."""
    made = hmac.digest(index_key("application link"), secret.encode(), sha256)
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def mark(token: str) -> str:
    """What is kept of a token: enough to know it again, of no use to whoever steals the table."""
    return fingerprint("application link", token)


def found_by_mark(kept: str, *, at: datetime) -> tuple[Application | None, ApplicationLink | None]:
    """The application of a link that is open; of one that has expired the link alone."""
    link = (
        ApplicationLink.objects.filter(fingerprint=kept).select_related("application__plan").first() if kept else None
    )
    if link is None or link.expires_at <= at:
        return None, link
    return link.application, link


@dataclass(frozen=True)
class RoomHolder:
    """Whoever holds the link that a keeper was sent says what room this one service has, and nothing else."""

    service: Service
    kind: str = "link"

    @property
    def id(self) -> str:
        return self.service.public_id

    @property
    def label(self) -> str:
        return f"the holder of a link for {self.service.public_id}"

    def may(self, permission: str, /) -> bool:
        return permission == "directory.room"


def question_by(token: str, *, at: datetime) -> tuple[Question | None, bool]:
    """What a keeper was asked by this link, and whether the link is still open."""
    row = Question.objects.filter(fingerprint=fingerprint("room link", token)).select_related("service").first()
    return row, row is not None and row.expires_at > at
