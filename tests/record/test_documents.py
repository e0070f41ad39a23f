"""Documents: what is taken in, how it lies there, and who is handed it."""

import io
import socket
import struct
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from django.test import Client
from pytest_django import Settings

from tests.people import World
from wholeperson.casework.members.papers import actions as papers
from wholeperson.record import documents, scanning
from wholeperson.record.actors import System
from wholeperson.record.documents import Received
from wholeperson.record.kinds import ended, kind_of
from wholeperson.record.models import AuditRow, Document
from wholeperson.rules.problems import PART_IS_MISSING, Refused

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
CLERK = System("clerk")
PDF = b"%PDF-1.7 Rosa needs a ramp"

pytestmark = pytest.mark.django_db


def office(*names: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as parts:
        for name in names:
            parts.writestr(name, "<x/>")
    return whole.getvalue()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        ("Señora Delgado\n".encode(), "text/plain"),
        (office("word/document.xml"), WORD),
        (office("word/document.xml", "word/vbaProject.bin"), None),
        (office("evil.exe"), None),
        (b"<html><script>alert(1)</script>", None),
        (b"  \n<svg xmlns='x'>", None),
        (b"MZ\x90\x00", None),
        (b"#!/bin/sh\x00", None),
        (b"PK\x03\x04 broken", None),
    ],
)
def test_a_file_is_what_is_in_it(content: bytes, kind: str | None) -> None:
    assert kind_of(content) == kind


def test_it_lies_there_encrypted_and_comes_back(settings: Settings) -> None:
    row = documents.keep(Received("ramp.pdf", PDF), by=CLERK, at=NOW)
    kept = documents.file(row.address).read_bytes()
    assert b"Rosa" not in kept
    assert row.address not in str(settings.WHOLEPERSON_DOCUMENTS)
    assert documents.content(row, by=CLERK, at=NOW) == PDF
    assert [(one.did, one.verb) for one in AuditRow.objects.order_by("pk")] == [
        ("wrote", "document.keep"), ("read", "document.open"),
    ]  # fmt: skip


def test_the_same_content_lies_there_once(settings: Settings) -> None:
    first = documents.keep(Received("a.pdf", PDF), by=CLERK, at=NOW)
    second = documents.keep(Received("b.pdf", PDF), by=CLERK, at=NOW)
    assert first.address == second.address
    assert len(list(Path(settings.WHOLEPERSON_DOCUMENTS).glob("??/*"))) == 1


def test_keys_can_be_replaced(settings: Settings) -> None:
    settings.WHOLEPERSON_INDEX_KEY = "stays"
    settings.WHOLEPERSON_KEYS = ["old"]
    row = documents.keep(Received("a.pdf", PDF), by=CLERK, at=NOW)
    settings.WHOLEPERSON_KEYS = ["new", "old"]
    assert documents.content(row, by=CLERK, at=NOW) == PDF
    assert documents.seal_anew() == 1
    settings.WHOLEPERSON_KEYS = ["new"]
    assert documents.content(row, by=CLERK, at=NOW) == PDF
    settings.WHOLEPERSON_KEYS = ["other"]
    with pytest.raises(InvalidToken):
        documents.content(row, by=CLERK, at=NOW)


def test_what_was_swapped_on_the_disk_is_not_handed_over() -> None:
    row = documents.keep(Received("a.pdf", PDF), by=CLERK, at=NOW)
    other = documents.keep(Received("b.pdf", PDF + b"2"), by=CLERK, at=NOW)
    documents.file(row.address).write_bytes(documents.file(other.address).read_bytes())
    with pytest.raises(OSError, match="not what was kept"):
        documents.content(row, by=CLERK, at=NOW)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-" + bytes(documents.MOST_BYTES), "too_large"),
        (b"<html>", "unknown_kind"),
    ],
)
def test_what_is_not_taken_leaves_nothing(content: bytes, code: str, settings: Settings) -> None:
    with pytest.raises(Refused) as refused:
        documents.keep(Received("harmless.pdf", content), by=CLERK, at=NOW)
    assert refused.value.problems[0].code == code
    assert not Document.objects.exists()
    assert not Path(settings.WHOLEPERSON_DOCUMENTS).exists()


