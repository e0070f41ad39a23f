"""Mail, handed to a real mail server of this machine: under TLS and a password, and what it will not take waits."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from wholeperson.record.outbox import NotSent
from wholeperson.record.post import Mail

LETTER = {"subject": "Su código: 代碼", "body": "Alguien pidió ayuda con la vivienda.\n住房協助\n"}
USER, PASSWORD = "whole.person", "kettle & lamp"


@dataclass
class Post:
    """What came, over which line."""

    port: int
    answer: str = "250 taken"
    came: list[tuple[EmailMessage, bool]] = field(default_factory=list)

    async def handle_DATA(self, server: object, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.came.append((message_from_bytes(envelope.content, policy=policy.default), session.ssl is not None))
        return self.answer


def certificate(folder: Path) -> Path:
    """Of a server that is called localhost, signed by itself; the key is in the same file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=localhost")
    made, named = datetime.now(UTC) - timedelta(days=1), x509.SubjectAlternativeName([x509.DNSName("localhost")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(made).not_valid_after(made + timedelta(days=9))
    signed = builder.add_extension(named, critical=False).sign(key, hashes.SHA256())
    kept = folder / "mail.pem"
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    kept.write_bytes(key.private_bytes(*plain) + signed.public_bytes(serialization.Encoding.PEM))
    return kept


def knows(_server: object, _session: object, _envelope: object, _way: str, given: LoginPassword) -> AuthResult:
    is_right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)  # not handled: the server itself tells who is refused


def free_port() -> int:
    with socket.create_server(("localhost", 0)) as one:
        return int(one.getsockname()[1])


@pytest.fixture
def post(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """A server that takes nothing without TLS and its password; ours is told where it is, as docs/run.md says."""
    sealed = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    sealed.load_cert_chain(certificate(tmp_path))
    there = Post(free_port())
    serving = Controller(
        there, hostname="localhost", port=there.port, tls_context=sealed, require_starttls=True, authenticator=knows,
        auth_required=True,
    )  # fmt: skip
    serving.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "localhost", there.port, True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = USER, PASSWORD
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
    yield there
    serving.stop()


def send(key: str = "one", **changed: str) -> None:
    Mail().send(key=key, to="ana@example.org", content=LETTER | changed)


def test_a_letter_arrives_whole_and_under_tls(post: Post) -> None:
    send()
    [(letter, was_sealed)] = post.came
    assert was_sealed
    assert (letter["Subject"], letter["To"]) == (LETTER["subject"], "ana@example.org")
    assert letter.get_content().replace("\r\n", "\n") == LETTER["body"]


def test_the_same_letter_again_has_the_same_id(post: Post) -> None:
    for key in ("one", "one", "two"):
        send(key)
    first, again, other = (letter["Message-ID"] for letter, _ in post.came)
    assert first == again != other


def test_a_server_that_nobody_vouches_for_is_told_nothing(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotSent, match="SSLCertVerificationError"):
        send()
    assert post.came == []


def test_what_the_server_will_not_take_now_waits(post: Post, settings: Settings) -> None:
    post.answer = "451 later"
    with pytest.raises(NotSent, match="SMTPDataError"):
        send()
    settings.EMAIL_HOST_PASSWORD = "another"
    with pytest.raises(NotSent, match="SMTPAuthenticationError"):
        send()


def test_a_letter_that_cannot_be_written_stops_no_other(post: Post) -> None:
    """A name with a line's end in it would write a header of its own. It is not sent, and the next one is."""
    with pytest.raises(NotSent, match="BadHeaderError"):
        send(subject="Bayside\nBcc: everybody@example.org")
    send()
    assert len(post.came) == 1
