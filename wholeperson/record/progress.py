"""How far long work has come, for whoever waits for it, and their wish that it stop.

Such work is one transaction, and what it says in the database nobody sees before its end. So it is said beside the
documents, which everybody who works for an installation reaches. Numbers only, and lost without harm.
"""

from contextlib import suppress
from pathlib import Path

from django.conf import settings

FOLDER = "in-progress"
STOP = ".stop"


class Stopped(Exception):
    """Somebody asked the work to stop, and it did: nothing of it is kept."""


def say(name: str, done: int) -> None:
    """So much is done. Raises Stopped where somebody wished it."""
    if _of(name + STOP).exists():
        raise Stopped(name)
    path = _of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    fresh = path.with_suffix(".new")
    fresh.write_text(str(done))
    fresh.replace(path)


def said(name: str) -> int | None:
    """How much is done, as far as anybody said; None where nobody has begun."""
    try:
        return int(_of(name).read_text())
    except (OSError, ValueError):
        return None


def ask_to_stop(name: str) -> None:
    path = _of(name + STOP)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    path.touch()


def forget(name: str) -> None:
    """The work is over, or begins anew."""
    for path in (_of(name), _of(name + STOP)):
        with suppress(FileNotFoundError):
            path.unlink()


def _of(name: str) -> Path:
    return Path(settings.WHOLEPERSON_DOCUMENTS, FOLDER, name)
