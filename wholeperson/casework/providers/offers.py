"""The words of the directory: kinds of room, for whom, how a building can be used; how long a word on room is fresh.

No source says how soon a number of free beds is old news. These are our aims, and the pages say so.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wholeperson.casework.providers import asked
from wholeperson.casework.providers.models.offering import ECM
from wholeperson.casework.providers.models.room import BEDS, PLACES, WAITING

FRESH = {BEDS: timedelta(hours=24), PLACES: timedelta(days=30), WAITING: timedelta(days=30)}
HELD_FOR = timedelta(hours=2)
ASK_AGAIN = timedelta(days=3)  # a keeper who does not answer is not asked more often than this
LINK_FOR = timedelta(days=7)

KINDS = {BEDS: _("Beds free tonight"), PLACES: _("Places this month"), WAITING: _("People waiting")}
WHO = {"anyone": _("Anyone"), "women": _("Women"), "men": _("Men"), "families": _("Families")}
ACCESSIBLE = {
    "wheelchair": _("Wheelchair access"),
    "lift": _("Elevator"),
    "bathroom": _("Accessible bathroom"),
    "sign_language": _("Sign language"),
    "service_animals": _("Service animals welcome"),
    "parking": _("Accessible parking"),
    "transit": _("Near public transit"),
}
MILES = (5, 10, 25, 50)  # to which a list can be narrowed
DAYS = {
    "MO": _("Monday"), "TU": _("Tuesday"), "WE": _("Wednesday"), "TH": _("Thursday"), "FR": _("Friday"),
    "SA": _("Saturday"), "SU": _("Sunday"),
}  # fmt: skip
# where somebody sleeps: these say beds tonight, the others places this month
SLEEPING = ("cs.recuperative_care", "cs.stphh", "cs.respite", "cs.sobering_center")


def populations() -> list[str]:
    return [one.id for one in asked.programmes() if one.id.startswith("pof_")]


def offered() -> list[str]:
    """What a service can be: Enhanced Care Management, or one of the Community Supports."""
    return [ECM, *(one.id for one in asked.programmes() if not one.id.startswith("pof_"))]


def kinds_for(programme: str) -> tuple[str, ...]:
    return (BEDS, WAITING) if programme in SLEEPING else (PLACES, WAITING)
