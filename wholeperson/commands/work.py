"""``wholeperson work``: worker, schedule and sealer in one process, until SIGTERM. Several may run."""

import argparse
import signal
import threading

from wholeperson import clock
from wholeperson.commands.django_room import open_rooms, require_migrated
from wholeperson.commands.main import Parser
from wholeperson.commands.options import add_habits
from wholeperson.commands.output import ANSWERED

LONGEST = 3600  # seconds that a worker may rest
PULSE = 20.0  # seconds between two signs of life, however long a job takes


def run(arguments: list[str]) -> int:
    """Work until told to stop."""
    options = parser().parse_args(arguments)
    open_rooms(options)
    require_migrated()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    from wholeperson.record import work
    from wholeperson.record.collector import settle

    settle()
    pulse = threading.Thread(target=_beat, args=(stop,), daemon=True)
    pulse.start()
    while not stop.is_set():
        work.once(at=clock.now())
        stop.wait(options.pause)
    pulse.join(2)
    return ANSWERED


def _beat(stop: threading.Event) -> None:
    """Give a sign of life beside the work; one that fails is made good by the next."""
    from django.db import DatabaseError, connection

    from wholeperson.record import work

    while not stop.wait(PULSE):
        try:
            work.beat(work.this_process(), at=clock.now())
        except DatabaseError:
            connection.close()
    connection.close()


def seconds(text: str) -> float:
    """A pause that ends: no less than nothing, no more than an hour."""
    if not text.replace(".", "", 1).isdecimal() or float(text) > LONGEST:
        raise argparse.ArgumentTypeError(f"{text[:40]} is no number of seconds from 0 to {LONGEST}")
    return float(text)


def parser() -> Parser:
    """What the command takes."""
    made = Parser(prog="wholeperson work", description=__doc__)
    add_habits(made)
    made.add_argument("--pause", type=seconds, default=1.0, metavar="SECONDS", help="between two looks for work (1)")
    return made
