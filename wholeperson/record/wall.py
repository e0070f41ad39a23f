"""What PostgreSQL is told about whoever asks, for the row-level policies that stand behind every query.

Whoever is not told sees nothing. On SQLite there is no such wall, and nothing here does anything.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection

# person: their id · own: how deep they see what is theirs alone · posts: organisation → how deep, as JSON
# on: the day · at: the moment · reviews: organisations whose emergencies they look at · house: why nobody, but the
# house itself, asks
SAID = ("person", "own", "posts", "on", "at", "reviews", "house")


class _Open(threading.local):
    """The reasons for which the wall stands open in this thread, the innermost last."""

    def __init__(self) -> None:
        self.reasons: list[str] = []


_open = _Open()


def stands() -> bool:
    """Whether this database has such a wall."""
    return connection.vendor == "postgresql"


def tell(said: Mapping[str, str]) -> None:
    """Say who asks from now on over this connection, until somebody else does. What is not said is empty."""
    if stands():
        _set({name: said.get(name, "") for name in SAID})


def forget() -> None:
    """Nobody asks any more: the next one over this connection starts with nothing."""
    _open.reasons.clear()
    if stands() and connection.connection is not None and not broken():
        tell({})


@contextmanager
def opened(why: str) -> Iterator[None]:
    """The house asks, not a person: to keep a number from being two members', to seal, to work off a job.

    `why` is one word for whoever reads the code; a house test lists every place that says it. Inside another opening
    nothing is said anew: it is open already.
    """
    _open.reasons.append(why)
    if len(_open.reasons) == 1:
        _set_house(why)
    try:
        yield
    finally:
        _open.reasons.pop()
        if not _open.reasons:
            _set_house("")


def _set_house(why: str) -> None:
    if stands() and not broken():
        _set({"house": why})


def broken() -> bool:
    """Whether a failed transaction stands open: it takes no commands, and its end takes back what was set in it."""
    raw = connection.connection
    return raw is not None and raw.info.transaction_status.name == "INERROR"


def _set(values: Mapping[str, str]) -> None:
    calls = ", ".join(f"set_config('wholeperson.{name}', %s, false)" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", list(values.values()))
