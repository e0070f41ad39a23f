"""An entry of the story, who reads it, and a source of entries: first when each was, then the few that are shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from wholeperson.access.models import Person
from wholeperson.casework.members.days import midnight
from wholeperson.casework.members.models import Member
from wholeperson.casework.members.queries import Sight


@dataclass(frozen=True)
class Reader:
    """Who reads whose story, how far they see, on which day and in which language."""

    user: Person
    member: Member
    sight: Sight
    today: date
    language: str


@dataclass(frozen=True)
class Entry:
    """What happened, in finished words. `guarded`: drug and alcohol treatment, which goes no further."""

    title: "str | Promise"
    text: "str | Promise" = ""
    who: "str | Promise" = ""
    more: str = ""  # what somebody wrote
    href: str = ""
    guarded: bool = False


Told = dict[Any, Entry]


@dataclass(frozen=True)
class Source:
    """`keys` says when each entry was, by its key; `tell` puts those asked for into words."""

    kind: str
    keys: Callable[[Reader], Iterable[tuple[date | datetime, Any]]]
    tell: Callable[[Reader, list[Any]], Told]


@dataclass(frozen=True)
class Rows:
    """A source of which each row is an entry; `when` is its field for that. Keys of all such are asked at once."""

    kind: str
    found: Callable[[Reader], "QuerySet[Any]"]
    when: str
    tell: Callable[[Reader, list[Any]], Told]


def rows(
    kind: str,
    found: Callable[[Reader], "QuerySet[Any]"],
    when: str,
    tell: Callable[[Reader, Any], Entry],
) -> Rows:
    """Rows of which each can be told by itself."""

    def told(reader: Reader, wanted: list[Any]) -> Told:
        return {row.pk: tell(reader, row) for row in found(reader).filter(pk__in=wanted)}

    return Rows(kind, found, when, told)


def moment(when: date | datetime) -> datetime:
    """A day begins with its first instant in California."""
    return when if isinstance(when, datetime) else midnight(when)
