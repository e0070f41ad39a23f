"""The web server's worker: an address that is too long to be read is answered with a page that helps."""

import socket
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from gunicorn.http.errors import LimitRequestLine
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

HEAD = (
    "HTTP/1.1 414 URI Too Long",
    "Connection: close",
    "Content-Type: text/html; charset=utf-8",
    "Content-Length: {length}",
    "Content-Security-Policy: default-src 'none'; style-src 'self'; font-src 'self'; form-action 'none'",
    "X-Content-Type-Options: nosniff",
    "Cache-Control: no-store",
    "\r\n",
)


class Worker(ThreadWorker):
    """Its own answer would tell the server's limits, in English, and nobody where to go from there."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        if isinstance(exc, LimitRequestLine):
            write_nonblock(client, answer())
        else:
            super().handle_error(req, client, addr, exc)


@cache
def answer() -> bytes:
    """In every language at once: nobody has read which one was asked for."""
    page = render_to_string("too_long.html", {"languages": settings.LANGUAGES}).encode()
    return "\r\n".join(HEAD).format(length=len(page)).encode() + page
