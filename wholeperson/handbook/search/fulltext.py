"""The one seam to the databases' full text: words in, the places of entries out, the best first.

A question is groups of words: of each group one word is enough, and every group must hold. There are four tiers:
exactly this name or number, all in a program's name of today, all in the names, all anywhere. Inside a tier an entry's
own place decides, so that both databases answer alike, and neither has to weigh thousands of entries to show twenty.
"""

from dataclasses import dataclass

from django.db import connection

from wholeperson.handbook.search import signs

MOST = 1000  # results are counted up to here; nobody reads further
CANDIDATES = 2 * MOST  # how many PostgreSQL looks at of a word that stands everywhere, before it sorts them
NAMED, SAID = "named", "said"

Part = tuple[str, tuple[int | str, ...]]
Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Asked:
    """`whole` is the token of all that was typed; of the word `begins` only the beginning may have been typed.

    Each is made of a to z and digits (see `signs`), so that nothing typed reaches the full text's own language.
    """

    whole: str
    groups: tuple[tuple[str, ...], ...]
    marks: tuple[str, ...]
    begins: str = ""


def places(asked: Asked) -> list[int]:
    """The places of the entries that answer, the best first, each once."""
    tiers: list[tuple[str, Groups, str]] = [(NAMED, ((asked.whole,),), "")] if asked.whole else []
    if asked.groups:
        own = tuple(tuple(map(signs.own, group)) for group in asked.groups)
        tiers.append((NAMED, own, signs.own(asked.begins) if asked.begins else ""))
        tiers += [(column, asked.groups, asked.begins) for column in (NAMED, SAID)]
    make = _in_postgresql if connection.vendor == "postgresql" else _in_sqlite
    parts = [make(tier, column, (*groups, *((mark,) for mark in asked.marks)), begins)
             for tier, (column, groups, begins) in enumerate(tiers)]  # fmt: skip
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in parts), [value for _, values in parts for value in values])
        found = sorted(cursor.fetchall())
    return list(dict.fromkeys(place for _, place in found))[:MOST]


def _in_sqlite(tier: int, column: str, groups: Groups, begins: str) -> Part:
    match = " AND ".join(f"{column} : ({' OR '.join(_quoted(word, begins) for word in group)})" for group in groups)
    return _SQLITE, (tier, match, MOST)


def _quoted(word: str, begins: str) -> str:
    return f'"{word}"{" *" if word == begins else ""}'


def _in_postgresql(tier: int, column: str, groups: Groups, begins: str) -> Part:
    match = " & ".join(f"({' | '.join(word + (':*' if word == begins else '') for word in group)})" for group in groups)
    return _POSTGRESQL[column], (tier, match, CANDIDATES, MOST)


_SQLITE = (
    "SELECT * FROM (SELECT %s AS tier, rowid AS place FROM search_words WHERE search_words MATCH %s "
    "ORDER BY rowid LIMIT %s)"
)
# The inner query has no order, so that the index on words is used and not the one on places.
_POSTGRESQL = {
    NAMED: "SELECT * FROM (SELECT %s::int AS tier, place FROM (SELECT place FROM search_entry "
    "WHERE named_words @@ to_tsquery('simple', %s) LIMIT %s) candidates ORDER BY place LIMIT %s) one_tier",
    SAID: "SELECT * FROM (SELECT %s::int AS tier, place FROM (SELECT place FROM search_entry "
    "WHERE said_words @@ to_tsquery('simple', %s) LIMIT %s) candidates ORDER BY place LIMIT %s) one_tier",
}
