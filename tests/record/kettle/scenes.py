"""Processes of their own for tests: many writers at once, and one that is killed in the middle. Run as a module:

TEST_DATABASE_URL=… python -m tests.record.kettle.scenes NAME
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import django

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 18, tzinfo=UTC)


def prepare() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
    _begin()


def tell() -> None:
    """What everybody else sees now."""
    from tests.record.kettle.models import Kettle
    from wholeperson.record.models import AuditRow, Step

    say(
        {
            "statuses": sorted(Kettle.objects.values_list("status", flat=True)),
            "steps": sorted(Step.objects.values_list("verb", flat=True)),
            "rows": sorted(AuditRow.objects.values_list("verb", flat=True)),
        }
    )


def boil() -> None:
    """One step with its key, as a form sends it."""
    from tests.record.kettle.models import Kettle
    from wholeperson.record import steps

    steps.take(Kettle.objects.get(), "boil", by=_cook(), at=NOW, due_at=LATER, key="form-1")


def boil_and_hang_before_it_is_kept() -> None:
    from wholeperson.record import trail

    trail.wrote = lambda *_, **__: _hang()  # after the status and the step, before the row and the commit
    boil()


def boil_and_hang_before_the_answer() -> None:
    boil()
    _hang()


def put_letter() -> None:
    from wholeperson.record import outbox

    outbox.put(key="letter-1", channel="letter", to="Elm Street 1", content={"text": "x"}, by=_cook(), at=NOW)


def post_and_hang_before_it_is_noted() -> None:
    """The other side has the letter, and here nobody knows yet."""
    _post(NOW, hang=True)


def post_an_hour_later() -> None:
    _post(LATER, hang=False)


def _post(at: datetime, *, hang: bool) -> None:
    from wholeperson.record import outbox

    outbox.send_waiting(at=at, through={"letter": LetterBox(hang)})


class LetterBox:
    """The receiver: a folder that takes each key once, and counts how often somebody came."""

    def __init__(self, hang: bool) -> None:
        self.hang, self.folder = hang, Path(os.environ["LETTER_BOX"])

    def send(self, *, key: str, to: str, content: object) -> None:
        with (self.folder / "calls").open("a") as calls:
            calls.write(f"{key}\n")
        (self.folder / f"effect {key}").touch()
        if self.hang:
            _hang()


def twenty_five_writers() -> None:
    """Each reads, then writes, in ten transactions of its own."""
    failed: list[str] = []
    writers = [threading.Thread(target=_writer, args=(failed,)) for _ in range(25)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    say({"failed": failed})


def say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _writer(failed: list[str]) -> None:
    from django.db import DatabaseError, connection

    from wholeperson.record import steps

    try:
        for _ in range(5):
            steps.take(_begin(), "boil", by=_cook(), at=NOW, due_at=LATER)
    except DatabaseError as error:
        failed.append(str(error))
    finally:
        connection.close()


def _begin() -> "object":
    from tests.record.kettle.models import Kettle
    from wholeperson.record import steps

    kettle = Kettle(water=1)
    steps.begin(kettle, by=_cook(), at=NOW)
    return kettle


def _cook() -> "object":
    from wholeperson.record.actors import System

    return System("cook", frozenset({"kettle.boil", "kettle.pour", "kettle.give"}))


def _hang() -> None:
    say("here")
    time.sleep(60)


SCENES: dict[str, Callable[[], None]] = {
    scene.__name__: scene
    for scene in (
        prepare, tell, boil, boil_and_hang_before_it_is_kept, boil_and_hang_before_the_answer, twenty_five_writers,
        put_letter, post_and_hang_before_it_is_noted, post_an_hour_later,
    )
}  # fmt: skip

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    SCENES[sys.argv[1]]()
