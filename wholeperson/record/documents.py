"""Documents: each kept once under the fingerprint of its content, encrypted, typed by what is in it, and scanned.

Whose document it is, who may open it and what is kept of that is for the room that knows its member. A file is written
before its row and never changed, so a row without its file was forgotten; a file without a row is only space.
"""

import hashlib
import hmac
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction

from wholeperson.record import scanning, trail, wall
from wholeperson.record.actors import Actor
from wholeperson.record.kinds import TEXT, kind_of
from wholeperson.record.models import AuditRow, Document
from wholeperson.record.rekeying import no_key_opens
from wholeperson.record.sealed import index_key, is_sealed_anew, seal_bytes, unseal_bytes
from wholeperson.rules.problems import Problem, Refused, Where

MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 120
FORGET = "document.forget"


@dataclass(frozen=True)
class Received:
    """What somebody hands in: what they call it, and its bytes."""

    name: str
    content: bytes


def keep(
    received: Received,
    *,
    by: Actor,
    at: datetime,
    subject: UUID | None = None,
    organisation: UUID | None = None,
    scope: str = "care",
    because: UUID | None = None,
    kind: str = "",
    scanner: scanning.Scanner | None = None,
) -> Document:
    """Keep it, or refuse it whole: empty, too large, of no kind we take, or with something harmful in it.

    `scope` is how far into the member's record somebody must be let to open it. `kind` is given by whoever reads the
    file by rules of their own, and hands it to nobody as it came.
    """
    kind = _judged(received, scanner or scanning.scanner(), kind)
    address = _store(received.content)
    with transaction.atomic(), wall.opened("document.keep"):
        row = Document(
            address=address, kind=kind, size=len(received.content), name=tidy(received.name), made_at=at,
            subject_id=subject, organisation_id=organisation, scope=scope,
        )  # fmt: skip
        row.save(force_insert=True)
        details = {"kind": kind, "bytes": row.size}
        trail.wrote(row, "document.keep", by=by, at=at, subject=subject, because=because, details=details)
    return row


def content(row: Document, *, by: Actor, at: datetime, because: UUID | None = None) -> bytes:
    """The bytes, for somebody who may have them; that they were given stands in the trail first."""
    trail.read(row, "document.open", by=by, at=at, subject=row.subject_id, because=because)
    return _opened(row)


def forget(row: Document, *, by: Actor, at: datetime) -> None:
    """The bytes go, where no other row still has the same; the row and its trail stay, and tell that there was one."""
    trail.wrote(row, FORGET, by=by, at=at, subject=row.subject_id)
    with wall.opened(FORGET):
        same = set(Document.objects.filter(address=row.address).values_list("pk", flat=True))
    if AuditRow.objects.filter(verb=FORGET, thing_id__in=same).count() >= len(same):
        transaction.on_commit(lambda: file(row.address).unlink(missing_ok=True))


def content_for_anyone(row: Document) -> bytes:
    """The bytes of what was published: who reads that is nobody's business, and no trail says it."""
    if row.subject_id is not None:
        raise ValueError(f"{row.public_id} is about a member, and is given to nobody without a trail")
    return _opened(row)


def _opened(row: Document) -> bytes:
    opened = unseal_bytes(file(row.address).read_bytes())
    if not hmac.compare_digest(_address(opened), row.address):
        raise OSError(f"{row.public_id} is not what was kept")
    return opened


def file(address: str) -> Path:
    return Path(settings.WHOLEPERSON_DOCUMENTS, address[:2], address)


def seal_anew() -> int:
    """Encrypt with the first of the keys every file that is not; then the others are of no use. Returns how many."""
    files = sorted(Path(settings.WHOLEPERSON_DOCUMENTS).glob("??/*"))
    return sum(_seal_anew(path) for path in files if not path.name.startswith("."))


def _seal_anew(path: Path) -> bool:
    kept = path.read_bytes()
    if is_sealed_anew(kept, "documents"):
        return False
    try:
        content = unseal_bytes(kept)
    except InvalidToken:
        raise Refused(no_key_opens(f"the documents: {path.name}")) from None
    _write(path, seal_bytes(content))
    return True


def _judged(received: Received, scanner: scanning.Scanner, given: str) -> str:
    if not received.content:
        raise _refused("empty", "this file is empty", "there is nothing in it to keep", "choose the file again")
    if len(received.content) > MOST_BYTES:
        raise too_large()
    kind = given or kind_of(received.content)
    if kind is None:
        raise _refused(
            "unknown_kind", "this is no kind of file that we keep",
            "what a file is called says nothing, so we look into it, and this one may do more than be read",
            "save it as PDF and send that", ("PDF", "JPEG", "PNG", "TIFF", "Word", "Excel", "plain text"),
        )  # fmt: skip
    if found := scanner.found_in(received.content):
        raise _refused(
            "harmful", "something harmful was found in this file", f"the scanner calls it {found[:60]}",
            "do not open it; ask whoever sent it for another",
        )  # fmt: skip
    return kind


def too_large() -> Refused:
    """What is said of a file above `MOST_BYTES`, also where nobody reads it to find out."""
    most = f"{MOST_BYTES // 1024 // 1024} MB"
    return _refused(
        "too_large", f"this file is larger than {most}", "it would take too long to send and to open",
        "send it in parts, or scan it again with fewer dots", (most,),
    )  # fmt: skip


def _refused(code: str, problem: str, why: str, do: str, allowed: tuple[str, ...] = ()) -> Refused:
    return Refused(Problem(code, problem, why, do, Where(path="file"), allowed))


def _address(content: bytes) -> str:
    """Keyed, so that nobody can find out from the folder who has a certain well-known paper."""
    return hmac.digest(index_key("documents"), content, hashlib.sha256).hex()


def _store(content: bytes) -> str:
    address = _address(content)
    path = file(address)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        _write(path, seal_bytes(content))
    return address


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and on the disk when this returns."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as made:
        made.write(content)
        made.flush()
        os.fsync(made.fileno())
    os.chmod(made.name, 0o640)  # its group takes the backup
    os.replace(made.name, path)


def tidy(name: str) -> str:
    """What somebody called it, without folders and what a terminal or a header would act on."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable() and sign not in '"<>|:*?')[-LONGEST_NAME:] or TEXT
