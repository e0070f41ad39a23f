"""What a phone needs to keep a contact while it has no network: a key of this session, and never anything of a member.

What was typed is encrypted on the phone; the key is kept there nowhere, and ends with the session.
"""

import base64
import secrets

from wholeperson.access.request import Request

KEY = "phone_key"
SENT_BY = "X-Kept-On-Phone"  # a script sent the form: it needs no next page


def key_of(request: Request) -> str:
    """256 bits for AES-GCM, the same for the whole session, in base64."""
    if KEY not in request.session:
        request.session[KEY] = base64.b64encode(secrets.token_bytes(32)).decode()
    return str(request.session[KEY])


def is_from_phone(request: Request) -> bool:
    return SENT_BY in request.headers
