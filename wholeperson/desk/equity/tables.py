"""One table for each way of grouping: who asked, and of them who was taken on, served and closed, and after how long.

The numbers of the stages are those of the loop's own charts, hidden by the same piece, so that neither tells what the
other hides. A share or a median is told where its number is.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from statistics import median_low

from wholeperson.desk.loop import few
from wholeperson.desk.loop.charts import COARSE, cells_of, outcomes
from wholeperson.desk.loop.counting import OPEN_STILL, TAKEN, Counted
from wholeperson.sweep.report.bands import BANDS
from wholeperson.sweep.report.suppress import LEAST

GROUPS = ("language", "age", "county")
EVERYBODY = "everybody"
AGES = [name for _least, name in BANDS]


@dataclass(frozen=True)
class Line:
    """One group. None: too few to be told, or it would tell of a few."""

    group: str
    asked: int
    taken: few.Number
    begun: few.Number
    closed: few.Number
    days: int | None  # half of those taken were taken within so many

    def share(self, number: few.Number) -> int | None:
        """In percent of those who asked."""
        return None if number is None else round(100 * number / self.asked)


def lines(counted: list[Counted], key: str) -> list[Line]:
    """Everybody first, then each group: ages by age, others by size. Nothing where even all are too few."""
    tells_open = _tells_open(counted)
    whole = _lines({EVERYBODY: counted}, tells_open) if counted else []
    return [*whole, *_lines(_grouped(counted, key), tells_open)] if whole else []


def _lines(groups: dict[str, list[Counted]], tells_open: bool) -> list[Line]:
    stages = few.by_group({name: cells_of(each) for name, each in groups.items()}, COARSE)
    halves = few.in_parts({name: _halves(each) for name, each in groups.items()}) if stages and tells_open else {}
    rest = [one for name, each in groups.items() if name not in stages for one in each]
    return [_line(name, each, halves.get(name), groups.get(name, rest)) for name, each in stages.items()]


def _line(
    name: str, stages: list[few.Number], halves: tuple[list[few.Cell], bool] | None, members: Iterable[Counted]
) -> Line:  # fmt: skip
    asked, taken, begun = stages
    closed = len(halves[0][1]) if halves and halves[1] else None
    return Line(name, asked or 0, taken, begun, closed, _half_within(members) if taken else None)


def _half_within(members: Iterable[Counted]) -> int | None:
    """The days within which half of those taken were taken; None where they are of few people."""
    found = [(one.person, one.days) for one in members if one.furthest >= TAKEN and one.days is not None]
    enough = len({person for person, _days in found}) >= LEAST
    return median_low(days for _person, days in found) if enough else None


def _grouped(counted: list[Counted], key: str) -> dict[str, list[Counted]]:
    found: dict[str, list[Counted]] = {}
    for one in counted:
        found.setdefault(getattr(one, key), []).append(one)
    order = AGES.index if key == "age" else lambda name: (-len(found[name]), name)
    return {name: found[name] for name in sorted(found, key=order)}


def _halves(counted: Iterable[Counted]) -> list[few.Cell]:
    """Whose are open, and whose are closed."""
    found: tuple[list[Hashable], list[Hashable]] = [], []
    for one in counted:
        found[one.outcome != OPEN_STILL].append(one.person)
    return [*found]


def _tells_open(counted: list[Counted]) -> bool:
    """Whether the loop's chart of outcomes tells how many are open; else the sum of a column would tell it."""
    return outcomes(counted, across=True)[OPEN_STILL] is not None
