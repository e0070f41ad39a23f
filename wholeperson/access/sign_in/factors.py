"""The second factor: an app, a key, or codes printed on paper for those who may carry neither."""

from collections.abc import Collection
from io import BytesIO
from typing import ClassVar

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person
from wholeperson.record.sealed import seal, unseal

NAME = "Whole Person"
EACH = tuple(Authenticator.Type)  # any one of them is enough
ASKED = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}  # what the library asks for before it asks for a code


class Factors(DefaultMFAAdapter):
    """Secrets are kept encrypted, and printed codes count as a second factor of their own."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Each code works once: use the next one."),
    }

    def is_mfa_enabled(self, user: Person, types: Collection[str] | None = None) -> bool:
        widened = EACH if types is not None and set(types) >= ASKED else types
        return bool(super().is_mfa_enabled(user, widened))

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return NAME

    def build_totp_svg(self, url: str) -> str:
        picture = BytesIO()
        segno.make(url, error="m").save(picture, kind="svg", scale=5, light="white", xmldecl=False)
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        held = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Key %(number)s") % {"number": held + 1}

    def _get_site_name(self) -> str:
        return NAME
