"""``wholeperson serve``: the web site, on this machine's own address until told otherwise. SIGTERM ends it."""

import os
import sys

from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import tell


def run(arguments: list[str]) -> int:
    """Hand over to the web server; comes back only with a refusal."""
    options = parser().parse_args(arguments)
    open_rooms()
    require_migrated()
    tell(f"http://{options.host}:{options.port}/")
    os.execv(sys.executable, command(options.host, options.port, options.workers))


def command(host: str, port: int, workers: int) -> list[str]:
    """The web server's own command line."""
    server = [sys.executable, "-m", "gunicorn", "wholeperson.site.wsgi:application", "--bind", f"{host}:{port}"]
    return [*server, "--workers", str(workers), "--threads", "4", "--graceful-timeout", "5", "--log-level", "warning"]


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson serve", description=__doc__)
    add_habits(made)
    made.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1: this machine only)")
    made.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    made.add_argument("--workers", type=int, default=2, help="how many processes answer (2)")
    return made
