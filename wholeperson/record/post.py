"""Mail. Whatever asks Django to send one puts it into the outbox; the channel hands it to the mail server."""

import smtplib
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from uuid6 import uuid7

from wholeperson.record import outbox
from wholeperson.record.actors import System
from wholeperson.record.moments import moment

WRITER = System("mail")
NOT_TAKEN = (smtplib.SMTPException, OSError, BadHeaderError, UnicodeError)  # by the server, or by the rules of mail
SMTP = "django.core.mail.backends.smtp.EmailBackend"


class IntoOutbox(BaseEmailBackend):
    """Keeps each mail with the transaction that asks for it: where that comes to nothing, so does the mail."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for to in message.recipients():
                outbox.put(
                    key=str(uuid7()), channel="mail", to=to, content=_content(message), by=WRITER, at=moment()
                )  # fmt: skip
        return len(email_messages)


class Mail:
    """The channel. The key is the message's id, by which a mail server drops what it has seen."""

    def send(self, *, key: str, to: str, content: Mapping[str, Any]) -> None:
        message = EmailMultiAlternatives(
            content["subject"], content["body"], to=[to], headers={"Message-ID": f"<{_short(key)}@wholeperson>"}
        )
        if content.get("html"):
            message.attach_alternative(content["html"], "text/html")
        try:
            get_connection(SMTP).send_messages([message])
        except NOT_TAKEN as failed:
            raise outbox.NotSent(type(failed).__name__) from None


def _content(message: EmailMessage) -> dict[str, str]:
    others = getattr(message, "alternatives", [])
    html = next((str(one[0]) for one in others if one[1] == "text/html"), "")
    return {"subject": str(message.subject), "body": str(message.body), "html": html}


def _short(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:32]
