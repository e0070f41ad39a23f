"""Forms of the sign-in library that we say in our words, or ask less in."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from wholeperson.access.models import Person


class KeyForm(AddWebAuthnForm):
    """A key, in our words."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["name"].label = _("Name of the key")
        self.fields["passwordless"].label = _("Sign in with it alone, without a password (a passkey)")
        self.fields["passwordless"].help_text = _("It then asks for your fingerprint, your face or its own PIN.")


class PrintedCodesForm(forms.Form):
    """A new sheet. Unlike the library we give one to people who have no other second factor."""

    def __init__(self, *arguments: Any, user: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
