"""Lists of more than a thousand lines: for a minute nobody counts them again.

To learn once more that a list has over a thousand lines, the database reads a thousand lines behind two walls. So the
process remembers, for whom and as what they stood, that a list was above the limit. A list within the limit is counted
each time: its number is exact. One that has just fallen below it is called "1,000+" for a minute longer.
Of a list that is the same for everybody, and is counted to its end, the number is a minute old.
"""

import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from wholeperson.access import upto
from wholeperson.access.models import Person

SECONDS = 60.0
AT_MOST = 20_000  # lists remembered in a process
Told = TypeVar("Told", int, dict[str, int])
_of_all: dict[Hashable, tuple[float, Any]] = {}  # until when, and the number, or each part's
_until: dict[Hashable, float] = {}  # of whose list of which name, until when, on the machine's own running clock


def counts(
    user: Person, of: Hashable, names: tuple[str, ...], ask: Callable[[tuple[str, ...]], Iterable[Mapping[str, int]]]
) -> dict[str, int]:
    """How many rows each list has; `ask` counts those of which it is not known that they are above the limit."""
    now, whose = time.monotonic(), (user.pk, user.standing.posts, of)
    full = {name: upto.MOST + 1 for name in names if _until.get((whose, name), 0.0) > now}
    unknown = tuple(name for name in names if name not in full)
    counted = {name: number for row in (ask(unknown) if unknown else ()) for name, number in row.items()}
    _remember([(whose, name) for name, number in counted.items() if number > upto.MOST], now + SECONDS)
    return dict.fromkeys(names, 0) | counted | full


def of_all(of: Hashable, ask: Callable[[], Told]) -> Told:
    """The number of a list that is the same for everybody, or of each of its parts, to its end.

    `of` says what is counted, and is none that somebody typed.
    """
    now = time.monotonic()
    until, told = _of_all.get(of, (0.0, None))
    answer: Told = told if until > now else ask()
    if until <= now and (answer if isinstance(answer, int) else sum(answer.values())) > upto.MOST:
        if len(_of_all) > AT_MOST:
            _of_all.clear()
        _of_all[of] = (now + SECONDS, answer)
    return answer


def _remember(lists: list[Hashable], until: float) -> None:
    if len(_until) > AT_MOST:
        _until.clear()
    _until.update(dict.fromkeys(lists, until))
