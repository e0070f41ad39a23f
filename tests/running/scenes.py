"""What happens in an installation between two commands of an administrator. Run as a module in its environment."""

import json
import os
import sys
from collections.abc import Callable

import django


def live() -> None:
    """Somebody is registered, a paper is kept, the trail is sealed twice."""
    from tests.people import MAKER, NOW, World
    from wholeperson.record import documents, sealing

    world = World()
    rosa = world.member()
    world.relate(rosa, "Bayside")
    sealing.seal(at=NOW)
    documents.keep(documents.Received("ramp.pdf", b"%PDF-1.7 a ramp"), by=MAKER, at=NOW, subject=rosa.pk)
    sealing.seal(at=NOW)


def tell() -> None:
    """What is there, read through everything that has to fit together."""
    from tests.people import MAKER, NOW
    from wholeperson.access.models import Organisation
    from wholeperson.casework.members.models import Member
    from wholeperson.record import documents, wall
    from wholeperson.record.models import Document

    with wall.opened("tests"):
        told = {
            "organisations": list(Organisation.objects.values_list("name", flat=True)),
            "members": [f"{one.given_name} {one.family_name}" for one in Member.objects.all()],
            "papers": [documents.content(one, by=MAKER, at=NOW).decode() for one in Document.objects.all()],
            "called": [one.name for one in Document.objects.all()],
        }
    sys.stdout.write(json.dumps(told))


SCENES: dict[str, Callable[[], None]] = {scene.__name__: scene for scene in (live, tell)}

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "wholeperson.site.settings"
    django.setup()
    SCENES[sys.argv[1]]()
