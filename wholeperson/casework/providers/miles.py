"""How far a place is from a ZIP code: in a straight line, from the middle of its ZIP code to the middle of the other.

Where the ZIP codes of California lie comes with a package. Its file is read without importing it, which would keep the
whole country in memory. One measure serves the database, which sorts by it, and the pages, which say it: so the order
and the words agree. Over California it is out by a few in a hundred at most, and by nothing that shows nearby.
"""

import bz2
import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from math import cos, radians, sqrt
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from django.db.models import ExpressionWrapper, F, FloatField, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

PER_DEGREE = 69.09  # of latitude, in miles
_ROW = re.compile(
    rb'"zip_code": "(\d{5})"[^{}]*?"state": "CA"[^{}]*?"lat": "(\d[\d.]+)", "long": "(-\d[\d.]+)"'
)  # fmt: skip
_FIRST = b'"zip_code": "90001"'  # the file is in order of ZIP codes


class Point(NamedTuple):
    """Degrees north, and east."""

    latitude: float
    longitude: float

    @property
    def across(self) -> float:
        """Miles to a degree of longitude here."""
        return PER_DEGREE * cos(radians(self.latitude))


def where(zip: str) -> Point | None:
    """The middle of a ZIP code of California; nothing where the package has none for it."""
    return _points().get(zip)


@cache
def _points() -> dict[str, Point]:
    spec = find_spec("zipcodes")
    if spec is None or spec.origin is None:  # no distances, and the pages say so
        return {}
    with bz2.open(Path(spec.origin).with_name("zips.json.bz2")) as file:
        text = file.read()
    found = _ROW.findall(text, text.find(_FIRST))
    return {zip.decode(): Point(float(north), float(east)) for zip, north, east in found}


def square(here: Point) -> "ExpressionWrapper[Any]":
    """Of the miles from here to a place: what a query on places sorts by."""
    down = (F("latitude") - here.latitude) * PER_DEGREE
    across = (F("longitude") - here.longitude) * here.across
    return ExpressionWrapper(down * down + across * across, output_field=FloatField())


def box(here: Point, most: int) -> Q:
    """Where everything within so many miles lies, and a little more: what an index can find."""
    up, aside = most / PER_DEGREE, most / here.across
    return Q(
        latitude__range=(here.latitude - up, here.latitude + up),
        longitude__range=(here.longitude - aside, here.longitude + aside),
    )


def between(here: Point, there: Point) -> float:
    """Miles, by the measure of `square`."""
    down = (there.latitude - here.latitude) * PER_DEGREE
    return sqrt(down**2 + ((there.longitude - here.longitude) * here.across) ** 2)


class Place(Protocol):
    """What has a point, where one is known."""

    latitude: float | None
    longitude: float | None


def nearest(here: Point, places: Iterable[Place]) -> float | None:
    """Miles to the nearest of these; nothing where no place is known."""
    points = [
        Point(one.latitude, one.longitude) for one in places if one.latitude is not None and one.longitude is not None
    ]
    return min((between(here, one) for one in points), default=None)


def words(far: float | None) -> str:
    """How a page says it. The middle of a ZIP code is no doorstep, so no part of a mile is told."""
    if far is None:
        return _("Distance not known")
    if far < 1:
        return _("Less than a mile away")
    return ngettext("About %(number)s mile away", "About %(number)s miles away", round(far)) % {"number": round(far)}
