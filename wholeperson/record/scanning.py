"""Looking for what is harmful in a file: by ClamAV's service where there is one, which is told by its socket."""

import socket
import struct
from typing import Protocol

from django.conf import settings

from wholeperson.rules.problems import PART_IS_MISSING, Problem, Refused, Where

CHUNK = 64 * 1024
PATIENCE = 30.0  # seconds


class Scanner(Protocol):
    """Says what harmful thing it found, or nothing."""

    def found_in(self, content: bytes) -> str: ...


class Nobody:
    """Where no scanner is installed. SECURITY.md says what then still protects."""

    def found_in(self, content: bytes) -> str:
        return ""


class Clamd:
    """ClamAV's service behind a socket of this machine. Where it does not answer, nothing is taken in."""

    def __init__(self, path: str) -> None:
        self.path = path

    def found_in(self, content: bytes) -> str:
        try:
            answer = self._ask(content)
        except OSError as failed:
            raise Refused(_silent(type(failed).__name__)) from None
        if answer.endswith("OK"):
            return ""
        if answer.endswith("FOUND"):
            return answer.removeprefix("stream:").removesuffix("FOUND").strip()
        raise Refused(_silent(answer[:60]))

    def _ask(self, content: bytes) -> str:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(PATIENCE)
            line.connect(self.path)
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                piece = content[start : start + CHUNK]
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            return line.makefile("rb").read().rstrip(b"\0").decode("utf-8", "replace").strip()


def scanner() -> Scanner:
    """The one of this installation."""
    return Clamd(settings.WHOLEPERSON_CLAMD) if settings.WHOLEPERSON_CLAMD else Nobody()


def _silent(why: str) -> Problem:
    return Problem(
        PART_IS_MISSING,
        f"the scanner does not answer ({why})",
        "a file that nobody looked into is not taken in",
        "try again in some minutes; an administrator looks after clamd",
        Where("WHOLEPERSON_CLAMD"),
    )
