"""The one seam to the databases' full text: words in, the places of entries out, the best first.

A question is groups of words: of each group one word is enough, and every group must hold. There are four tiers:
exactly this name or number, all in a program's name of today, all in the names, all anywhere. Inside a tier an entry's
own place decides, so that both databases answer alike, and neither has to weigh thousands of entries to show twenty.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from wholeperson.handbook.search import signs
from wholeperson.handbook.search.sources import reach

MOST = 1000  # results are counted up to here; nobody reads further
CANDIDATES = 2 * MOST  # how many PostgreSQL looks at of a word that stands everywhere, before it sorts them
NAMED, SAID = "named", "said"

Part = tuple[str, tuple[int | str, ...]]
Groups = tuple[tuple[str, ...], ...]
Tier = tuple[
    str, Groups, str
]  # a column, the groups of words it must hold, the word of which it may hold the beginning


@dataclass(frozen=True)
class Asked:
    """`whole` is the token of all that was typed; of the word `begins` only the beginning may have been typed.
    So many are `shown` at most: beyond those the order does not matter, only how many there are.

    Each is made of a to z and digits (see `signs`), so that nothing typed reaches the full text's own language.
    """

    whole: str
    groups: tuple[tuple[str, ...], ...]
    language: str
    marks: tuple[str, ...] = ()
    begins: str = ""
    shown: int = MOST


def places(asked: Asked) -> list[int]:
    """The places of the entries that answer, the best first, each once. The last tier holds what the others hold."""
    tiers: list[Tier] = [(NAMED, ((asked.whole,),), "")] if asked.whole else []
    if asked.groups:
        own = tuple(tuple(map(signs.own, group)) for group in asked.groups)
        tiers.append((NAMED, own, signs.own(asked.begins) if asked.begins else ""))
        tiers += [(column, asked.groups, asked.begins) for column in (NAMED, SAID)]
    return _found(tiers, asked)


def anywhere(asked: Asked) -> list[int]:
    """The places of the entries that answer wherever the words stand, in their own order; unranked."""
    return _found([(SAID, asked.groups, asked.begins)], asked)


def _found(tiers: list[Tier], asked: Asked) -> list[int]:
    make = _in_postgresql if connection.vendor == "postgresql" else _in_sqlite
    parts = [make(number, tier, asked) for number, tier in enumerate(tiers)]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in parts), [value for _, values in parts for value in values])
        found = sorted(cursor.fetchall())
    return list(dict.fromkeys(place for _, place in found))[:MOST]


class Shown(NamedTuple):
    """What the page shows of an entry."""

    place: int
    kind: str
    url: str
    title: str
    text: str
    shown_in: str


def shown(places: list[int]) -> list[Shown]:
    """The entries at these places, in whatever order."""
    if not places:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN.format(_holes(places)), places)
        return [Shown._make(row) for row in cursor.fetchall()]


def spelled(language: str, variants: set[str]) -> set[str]:
    """The words of the index in a language that are one of these, or lack one letter to be one, or have one more."""
    if not variants:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_SPELLED.format(_holes(variants)), [language, *sorted(variants)])
        return {word for (word,) in cursor.fetchall()}


def _holes(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _in_sqlite(number: int, tier: Tier, asked: Asked) -> Part:
    column, groups, begins = tier
    groups += tuple((mark,) for mark in asked.marks)
    match = " AND ".join(f"{column} : ({' OR '.join(_quoted(word, begins) for word in group)})" for group in groups)
    return _SQLITE, (number, match, *reach(asked.language), _most(column, asked))


def _quoted(word: str, begins: str) -> str:
    return f'"{word}"{" *" if word == begins else ""}'


def _in_postgresql(number: int, tier: Tier, asked: Asked) -> Part:
    column, groups, begins = tier
    groups += tuple((mark,) for mark in asked.marks)
    match = " & ".join(f"({' | '.join(word + (':*' if word == begins else '') for word in group)})" for group in groups)
    return _POSTGRESQL[column], (number, match, *reach(asked.language), CANDIDATES, _most(column, asked))


def _most(column: str, asked: Asked) -> int:
    return MOST if column == SAID else asked.shown


_SHOWN = "SELECT place, kind, url, title, text, shown_in FROM search_entry WHERE place IN ({})"
_SPELLED = "SELECT DISTINCT word FROM search_spelling WHERE language = %s AND variant IN ({})"
_SQLITE = (
    "SELECT * FROM (SELECT %s AS tier, rowid AS place FROM search_words WHERE search_words MATCH %s "
    "AND rowid BETWEEN %s AND %s ORDER BY rowid LIMIT %s)"
)
# The functions (migration 0003) have no order, so that the index on words is used and not the one on places.
_POSTGRESQL = {
    NAMED: "SELECT * FROM (SELECT %s::int AS tier, place FROM search_named(%s, %s, %s, %s) place "
    "ORDER BY place LIMIT %s) one_tier",
    SAID: "SELECT * FROM (SELECT %s::int AS tier, place FROM search_said(%s, %s, %s, %s) place "
    "ORDER BY place LIMIT %s) one_tier",
}
