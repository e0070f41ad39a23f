"""What a phone needs to keep a contact while it has no network: a key, and never anything of a member.

What was typed is encrypted on the phone. The key is of one person on one phone: the server makes it of its own secret,
whoever is signed in, and a random word in a cookie; so it is kept nowhere, and handed out only after signing in. A
session that timed out is followed by another with the same key; signing out drops the word, and nobody has the key.
"""

import base64
import secrets

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from wholeperson.access.request import Request
from wholeperson.record.sealed import fingerprint

COOKIE = "phone"
KEPT_FOR = 7 * 24 * 60 * 60  # seconds after the last page: as long as a phone keeps what was typed
SENT_BY = "X-Kept-On-Phone"  # a script sent the form: it needs no next page


def page(request: Request, template: str, told: dict[str, object], status: int = 200) -> HttpResponse:
    """A page that may keep a contact on the phone: with the key of this person there, and the word it is made of."""
    word = request.COOKIES.get(COOKIE, "")[:40] or secrets.token_urlsafe(24)
    response = render(request, template, {**told, "phone_key": key_of(request, word)}, status=status)
    response.set_cookie(
        COOKIE, word, max_age=KEPT_FOR, httponly=True, secure=bool(settings.SESSION_COOKIE_SECURE), samesite="Lax"
    )
    return response


def key_of(request: Request, word: str) -> str:
    """256 bits for AES-GCM in base64: the same for this person with this word, and of no use for any other."""
    return base64.b64encode(bytes.fromhex(fingerprint("contact_on_phone", f"{request.user.pk}:{word}"))).decode()


def is_from_phone(request: Request) -> bool:
    return SENT_BY in request.headers
