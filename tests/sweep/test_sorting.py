"""Kinds of state told apart: as somebody would who compares every row with all before it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wholeperson.sweep.run.sorting import apart, told_apart

LARGE = (1 << 62) - 1
WORDS = st.sampled_from([0, 1, 2, 3, 1 << 31, 1 << 61, LARGE - 1, LARGE])
SMALL = st.integers(0, 3)
ROWS = st.integers(1, 4).flatmap(lambda wide: st.lists(st.tuples(*[st.one_of(WORDS, SMALL)] * wide), max_size=20))


def one_by_one(rows: list[tuple[int, ...]]) -> tuple[list[int], list[int]]:
    first: dict[tuple[int, ...], int] = {}
    for at, row in enumerate(rows):
        first.setdefault(row, at)
    listed = list(first)
    return list(first.values()), [listed.index(row) for row in rows]


def columns_of(rows: list[tuple[int, ...]]) -> list[np.ndarray]:
    return [np.array(column, np.int64) for column in zip(*rows, strict=True)]


@given(ROWS)
def test_rows_are_the_same_where_every_column_is(rows: list[tuple[int, ...]]) -> None:
    first, kind = apart(columns_of(rows), len(rows))
    assert (first.tolist(), kind.tolist()) == one_by_one(rows)


@given(st.lists(st.tuples(*[SMALL] * 3), min_size=1, max_size=20), st.integers(0, 2))
def test_what_is_told_apart_is_not_changed(rows: list[tuple[int, ...]], at: int) -> None:
    columns = columns_of(rows)
    apart(columns, len(rows))
    assert columns[at].tolist() == [row[at] for row in rows]


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=20), WORDS, WORDS)
def test_states_are_told_apart_by_the_bits_of_a_mask(rows: list[tuple[int, ...]], low: int, high: int) -> None:
    states, mask = told_apart(np.array(rows, np.int64)), low | high << 62
    first, kind = apart(states.masked(mask), len(rows))
    assert (first.tolist(), kind.tolist()) == one_by_one([(one & low, other & high) for one, other in rows])
    assert [states.whole(at) for at in range(len(rows))] == [one | other << 62 for one, other in rows]
    assert [states.some(np.array([at])).whole(0) for at in range(len(rows))] == [
        one | other << 62 for one, other in rows
    ]
