"""Which counts may not be shown: those of fewer than eleven members, and as many others as keep them from being found.

A table is groups by answers, and its sums in both directions are public. A count of nobody tells of nobody and is
shown. A hidden count is kept safe by a rectangle of hidden counts, none of them zero: one member more here, one less
there, and every sum is the same. So whoever knows all sums and all other counts still finds two numbers possible for
each of the four.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

LEAST: Final = 11  # the smallest group whose number may be read

Cell = tuple[int, int]
People = Callable[[Iterable[Any]], int]  # of how many people some parts are together; `sum` where nobody is in two


def hidden_totals(parts: Sequence[Any], least: int = LEAST, people: People = sum) -> tuple[bool, ...]:
    """Which of the parts of a known total are hidden. What is left of the total is theirs together: no few either."""
    sizes = [people([part]) for part in parts]
    hidden = {at for at, size in enumerate(sizes) if 0 < size < least}
    others = sorted((size, at) for at, size in enumerate(sizes) if size >= least)
    for _, at in others:
        left = people(parts[each] for each in hidden)
        if not hidden or (len(hidden) > 1 and left >= least and left > len(hidden)):
            break
        hidden.add(at)
    return tuple(at in hidden for at in range(len(parts)))


def hidden_cells(table: np.ndarray, least: int = LEAST) -> np.ndarray | None:
    """For every count of a table (groups, answers) whether it is hidden; None where the table cannot be told at all.

    The sums of rows and columns must be fit to be shown: zero, or no smaller than ``least``.
    """
    small = (table > 0) & (table < least)
    hidden = small.copy()
    for at in sorted(zip(*map(list, np.nonzero(small)), strict=True), key=lambda it: (table[it], it)):
        rectangle = _cheapest(table, hidden, (int(at[0]), int(at[1])))
        if rectangle is None:
            return None
        for cell in rectangle:
            hidden[cell] = True
    return hidden


def _cheapest(table: np.ndarray, hidden: np.ndarray, at: Cell) -> list[Cell] | None:
    """The rectangle with this corner that hides the fewest members more."""
    group, answer = at
    best: tuple[int, int, int] | None = None
    for other in range(table.shape[1]):
        if other != answer and table[group, other]:
            costs = _costs(table, hidden, group, answer, other)
            row = int(np.argmin(costs))
            if costs[row] < np.iinfo(np.int64).max and (best is None or costs[row] < best[0]):
                best = (int(costs[row]), row, other)
    if best is None:
        return None
    _, row, other = best
    return [(group, answer), (group, other), (row, answer), (row, other)]


def _costs(table: np.ndarray, hidden: np.ndarray, group: int, answer: int, other: int) -> np.ndarray:
    """For every group as the other side of the rectangle: the members it would hide, or the largest number."""
    shown = np.where(hidden, 0, table)
    costs = shown[:, answer] + shown[:, other] + shown[group, other]
    to_and_fro = (table[group, other] > 1) & (table[:, answer] > 1)
    fro_and_to = (table[group, answer] > 1) & (table[:, other] > 1)
    useless = (table[:, answer] == 0) | (table[:, other] == 0) | ~(to_and_fro | fro_and_to)
    useless[group] = True
    return np.where(useless, np.iinfo(np.int64).max, costs)


def together(groups: Mapping[str, Any], least: int = LEAST, people: People = sum) -> frozenset[str]:
    """The groups that are told as one, because one of them alone is too small."""
    sizes = {name: people([group]) for name, group in groups.items()}
    ordered = sorted(sizes, key=lambda name: (sizes[name], name))
    joined: list[str] = [name for name in ordered if sizes[name] < least]
    for name in ordered[len(joined) :]:
        if not joined or people(groups[each] for each in joined) >= least:
            break
        joined.append(name)
    return frozenset(joined)
