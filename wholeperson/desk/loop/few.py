"""Which of the counts are told to whoever looks across organizations: none by which a group of few could be found.

A funnel's numbers hold one another: who came this far also came before. So what is kept safe are the differences, those
who came so far and no further. Neighbouring stages of few are told as one. In a table of groups, groups of few are told
together, and of a group with a part of few only its sum is told; of so many other groups as well that the parts of all
of these, taken as one, are of nobody or of enough. With their sums and the totals alone each of their parts may be more
or less.
"""

from collections.abc import Iterable, Mapping, Sequence

from wholeperson.sweep.report.suppress import LEAST, hidden_totals, together

Number = int | None  # None: too few to be told
TOGETHER = "together"


def spans(cells: Sequence[int]) -> list[int]:
    """Where each stretch of neighbours begins that is nobody, or enough. Empty where all of them are too few."""
    starts, sums = [0], [0]
    for at, cell in enumerate(cells):
        if at and (sums[-1] == 0 or sums[-1] >= LEAST):
            starts, sums = [*starts, at], [*sums, 0]
        sums[-1] += cell
    while 0 < sums[-1] < LEAST and len(sums) > 1:
        sums[-2:] = [sums[-2] + sums[-1]]
        starts.pop()
    return [] if 0 < sums[-1] < LEAST else starts


def reached(cells: Sequence[int]) -> list[int]:
    """How many came as far as each stage, of how many came so far and no further."""
    return [sum(cells[at:]) for at in range(len(cells))]


def funnel(cells: Sequence[int]) -> list[Number]:
    """How many came as far as each stage, as far as it may be told."""
    starts = spans(cells)
    return [many if at in starts else None for at, many in enumerate(reached(cells))]


def by_group(groups: Mapping[str, Sequence[int]], stages: Sequence[int]) -> dict[str, list[Number]]:
    """How many of every group came as far as each of these stages, of which the first is 0. Nothing, where all of them
    are too few."""
    starts = [at for at in spans(_sums(groups.values())) if at in stages]
    if not starts:
        return {}
    cut = {name: [sum(cells[a:b]) for a, b in _stretches(starts, len(cells))] for name, cells in groups.items()}
    found = {}
    for name, (cells, is_told) in in_parts(cut).items():
        many = dict(zip(starts, reached(cells), strict=True))
        found[name] = [many.get(at) if is_told or at == 0 else None for at in stages]
    return found


def in_parts(groups: Mapping[str, Sequence[int]]) -> dict[str, tuple[list[int], bool]]:
    """The parts of every group, those of few as one group, and whether they are told, or only their sum.

    The sum of each part over all groups is known, and is of nobody or of enough.
    """
    few = together({name: sum(cells) for name, cells in groups.items()})
    joined = {name: list(cells) for name, cells in groups.items() if name not in few}
    if few:
        joined[TOGETHER] = _sums(groups[name] for name in few)
    dark = _dark(joined)
    return {name: (cells, name not in dark) for name, cells in joined.items()}


def _dark(groups: Mapping[str, Sequence[int]]) -> set[str]:
    """Those with a part of few, and the next smallest until their parts taken as one are of nobody or of enough."""
    dark = {name for name, cells in groups.items() if _has_few(cells)}
    for name in sorted(groups.keys() - dark, key=lambda one: (sum(groups[one]), one)):
        if not _has_few(_sums(groups[each] for each in dark)):
            break
        dark.add(name)
    return dark


def _has_few(cells: Iterable[int]) -> bool:
    return any(0 < cell < LEAST for cell in cells)


def _sums(rows: Iterable[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _stretches(starts: list[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))


def parts(counts: Sequence[int]) -> list[Number]:
    """Parts of a total that is known."""
    if 0 < sum(counts) < LEAST:
        return [None for _ in counts]
    return [None if hide else many for many, hide in zip(counts, hidden_totals(counts), strict=True)]
