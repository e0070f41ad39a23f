"""Says how long work goes, every two seconds and not before."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 2.0  # seconds


@contextmanager
def spoken_of(says: Callable[[], str], tell: Callable[[str], None]) -> Iterator[None]:
    """While this is open: what ``says`` answers at that moment, with the seconds since the beginning."""
    began, over = time.monotonic(), threading.Event()

    def speak() -> None:
        while not over.wait(PATIENCE):
            tell(f"{says()} … {time.monotonic() - began:.0f} s")

    speaker = threading.Thread(target=speak, daemon=True)
    speaker.start()
    try:
        yield
    finally:
        over.set()
        speaker.join()
