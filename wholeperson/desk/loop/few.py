"""Which of the counts are told to whoever looks across organizations: none by which a group of few could be found.

What is told is how many referrals there are; what decides whether it is told is of how many people they are, as one
person may have many. So a cell is the people of its referrals, each as often as they have one.

A funnel's numbers hold one another: who came this far also came before. So what is kept safe are the differences, those
who came so far and no further. Neighbouring stages of few are told as one. In a table of groups, groups of few are told
together, and of a group with a part of few only its sum is told; of so many other groups as well that the parts of all
of these, taken as one, are of nobody or of enough. With their sums and the totals alone each of their parts may be more
or less.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import chain

from wholeperson.sweep.report.suppress import LEAST, hidden_totals, together

Cell = Sequence[Hashable]  # of every referral, whose it is
Number = int | None  # None: of too few people to be told
TOGETHER = "together"


def people(cells: Iterable[Cell]) -> int:
    """Of how many people these are, taken as one."""
    return len(set(chain.from_iterable(cells)))


def is_few(cell: Cell) -> bool:
    return 0 < people([cell]) < LEAST


def spans(cells: Sequence[Cell]) -> list[int]:
    """Where each stretch of neighbours begins that is nobody, or enough. Empty where all of them are too few."""
    starts, sums = [0], [_joined(cells[:1])]
    for at, cell in enumerate(cells[1:], start=1):
        if is_few(sums[-1]):
            sums[-1] = _joined([sums[-1], cell])
        else:
            starts, sums = [*starts, at], [*sums, cell]
    while is_few(sums[-1]) and len(sums) > 1:
        sums[-2:] = [_joined(sums[-2:])]
        starts.pop()
    return [] if is_few(sums[-1]) else starts


def reached(cells: Sequence[Cell]) -> list[int]:
    """How many came as far as each stage, of those who came so far and no further."""
    return [sum(map(len, cells[at:])) for at in range(len(cells))]


def funnel(cells: Sequence[Cell]) -> list[Number]:
    """How many came as far as each stage, as far as it may be told."""
    starts = spans(cells)
    return [many if at in starts else None for at, many in enumerate(reached(cells))]


def by_group(groups: Mapping[str, Sequence[Cell]], stages: Sequence[int]) -> dict[str, list[Number]]:
    """How many of every group came as far as each of these stages, of which the first is 0. Nothing, where all of them
    are too few."""
    starts = [at for at in spans(_sums(groups.values())) if at in stages]
    if not starts:
        return {}
    cut = {name: [_joined(cells[a:b]) for a, b in _stretches(starts, len(cells))] for name, cells in groups.items()}
    found = {}
    for name, (cells, is_told) in in_parts(cut).items():
        many = dict(zip(starts, reached(cells), strict=True))
        found[name] = [many.get(at) if is_told or at == 0 else None for at in stages]
    return found


def in_parts(groups: Mapping[str, Sequence[Cell]]) -> dict[str, tuple[list[Cell], bool]]:
    """The parts of every group, those of few as one group, and whether they are told, or only their sum.

    The sum of each part over all groups is known, and is of nobody or of enough.
    """
    few = together({name: _joined(cells) for name, cells in groups.items()}, people=people)
    joined = {name: list(cells) for name, cells in groups.items() if name not in few}
    if few:
        joined[TOGETHER] = _sums(groups[name] for name in few)
    dark = _dark(joined)
    return {name: (cells, name not in dark) for name, cells in joined.items()}


def _dark(groups: Mapping[str, Sequence[Cell]]) -> set[str]:
    """Those with a part of few, and the next smallest until their parts taken as one are of nobody or of enough."""
    dark = {name for name, cells in groups.items() if _has_few(cells)}
    for name in sorted(groups.keys() - dark, key=lambda one: (people(groups[one]), one)):
        if not _has_few(_sums(groups[each] for each in dark)):
            break
        dark.add(name)
    return dark


def _has_few(cells: Iterable[Cell]) -> bool:
    return any(map(is_few, cells))


def _sums(rows: Iterable[Sequence[Cell]]) -> list[Cell]:
    return [_joined(column) for column in zip(*rows, strict=True)]


def _joined(cells: Iterable[Cell]) -> Cell:
    return list(chain.from_iterable(cells))


def _stretches(starts: list[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))


def parts(cells: Sequence[Cell]) -> list[Number]:
    """Parts of a total that is known."""
    hidden = [True for _ in cells] if is_few(_joined(cells)) else hidden_totals(cells, people=people)
    return [None if hide else len(cell) for cell, hide in zip(cells, hidden, strict=True)]
