"""The moment a door told, for the two places that nobody can hand it to: a job, and a mail a library sends."""

from contextvars import ContextVar
from datetime import datetime

_told: ContextVar[datetime] = ContextVar("moment")


def now_is(at: datetime) -> None:
    """A door opens: a request comes in, or the worker begins a round."""
    _told.set(at)


def moment() -> datetime:
    """What the door said last. Everything that can be given `at=` is given it instead."""
    return _told.get()
