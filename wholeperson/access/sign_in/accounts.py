"""How the sign-in library treats accounts here: nobody makes one for themself, and what happens to one is kept."""

from typing import Any, ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wholeperson.access import actions
from wholeperson.access.models import Person
from wholeperson.access.request import Request
from wholeperson.record.actors import System

SOMEBODY = System("somebody at the sign-in page")


class Accounts(DefaultAccountAdapter):
    """Invited people only; each sign-in, each wrong try at a known address and each change of a factor is a row."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Too many wrong tries. Wait 15 minutes, then try again."),
        "email_password_mismatch": _("The email address and the password do not go together. Check both."),
        "incorrect_password": _("This is not your password. Check it and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        actions.note_sign_in(user, "session.begin", by=user, at=cast(Request, request).now)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        tried = Person.objects.filter(email=str(credentials.get("email", "")).lower()).first()
        if tried:
            actions.note_sign_in(tried, "session.refused", by=SOMEBODY, at=cast(Request, request).now)

    def send_notification_mail(self, template_prefix: str, user: Person, *rest: Any, **named: Any) -> None:
        """The library tells here that a password or a second factor changed."""
        changed = template_prefix.rpartition("/")[2]
        actions.note_sign_in(user, f"sign_in.{changed}", by=user, at=cast(Request, self.request).now)
        super().send_notification_mail(template_prefix, user, *rest, **named)