class Suspicious:
    def found_in(self, content: bytes) -> str:
        return "Test.Virus" if b"ramp" in content else ""


def test_what_the_scanner_finds_is_not_taken() -> None:
    with pytest.raises(Refused, match=r"Test\.Virus"):
        documents.keep(Received("a.pdf", PDF), by=CLERK, at=NOW, scanner=Suspicious())
    assert not Document.objects.exists()


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Path]:
    """Speaks as ClamAV's service does, for three files."""
    path = tmp_path / "clamd"
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()
        threading.Thread(target=_serve, args=(door,), daemon=True).start()
        yield path


def _serve(door: socket.socket) -> None:
    for _ in range(2):
        line, _ = door.accept()
        with line, line.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack(">I", said.read(4))[0]:
                content += said.read(size)
            line.sendall(b"stream: Eicar-Test FOUND\0" if b"EICAR" in content else b"stream: OK\0")


def test_the_service_of_clamav_is_asked(clamd: Path) -> None:
    scanner = scanning.Clamd(str(clamd))
    assert scanner.found_in(b"x" * 200_000) == ""
    assert scanner.found_in(b"EICAR") == "Eicar-Test"


def test_a_scanner_that_is_silent_lets_nothing_in(tmp_path: Path, settings: Settings) -> None:
    settings.WHOLEPERSON_CLAMD = str(tmp_path / "nobody")
    with pytest.raises(Refused) as refused:
        documents.keep(Received("a.pdf", PDF), by=CLERK, at=NOW)
    assert refused.value.problems[0].code == PART_IS_MISSING


@pytest.mark.parametrize(("scope", "status"), [("minimal", 200), ("care", 200), ("sensitive", 404)])
def test_a_paper_is_handed_over_as_deep_as_one_sees(client: Client, world: World, scope: str, status: int) -> None:
    rosa = world.member()
    world.relate(rosa, "Bayside", scope="care")
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    row = documents.keep(Received('../x/"ramp".pdf', PDF), by=CLERK, at=NOW, subject=rosa.pk, scope=scope)
    client.force_login(lena)
    answer = client.get(f"/documents/{row.public_id}/")
    assert answer.status_code == status
    if status == 200:
        assert answer.content == PDF
        assert answer["Content-Disposition"] == 'attachment; filename="ramp.pdf"'
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        assert AuditRow.objects.get(verb="document.open").actor_id == str(lena.pk)


def test_a_paper_of_somebody_else_is_not_there(client: Client, world: World) -> None:
    rosa = world.member()
    world.relate(rosa, "Elsewhere")
    row = documents.keep(Received("ramp.pdf", PDF), by=CLERK, at=NOW, subject=rosa.pk)
    client.force_login(world.person("Lena Ortiz", "lead_care_manager", at="Bayside"))
    assert client.get(f"/documents/{row.public_id}/").status_code == 404
    assert client.get("/documents/doc-2222222222/").status_code == 404


def test_one_hands_in_what_one_may_open(world: World) -> None:
    rosa = world.member()
    world.relate(rosa, "Bayside", scope="care")
    lena = world.person("Lena Ortiz", "lead_care_manager", at="Bayside")
    assert papers.add(rosa, Received("a.pdf", PDF), by=lena, at=NOW).scope == "care"
    with pytest.raises(Refused, match="may not"):
        papers.add(rosa, Received("a.pdf", PDF), scope="part2", by=lena, at=NOW)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Scan.PDF", "application/pdf", "Scan.PDF"),
        ("rates.csv", "text/plain", "rates.csv"),
        ("rates.bat", "text/plain", "rates.bat.txt"),
        ("photo", "image/jpeg", "photo.jpg"),
        ("answer.fhir", "application/fhir+json", "answer.fhir"),
    ],
)
def test_a_name_ends_as_what_is_in_it(name: str, kind: str, expected: str) -> None:
    assert ended(name, kind) == expected
