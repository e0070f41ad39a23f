"""A service as a page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from wholeperson.access.models import Organisation
from wholeperson.casework.providers import asked, miles, offers
from wholeperson.casework.providers.models import Capacity, Service, Site
from wholeperson.casework.providers.models.room import FREE
from wholeperson.casework.providers.roominess import FULL, OLD, OPEN, WAITS, Room, left, room_of

ANYONE = "anyone"
COUNTIES = 3  # of more a line names no more
TONES = {OPEN: "good", WAITS: "soon", OLD: "quiet", FULL: "late"}


@dataclass(frozen=True)
class ShownSite:
    """A place; of one that is hidden no more than its county."""

    site: Site

    @property
    def county(self) -> str:
        return county_name(self.site.county)

    @property
    def name(self) -> str:
        """A name may tell the town; a hidden place has none."""
        return self.county if self.site.is_hidden else self.site.name

    @property
    def accessibility(self) -> list[Any]:
        return [name for word, name in offers.ACCESSIBLE.items() if word in self.site.accessibility]

    @property
    def hours(self) -> list[tuple[Any, str]]:
        """Day and from–until; days without hours are closed and left out."""
        return [
            (name, "–".join(self.site.hours[day]))
            for day, name in offers.DAYS.items()
            if len(self.site.hours.get(day) or ()) == 2
        ]


@dataclass(frozen=True)
class Shown:
    """A service that was read with `roominess.whole`; of one read with `together` what a list shows."""

    service: Service
    on: date
    at: datetime
    here: miles.Point | None = None  # from where somebody looks

    @property
    def name(self) -> str:
        return asked.name(self.service.programme)

    @cached_property
    def room(self) -> Room:
        return room_of(self.service, at=self.at)

    @property
    def tone(self) -> str:
        return TONES.get(self.room.state, "quiet")

    @property
    def numbers(self) -> list[tuple[Capacity, Any, Any, int, bool]]:
        """Each number that was said: of what, for whom, what is left of it, whether it is old."""
        return [
            (row, offers.KINDS[row.kind], offers.WHO[row.who], left(row), row.stale_at <= self.at)
            for row in self.service.capacities.all()
        ]

    @cached_property
    def for_whom(self) -> list[tuple[Any, int]]:
        """Where what is free is not for anyone: for whom how much of it is, by what was said lately."""
        free = [row for row in self.service.capacities.all() if row.kind in FREE and row.stale_at > self.at]
        told = [(offers.WHO[row.who], left(row)) for row in free if left(row)]
        return told if any(row.who != ANYONE for row in free if left(row)) else []

    @cached_property
    def counties(self) -> list[str]:
        return [county_name(one) for one in self.service.said("county")]

    @property
    def in_short(self) -> str:
        """In one line: how far, for whom what is free, where, in which languages, and how long ago that was said."""
        where = ", ".join(self.counties[:COUNTIES]) + (" …" if len(self.counties) > COUNTIES else "")
        whom = (f"{who}: {number}" for who, number in self.for_whom)
        ago = _("said %(ago)s ago") % {"ago": timesince(self.room.as_of, self.at)} if self.room.as_of else ""
        return " · ".join(part for part in (self.away, *whom, where, ", ".join(map(str, self.languages)), ago) if part)

    @property
    def zips(self) -> list[str]:
        return self.service.said("zip")

    @cached_property
    def languages(self) -> list[Any]:
        said = self.service.said("language")
        return [name for word, name in asked.LANGUAGES.items() if word in said]

    @property
    def populations(self) -> list[tuple[str, str]]:
        return [(one, asked.name(one)) for one in asked.in_order(self.service.said("population"))]

    @property
    def sites(self) -> list[ShownSite]:
        open_ones = [one for one in self.service.sites.all() if one.closed_on is None or one.closed_on > self.on]
        return [ShownSite(one) for one in sorted(open_ones, key=lambda site: (site.name, site.pk))]

    @property
    def away(self) -> str:
        """How far the nearest of its places is, for who asked from a ZIP code we know."""
        if self.here is None:
            return ""
        open_ones = [one.site for one in self.sites]
        far = miles.nearest(self.here, open_ones)
        said = miles.words(far)
        if far is None or all(one.latitude is not None for one in open_ones):
            return said
        return f"{said} · {_('another of its places may be nearer')}"

    @property
    def accessibility(self) -> list[Any]:
        said = {word for one in self.sites for word in one.site.accessibility}
        return [name for word, name in offers.ACCESSIBLE.items() if word in said]

    @property
    def plans(self) -> list[tuple[Organisation, date | None]]:
        """Those that pay for it today, and the last day where one is known."""
        rows = [
            row
            for row in self.service.contracts.all()
            if row.since <= self.on and (row.until is None or row.until >= self.on)
        ]
        return sorted(((row.plan, row.until) for row in rows), key=lambda row: row[0].name)

    @property
    def licence(self) -> str:
        until = self.service.licence_until
        return self.service.licence if until is None or until >= self.on else ""


def places_of(services: Iterable[Shown]) -> list[ShownSite]:
    """Their places, each once."""
    found = {one.site.pk: one for shown in services for one in shown.sites}
    return sorted(found.values(), key=lambda one: (one.site.name, one.site.pk))


def county_name(county: str) -> str:
    known = asked.policy().counties.get(county)
    return str(known["name"]) if known else county
