"""``wholeperson serve``: the web site, on this machine's own address until told otherwise. SIGTERM ends it."""

import os
import socket
import sys

from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits, whole
from wholeperson.commands.output import tell
from wholeperson.rules.problems import Problem, Refused, Where

MOST_WORKERS = 64
LONGEST_LINE = 8190  # bytes of an address: the most that the server reads
port = whole(1, 65535)


def run(arguments: list[str]) -> int:
    """Hand over to the web server; comes back only with a refusal."""
    options = parser().parse_args(arguments)
    open_rooms(options)
    require_migrated()
    require_free(options.host, options.port)
    tell(f"http://{options.host}:{options.port}/")
    os.execv(sys.executable, command(options.host, options.port, options.workers))


def command(host: str, port: int, workers: int) -> list[str]:
    """The web server's own command line."""
    server = [sys.executable, "-m", "gunicorn", "wholeperson.site.wsgi:application", "--bind", f"{host}:{port}"]
    # a warning quotes the first line of a request that is none, with what somebody typed into a search
    quiet = ["--logger-class", "wholeperson.site.server_log.ServerLog", "--log-level", "error"]
    kind = ["--worker-class", "wholeperson.site.worker.Worker", "--limit-request-line", str(LONGEST_LINE)]
    return [*server, "--workers", str(workers), "--threads", "4", *kind, "--graceful-timeout", "5", *quiet]


def require_free(host: str, port: int) -> None:
    """Refuse an address that is not this machine's, or where somebody listens who would answer in our place."""
    try:
        for family, kind, _, _, place in socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM):
            with socket.socket(family, kind) as one:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                one.bind(place)
    except (OSError, UnicodeError) as failed:
        reason = getattr(failed, "strerror", None) or "no such address"
        problem, why = f"nobody can listen at {host[:60]}:{port}: {reason}", "pages could not be asked for there"
        raise Refused(
            Problem("cannot_listen", problem, why, "name another: --port 8001, or PORT=8001 for make", Where("--port"))
        ) from None


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson serve", description=__doc__)
    add_habits(made)
    made.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1: this machine only)")
    made.add_argument("--port", type=port, default=8000, help="the port to listen on (8000)")
    made.add_argument("--workers", type=whole(1, MOST_WORKERS), default=2, help="how many processes answer (2)")
    return made
