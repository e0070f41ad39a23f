"""Processes of their own: a file is loaded, a few rows at a time, and in one of them hangs in the middle of it.

TEST_DATABASE_URL=… SCENE_FOLDER=… python -m tests.exchange.scenes NAME
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest.mock import patch

NINE = 9
FEW = 4  # rows at a time


def prepare() -> None:
    from tests.people import NOW, World
    from wholeperson.exchange.actions import receive

    world = World()
    receive(sent_file(world), by=world.person("Ines Tran", "provider_intake", at="Bayside"), at=NOW)


def sent_file(world: Any, of: Any = None) -> Any:
    """A file about nine people, of the plan or of another."""
    from tests.exchange.town import ROSA, file

    rows = [{**ROSA, "cin": f"0123456{at}A", "authorization_number": f"A-{at}", "period": None} for at in range(NINE)]
    came = file(world, *rows)
    return replace(came, plan=of) if of else came


def load() -> None:
    from tests.people import NOW, TODAY
    from wholeperson.access.models import Person
    from wholeperson.access.queries import stand
    from wholeperson.exchange import actions
    from wholeperson.exchange.models import Received

    ines = stand(Person.objects.get(email__startswith="ines"), on=TODAY)
    actions.load(Received.objects.get(), by=ines, at=NOW)


def load_and_hang_in_the_middle() -> None:
    """The first rows are written, and nothing is kept yet."""
    from wholeperson.exchange.actions.loading import Load

    as_ever = Load._together

    def then_hang(self: Load, batch: Any) -> None:
        if self.done > FEW:
            say("here")
            time.sleep(600)
        as_ever(self, batch)

    with patch.object(Load, "_together", then_hang):
        load()


def tell() -> None:
    """What everybody else sees now."""
    from wholeperson.casework.care.models import Case
    from wholeperson.casework.members.models import Member
    from wholeperson.exchange.models import Received
    from wholeperson.record import wall
    from wholeperson.record.models import Step
    from wholeperson.record.proof import prove_trail

    with wall.opened("tests"):
        steps = Step.objects.filter(of="received_file").order_by("pk").values_list("verb", flat=True)
        found = {"members": Member.objects.count(), "cases": Case.objects.count(), "steps": list(steps)}
        say({"file": Received.objects.get().status, **found, "whole": not prove_trail().failed})


def say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def killed(scene: "subprocess.Popen[str]") -> None:
    """Wait until it is in the middle, then end it as a power cut would."""
    assert scene.stdout
    assert scene.stdout.readline() == '"here"\n'
    scene.send_signal(signal.SIGKILL)
    scene.communicate(timeout=60)


def main(name: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["WHOLEPERSON_DOCUMENTS"] = os.environ["SCENE_FOLDER"]
    os.environ["WHOLEPERSON_HEADS"] = os.environ["SCENE_FOLDER"]
    import django

    django.setup()
    from wholeperson.formats.files import checking

    checking.BATCH = FEW
    scenes: dict[str, Callable[[], None]] = {
        each.__name__: each for each in (prepare, load, load_and_hang_in_the_middle, tell)
    }
    scenes[name]()


if __name__ == "__main__":
    main(sys.argv[1])
