"""Whether two records may be of one person: by name and birth date, near enough. A person decides, never this."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, takewhile
from uuid import UUID

MOST = 20  # who share a day and a name: of more than these, the name says nothing
SHORTEST = 3  # a name that is the beginning of another


@dataclass(frozen=True)
class Who:
    """As much of a member as is compared."""

    id: UUID
    given_name: str
    family_name: str
    birth_date: date

    @cached_property
    def given(self) -> str:
        return folded(self.given_name)

    @cached_property
    def family(self) -> str:
        return folded(self.family_name)


def folded(name: str) -> str:
    """Without case, accents, spaces and signs: García-Lopez is garcialopez."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", "", plain.casefold())


def of_one_day(born: Iterable[Who]) -> Iterator[tuple[Who, Who]]:
    """Pairs of those born on one day: one name is the same, the other near; or the two have changed places."""
    buckets: dict[Hashable, list[Who]] = defaultdict(list)
    for one in born:
        for key in {("family", one.family), ("given", one.given), ("both", *sorted((one.given, one.family)))}:
            buckets[key].append(one)
    for found in buckets.values():
        if len(found) <= MOST:
            yield from (pair for pair in combinations(found, 2) if _names_are_near(*pair))


def of_one_name(called: Iterable[Who]) -> Iterator[tuple[Who, Who]]:
    """Pairs of those called the same whose birth dates differ as a slip of the pen does."""
    found = list(called)
    if len(found) <= MOST:
        yield from ((a, b) for a, b in combinations(found, 2) if _days_are_near(a.birth_date, b.birth_date))


def _names_are_near(a: Who, b: Who) -> bool:
    if a.family == b.family:
        return _is_near(a.given, b.given)
    if a.given == b.given:
        return _is_near(a.family, b.family)
    return (a.given, a.family) == (b.family, b.given)


def _is_near(a: str, b: str) -> bool:
    """The same, one the beginning of the other, or a single sign apart."""
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) >= SHORTEST and long.startswith(short):
        return True
    before = _shared(a, b)
    after = _shared(a[before:][::-1], b[before:][::-1])
    return len(long) - before - after <= 1


def _shared(a: str, b: str) -> int:
    """How many signs two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(a, b, strict=False)))


def _days_are_near(a: date, b: date) -> bool:
    """One of year, month and day differs, or month and day have changed places."""
    apart = [a.year != b.year, a.month != b.month, a.day != b.day]
    return sum(apart) == 1 or (a.year, a.month, a.day) == (b.year, b.day, b.month)
