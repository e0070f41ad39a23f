"""What a phone needs to keep a contact while it has no network: a key, and never anything of a member.

What was typed is encrypted on the phone. The key is of one person on one phone: the server makes it of its own secret,
whoever is signed in, and a random word in a cookie; so it is kept nowhere, and handed out only after signing in. A
session that timed out is followed by another with the same key; signing out drops one's own word, and nobody has the
key. Of a colleague at the same phone nothing is dropped.
"""

import base64
import hashlib
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wholeperson.access.request import Request
from wholeperson.record.sealed import fingerprint

COOKIE = "phone_"  # with the mark of a person behind it
KEPT_FOR = 7 * 24 * 60 * 60  # seconds after the last page: as long as a phone keeps what was typed
SENT_BY = "X-Kept-On-Phone"  # a script sent the form: it needs no next page


def page(request: Request, template: str, told: dict[str, object], status: int = 200) -> HttpResponse:
    """A page that may keep a contact on the phone: with the key of this person there, and the word it is made of."""
    mine = name_of(request.user.pk)
    words = {**words_on(request), mine: request.COOKIES.get(mine, "")[:40] or secrets.token_urlsafe(24)}
    marks = " ".join(mark_of(key_of(name, word)) for name, word in words.items())
    told = {**told, "phone_key": key_of(mine, words[mine]), "phone_marks": marks}
    response = render(request, template, told, status=status)
    response.set_cookie(
        mine, words[mine], max_age=KEPT_FOR, httponly=True, secure=bool(settings.SESSION_COOKIE_SECURE), samesite="Lax"
    )
    return response


def name_of(person: object) -> str:
    """The cookie of one person on this phone: whose it is, nobody reads from it."""
    return COOKIE + fingerprint("phone_of", str(person))[:12]


def words_on(request: HttpRequest) -> dict[str, str]:
    """The words of all who did not sign out on this phone, by the name of their cookie."""
    return {name: word[:40] for name, word in request.COOKIES.items() if word and name.startswith(COOKIE)}


def key_of(name: str, word: str) -> str:
    """256 bits for AES-GCM in base64: the same for this person with this word, and of no use for any other."""
    return base64.b64encode(bytes.fromhex(fingerprint("contact_on_phone", f"{name}:{word}"))).decode()


def mark_of(key: str) -> str:
    """What stands in the clear beside all that is locked with this key."""
    return base64.b64encode(hashlib.sha256(base64.b64decode(key)).digest()).decode()[:16]


def leave(request: HttpRequest, response: HttpResponse, person: object) -> None:
    """Whoever signs out takes their own word along; where nobody else's is left, all that is stored goes."""
    mine = name_of(person)
    response.delete_cookie(mine, samesite="Lax")
    if not set(words_on(request)) - {mine}:
        response["Clear-Site-Data"] = '"storage"'


def is_from_phone(request: Request) -> bool:
    return SENT_BY in request.headers
