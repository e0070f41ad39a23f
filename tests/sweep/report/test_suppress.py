"""No hidden count can be found: not by subtraction, and not by trying every table that has the same sums."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wholeperson.sweep.report.suppress import hidden_cells, hidden_totals, together


def possible(table: np.ndarray, hidden: np.ndarray) -> dict[tuple[int, int], set[int]]:
    """Every value that a hidden count may have, found by trying all tables with the same shown counts and sums.

    Whoever looks knows that a count of nobody would have been shown: each hidden one is at least one.
    """
    cells = [tuple(map(int, each)) for each in np.argwhere(hidden)]
    found: dict[tuple[int, int], set[int]] = {cell: set() for cell in cells}
    rows, columns = table.sum(axis=1), table.sum(axis=0)

    def place(at: int, trial: np.ndarray) -> None:
        if at == len(cells):
            if (trial.sum(axis=1) == rows).all() and (trial.sum(axis=0) == columns).all():
                for cell in cells:
                    found[cell].add(int(trial[cell]))
            return
        row, column = cells[at]
        left = min(rows[row] - trial[row].sum(), columns[column] - trial[:, column].sum())
        for value in range(1, int(left) + 1):
            trial[row, column] = value
            place(at + 1, trial)
        trial[row, column] = 0

    place(0, np.where(hidden, 0, table))
    return found


def fit(table: np.ndarray, least: int) -> bool:
    """Sums that may be shown: the totals of answers and groups are looked after before a table is broken down."""
    return all(total == 0 or total >= least for total in (*table.sum(axis=0), *table.sum(axis=1)))


@given(st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_every_hidden_count_stays_open(rows: list[tuple[int, int, int]]) -> None:
    table, least = np.array(rows), 3
    hidden = hidden_cells(table, least) if fit(table, least) else None
    if hidden is not None:
        assert hidden[(table > 0) & (table < least)].all()
        assert not hidden[table == 0].any()
        assert all(len(values) > 1 for values in possible(table, hidden).values())


@given(st.lists(st.integers(0, 30), min_size=3, max_size=3))
def test_every_hidden_total_stays_open(counts: list[int]) -> None:
    total, least = sum(counts), 11
    if total < least:
        return
    hidden = hidden_totals(counts, least)
    assert all(hide for hide, count in zip(hidden, counts, strict=True) if 0 < count < least)
    known = total - sum(count for hide, count in zip(hidden, counts, strict=True) if not hide)
    places = [at for at in range(3) if hidden[at]]
    ways = [way for way in product(range(1, known + 1), repeat=len(places)) if sum(way) == known]
    assert all(len({way[at] for way in ways}) > 1 for at in range(len(places)))


def test_a_small_count_hides_the_cheapest_rectangle() -> None:
    table = np.array([[500, 40, 5], [300, 60, 20], [900, 700, 90]])
    assert hidden_cells(table).tolist() == [[False, True, True], [False, True, True], [False, False, False]]


def test_what_cannot_be_kept_safe_is_not_told() -> None:
    """Each sum leads to the next: 25 of the first group less 20 leaves five, whatever is hidden."""
    assert hidden_cells(np.array([[0, 20, 5], [100, 0, 6]])) is None


def test_nothing_is_hidden_where_all_are_many() -> None:
    assert not hidden_cells(np.array([[500, 40, 0], [300, 60, 20]])).any()


@pytest.mark.parametrize(
    ("sizes", "joined"),
    [
        ({"a": 500, "b": 11}, set()),
        ({"a": 500, "b": 3, "c": 9}, {"b", "c"}),
        ({"a": 500, "b": 3, "c": 40}, {"b", "c"}),
        ({"a": 500, "b": 3}, {"a", "b"}),
    ],
)
def test_groups_too_small_are_told_as_one(sizes: dict[str, int], joined: set[str]) -> None:
    assert together(sizes) == joined
