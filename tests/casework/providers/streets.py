"""Known services for tests, made through the same actions as everybody's work."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.people import NOW, World
from wholeperson.access.models import Organisation
from wholeperson.casework.providers import actions
from wholeperson.casework.providers.actions import Said
from wholeperson.casework.providers.models import Service
from wholeperson.record.actors import System

KEEPER = System("tests", frozenset({"directory.keep", "directory.contract", "place.hold"}))
LONG_AGO = NOW - timedelta(days=60)


def service(
    world: World,
    name: str,
    programme: str = "cs.recuperative_care",
    *,
    plan: Organisation | None = None,
    free: int | None = None,
    said_at: datetime = NOW,
    zip: str = "",
    who: str = "anyone",
    **said: Any,
) -> Service:
    """A service in Contra Costa; `free` beds or places said at a moment."""
    organisation = world.organisation(name)
    told = {"counties": ["contra_costa"], "languages": ["en"], **said}
    if zip:
        place = {
            "name": f"{name} house",
            "street": "1 Main Street",
            "city": "Martinez",
            "zip": zip,
            "county": "contra_costa",
        }
        told["sites"] = [actions.keep_site(None, place, organisation=organisation, by=KEEPER, at=NOW)]
    made = actions.offer(organisation, programme, told, by=KEEPER, at=LONG_AGO)
    if plan:
        actions.contract(made, plan, since=date(2026, 1, 1), by=KEEPER, at=NOW)
    if free is not None:
        kind = "beds" if programme == "cs.recuperative_care" else "places"
        actions.say_room(made, [Said(kind, free, who=who)], by=KEEPER, at=said_at)
    return made
