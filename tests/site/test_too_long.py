"""An address that the web server does not read to its end."""

import socket

from gunicorn.http.errors import InvalidRequestLine, LimitRequestLine

from wholeperson.commands.serve import command
from wholeperson.site.worker import Worker


def answered(error: Exception) -> bytes:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        worker = Worker.__new__(Worker)
        worker.log = Silent()
        worker.handle_error(None, ours, ("127.0.0.1", 1), error)
        return theirs.recv(20_000)


class Silent:
    """Writes nothing down."""

    def warning(self, *_: object) -> None:
        return None


def test_a_page_helps_in_each_language_and_says_nothing_of_what_was_sent() -> None:
    head, page = answered(LimitRequestLine(1_000_024, 8190)).split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.1 414 ")
    assert f"Content-Length: {len(page)}".encode() in head
    for said in ("A search takes 4 to 60 characters", "de 4 a 60 caracteres", "4 到 60 個字", 'href="/search/"'):
        assert said.encode() in page
    assert b"1000024" not in page


def test_what_is_no_request_is_answered_as_ever() -> None:
    assert answered(InvalidRequestLine("x")).startswith(b"HTTP/1.1 400 ")


def test_the_server_is_started_so() -> None:
    started = command("127.0.0.1", 8000, 2)
    assert started[started.index("--worker-class") + 1] == f"{Worker.__module__}.{Worker.__name__}"
