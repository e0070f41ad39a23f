"""Says on stderr how an import goes, as soon as a step takes longer than two seconds."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 2.0  # seconds

# part → what is being done
STEPS = {
    "rows": "reading the file",
    "checked": "checking rows",
    "staged": "checking rows",
    "kept": "putting members in order",
    "distinct": "looking at what the columns hold",
    "codes": "looking codes up",
    "spoilt": "checking lines",
    "doubted": "looking for lines told twice or taken back",
    "dropped": "finding the lines that stand",
    "diagnoses": "gathering diagnoses",
    "wide": "gathering the lines that make events",
    "events": "making events",
}


@contextmanager
def told(part: str, tell: Callable[[str], None]) -> Iterator[None]:
    """While this is open, a line every two seconds."""
    began, over = time.monotonic(), threading.Event()
    says = spoken(part)

    def speak() -> None:
        while not over.wait(PATIENCE):
            tell(f"{says} … {time.monotonic() - began:.0f} s")

    speaker = threading.Thread(target=speak, daemon=True)
    speaker.start()
    try:
        yield
    finally:
        over.set()
        speaker.join()


def spoken(part: str) -> str:
    """What a part's name says to somebody who waits."""
    table, _, step = part.removesuffix(".parquet").partition("-")
    return f"{table}: {STEPS.get(step, step)}" if step else f"writing {table}"
