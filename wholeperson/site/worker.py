"""The web server's worker: an address that is too long to be read is answered with a page that helps."""

import socket
from pathlib import Path
from typing import Any

from gunicorn.http.errors import LimitRequestLine
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

PAGE = Path(__file__).with_name("too_long.html").read_bytes()
HEAD = (
    "HTTP/1.1 414 URI Too Long",
    "Connection: close",
    "Content-Type: text/html; charset=utf-8",
    f"Content-Length: {len(PAGE)}",
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'none'",
    "X-Content-Type-Options: nosniff",
    "Cache-Control: no-store",
    "\r\n",
)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn tells no types
    """Its own answer would say the server's limits, in English, and where to go from there to nobody."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        if isinstance(exc, LimitRequestLine):
            write_nonblock(client, "\r\n".join(HEAD).encode() + PAGE)
        else:
            super().handle_error(req, client, addr, exc)
