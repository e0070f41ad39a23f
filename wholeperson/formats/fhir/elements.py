"""The elements a FHIR resource is made of, read so that a wrong type is an empty value and never an error."""

import re
from datetime import date, timedelta
from typing import NamedTuple

JsonObject = dict[str, object]
Row = dict[str, object]  # one fact, event or coverage period, as the person's file has it

_TIME = r"(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?"
_WHOLE_DAY = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}){_TIME}")
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_CODE = re.compile(r"[A-Za-z0-9_.+/-]{1,40}")  # narrower than FHIR's code: what is echoed must not carry prose


class NotMapped(Exception):
    """This resource says nothing we can keep; the reason goes to `not_mapped`."""

    def __init__(self, reason: str, *, once: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.once = once  # the same reason said of many resources is listed a single time


class Coding(NamedTuple):
    system: str
    code: str
    display: str


def an_object(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[JsonObject]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(value: object) -> str:
    return value if isinstance(value, str) else ""


def code(value: object) -> str:
    """A word of a code system, or nothing: safe to repeat in a message."""
    return value if isinstance(value, str) and _CODE.fullmatch(value) else ""


def an_id(value: object) -> str:
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def codings(concept: object) -> list[Coding]:
    found = objects(an_object(concept).get("coding"))
    return [Coding(text(c.get("system")), code(c.get("code")), text(c.get("display"))) for c in found]


def codes(concept: object) -> list[str]:
    return [coding.code for coding in codings(concept) if coding.code]


def first_code(concept: object) -> str:
    return next(iter(codes(concept)), "")


def day(value: object) -> str | None:
    """The date as it is written, by its own offset. A year or a month alone is no day."""
    match = _WHOLE_DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        date.fromisoformat(match[1])
    except ValueError:
        return None
    return match[1]


def days_after(start: str, days: int) -> str:
    try:
        return (date.fromisoformat(start) + timedelta(days=days)).isoformat()
    except OverflowError:  # the calendar ends in 9999, and some systems write that for "for ever"
        return date.max.isoformat()


def first_day(resource: JsonObject, *paths: str) -> str | None:
    """The first of these elements ("onsetDateTime", "onsetPeriod.start") that holds a day."""
    for path in paths:
        name, _, part = path.partition(".")
        found = day(an_object(resource.get(name)).get(part) if part else resource.get(name))
        if found:
            return found
    return None
