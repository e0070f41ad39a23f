"""A file that only its key opens, written and read in pieces: a backup is larger than memory.

Each piece is encrypted and authenticated with its number, and the last says that it is: what was changed, cut off,
or put in another order does not open.
"""

import hashlib
import hmac
import os
import struct
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wholeperson.rules.problems import Problem, Refused, Where

BEGINS = b"whole person backup 1\n"
PIECE = 1024 * 1024
SALT = 16


def seal(plain: Path, sealed: BinaryIO, key: str) -> None:
    """Encrypt a whole file."""
    salt, number = os.urandom(SALT), 0
    sealed.write(BEGINS + salt)
    with plain.open("rb") as given:
        piece, following = given.read(PIECE), given.read(PIECE)
        while True:
            token = _cipher(key, salt).encrypt(_nonce(number, last=not following), piece, None)
            sealed.write(struct.pack(">I", len(token)) + token)
            if not following:
                return
            piece, following, number = following, given.read(PIECE), number + 1


def unseal(sealed: BinaryIO, plain: Path, key: str) -> None:
    """Decrypt all of it. Refuses what is no backup, was made with another key, or is not whole."""
    if sealed.read(len(BEGINS)) != BEGINS:
        raise Refused(_wrong("this is no backup of ours", "name a file that `wholeperson backup` wrote"))
    salt, number, is_last = sealed.read(SALT), 0, False
    with plain.open("wb") as made:
        while not is_last:
            token = _piece(sealed)
            following = sealed.read(1)
            is_last = not following
            sealed.seek(-len(following), os.SEEK_CUR)
            try:
                made.write(_cipher(key, salt).decrypt(_nonce(number, last=is_last), token, None))
            except InvalidTag:
                raise Refused(_wrong("this backup does not open", _DO)) from None
            number += 1


_DO = "use the WHOLEPERSON_BACKUP_KEY it was made with; if that is it, the file was changed or cut off: take another"


def _piece(sealed: BinaryIO) -> bytes:
    length = sealed.read(4)
    token = sealed.read(struct.unpack(">I", length)[0]) if len(length) == 4 else b""
    return token or b"cut off"


def _cipher(key: str, salt: bytes) -> AESGCM:
    return AESGCM(hmac.digest(key.encode(), salt, hashlib.sha256))


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">QI", number, int(last))


def _wrong(problem: str, do: str) -> Problem:
    return Problem("backup_unreadable", problem, "nothing was restored", do, Where("the backup"))
