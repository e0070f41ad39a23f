"""Since when and where a programme lives, and until when the federal authority it rests on runs."""

from collections.abc import Iterator
from typing import Any

from wholeperson.commands.docs_pages.pen import Pen
from wholeperson.rules.reading.library import Programme


def times(programme: Programme, pen: Pen) -> Iterator[str]:
    """One sentence for each date."""
    ends = f" until {programme.ends}" if programme.ends else ", with no last day"
    yield f"The rule is in force from {programme.begins}{ends}."
    yield from _live(programme.data.get("live") or {}, pen)
    authority = programme.data.get("authority")
    if authority:
        yield (
            f"The federal authority it rests on runs until {authority['until']} ({pen.truth(authority)}). After that "
            "day no answer turns to no by itself: a person decides. Nobody loses a yes."
        )


def _live(live: dict[str, Any], pen: Pen) -> Iterator[str]:
    if "from" in live:
        yield f"In every county from {live['from']}."
    if "some_counties_from" in live:
        began = _counties(live["of"], pen).get(live["some_counties_from"], [])
        yield (
            f"From {live['some_counties_from']} in some of these {len(began)} counties; no source that we read says in "
            f"which: {', '.join(began)}."
        )
    if "by_county" in live:
        for day, names in sorted(_counties(live["by_county"], pen).items()):
            yield f"From {day} in {len(names)} counties: {', '.join(names)}."


def _counties(key: str, pen: Pen) -> dict[str, list[str]]:
    """Day → counties that began then; those not read in a source are marked."""
    found: dict[str, list[str]] = {}
    for county in pen.policy.counties.values():
        mark = "" if county[key]["mark"] == "source-verified" else " (`unconfirmed`)"
        found.setdefault(county[key]["value"], []).append(county["name"] + mark)
    return found
