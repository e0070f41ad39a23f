"""Says on stderr what a long command is doing, every two seconds and not before."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from wholeperson.commands.output import tell

PATIENCE = 2.0  # seconds


@contextmanager
def paced() -> Iterator[Callable[[str], None]]:
    """While this is open, the last step that was named, with the seconds since the beginning."""
    step, began, over = ["beginning"], time.monotonic(), threading.Event()

    def name(what: str) -> None:
        step[0] = what

    def speak() -> None:
        while not over.wait(PATIENCE):
            tell(f"{step[0]} … {time.monotonic() - began:.0f} s")

    speaker = threading.Thread(target=speak, daemon=True)
    speaker.start()
    try:
        yield name
    finally:
        over.set()
        speaker.join()
