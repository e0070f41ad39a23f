"""``wholeperson demo``: site and worker with invented people, on this machine only. SIGTERM ends all of it."""

import argparse
import http.client
import signal
import subprocess
import sys
import time
from types import FrameType

from wholeperson.commands import demo_house, serve
from wholeperson.commands.django_room import open_rooms
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED, WRONG, print_text, tell

PATIENCE = 60.0  # seconds until the first page must have answered
GRACE = 5.5  # seconds that a process is given to end by itself


class Ended(Exception):
    """Somebody asked us to end."""


def run(arguments: list[str]) -> int:
    """Show the demo until told to end."""
    options = parser().parse_args(arguments)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _end)
    running: list[subprocess.Popen[bytes]] = []
    try:
        serve.require_free("127.0.0.1", options.port)
        _prepare(options)
        running.append(subprocess.Popen(serve.command("127.0.0.1", options.port, workers=1)))
        running.append(subprocess.Popen([sys.executable, "-m", "wholeperson", "work"]))
        return _show(options.port, running)
    except Ended:
        return ANSWERED
    finally:
        _stop(running)


def _prepare(options: argparse.Namespace) -> None:
    """A database of its own with the invented people in it, under a key of its own."""
    demo_house.make_key()
    open_rooms(options)
    from django.core.management import call_command
    from django.db import connections

    tell("making the invented county: the first time this takes up to a minute")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("fill_demo", cast_only=options.cast_only)
    connections.close_all()


def _show(port: int, running: list[subprocess.Popen[bytes]]) -> int:
    """Say that it is ready once the first page answers, then wait for the end."""
    address, patience = f"http://127.0.0.1:{port}/", time.monotonic() + PATIENCE
    while not _answers(port):
        if time.monotonic() > patience or any(one.poll() is not None for one in running):
            tell(f"the demo did not start at {address}: what it wrote above says why")
            return WRONG
        time.sleep(0.05)
    print_text(f"ready {address}")
    sys.stdout.flush()
    while all(one.poll() is None for one in running):
        time.sleep(0.2)
    tell("a part of the demo ended by itself")
    return WRONG


def _answers(port: int) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        asked.request("GET", "/")
        return asked.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _end(signum: int, frame: FrameType | None) -> None:
    raise Ended


def _stop(running: list[subprocess.Popen[bytes]]) -> None:
    """Ask, wait, then insist."""
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.SIG_IGN)
    for one in running:
        one.terminate()
    until = time.monotonic() + GRACE
    for one in running:
        try:
            one.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            one.kill()


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson demo", description=__doc__)
    add_habits(made)
    made.add_argument("--port", type=serve.port, default=8000, help="the port to listen on (8000)")
    made.add_argument("--cast-only", action="store_true", help="a few known people, without the county around them")
    return made
