"""What an app for codes on somebody's phone would show, counted here and not by the library under test."""

import base64
import hashlib
import hmac
import struct
import time


def now(secret: str, later: int = 0) -> str:
    """The six digits of this half minute, or of one `later` (RFC 6238: SHA-1, 30 seconds)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + later), hashlib.sha1).digest()
    at = digest[-1] & 0x0F
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
