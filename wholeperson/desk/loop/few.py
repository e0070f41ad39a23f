"""Which of the counts are told to whoever looks across organizations: none by which a group of few could be found.

A funnel's numbers hold one another: who came this far also came before. So what is kept safe are the differences, those
who came so far and no further. Neighbouring stages of few are told as one, and in a table of groups a number is hidden
wherever it would give away another.
"""

from collections.abc import Sequence

import numpy as np

from wholeperson.sweep.report.suppress import LEAST, hidden_cells, hidden_totals, together

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


def by_group(groups: dict[str, list[int]]) -> dict[str, list[Number]]:
    """The same for every group; groups of few are told together. Nothing, where even that would be too few."""
    whole = [sum(column) for column in zip(*groups.values(), strict=True)]
    starts = spans(whole)
    if not starts:
        return {}
    joined = _joined(groups)
    table = np.array([[sum(cells[a:b]) for a, b in _stretches(starts, len(whole))] for cells in joined.values()])
    hidden = hidden_cells(table)
    if hidden is None:  # only how many were asked for is told: each group is large enough
        hidden = np.ones(table.shape, dtype=bool)
    return {name: _row(cells, starts, list(hidden[at])) for at, (name, cells) in enumerate(joined.items())}


def _joined(groups: dict[str, list[int]]) -> dict[str, list[int]]:
    few = together({name: sum(cells) for name, cells in groups.items()})
    told = {name: cells for name, cells in groups.items() if name not in few}
    if few:
        told[TOGETHER] = [sum(column) for column in zip(*(groups[name] for name in few), strict=True)]
    return told


def _stretches(starts: list[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))


def _row(cells: list[int], starts: list[int], hidden: Sequence[bool]) -> list[Number]:
    """A number is told where all that it adds up from is told, or all that it is taken away from."""
    many = reached(cells)
    safe = {start for at, start in enumerate(starts) if not any(hidden[at:]) or not any(hidden[:at])}
    return [many[at] if at in safe else None for at in range(len(cells))]


def parts(counts: Sequence[int]) -> list[Number]:
    """Parts of a total that is known."""
    if 0 < sum(counts) < LEAST:
        return [None for _ in counts]
    return [None if hide else many for many, hide in zip(counts, hidden_totals(counts), strict=True)]
