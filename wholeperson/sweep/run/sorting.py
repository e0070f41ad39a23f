"""Rows of packed words told apart: which are the same in the bits that matter, and which row stands for each kind."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from wholeperson.sweep.leaves.layout import WORD_BITS

# Odd numbers far apart: states that differ in one bit end far from each other.
SPREAD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)
ROOM = 1 << 62  # values that one number tells apart


@dataclass(frozen=True, slots=True)
class States:
    """The words of many states, each told apart once: its distinct values, and which of them every state has."""

    values: list[np.ndarray]
    shifted: list[list[int]]  # the same where they lie in the whole state
    places: list[np.ndarray]
    numbers: dict[tuple[int, int], np.ndarray] = field(default_factory=dict)  # by word and mask, of the distinct values

    def masked(self, mask: int) -> list[np.ndarray]:
        """For every word with bits of the mask: a number for each state, the same where those bits are."""
        masks = [mask >> (word * WORD_BITS) & ((1 << WORD_BITS) - 1) for word in range(len(self.values))]
        return [self._number(word, bits)[self.places[word]] for word, bits in enumerate(masks) if bits]

    def _number(self, word: int, bits: int) -> np.ndarray:
        if (word, bits) not in self.numbers:
            self.numbers[word, bits] = numbered(self.values[word] & np.int64(bits))[1]
        return self.numbers[word, bits]

    def some(self, rows: np.ndarray) -> "States":
        """Some of the states."""
        return States(self.values, self.shifted, [place[rows] for place in self.places], self.numbers)

    def whole(self, at: int) -> int:
        """One state as one number."""
        made = 0
        for values, place in zip(self.shifted, self.places, strict=True):
            made |= values[place.item(at)]
        return made


def told_apart(states: np.ndarray) -> States:
    """States as rows of words."""
    words = [np.ascontiguousarray(states[:, word]) for word in range(states.shape[1])]
    found = [numbered(word) for word in words]
    values = [word[first] for word, (first, _) in zip(words, found, strict=True)]
    shifted = [[each << at * WORD_BITS for each in listed.tolist()] for at, listed in enumerate(values)]
    return States(values, shifted, [place for _, place in found])


def apart(columns: list[np.ndarray], rows: int) -> tuple[np.ndarray, np.ndarray]:
    """The first row of every kind that differs in some column, and the kind of each row; numbered as they come."""
    columns = _beside(columns, rows)
    if len(columns) == 1:
        return numbered(columns[0])
    first, kind = numbered(_mixed(columns, rows))
    if all(np.array_equal(column, column[first][kind]) for column in columns):
        return first, kind
    table = np.column_stack(columns)  # two kinds met by chance in one number: sort them out in full
    _, first, kind = np.unique(table, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return first[order], np.argsort(order)[kind]


def _beside(columns: list[np.ndarray], rows: int) -> list[np.ndarray]:
    """Columns of small numbers put beside each other, as many as one number has room for."""
    made, room = [np.zeros(rows, np.int64)], 1
    for column in columns:
        size = int(column.max(initial=0)) + 1
        if room * size > ROOM:
            made.append(column.astype(np.int64))
            room = size
        else:
            made[-1] *= size
            made[-1] += column
            room *= size
    return made


def _mixed(columns: list[np.ndarray], rows: int) -> np.ndarray:
    mixed = np.zeros(rows, np.uint64)
    for at, column in enumerate(columns):
        mixed ^= column.view(np.uint64)
        mixed *= np.uint64(SPREAD[at % len(SPREAD)])
        mixed ^= mixed >> np.uint64(29)
    return mixed


def numbered(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The place where each distinct value stands first, and the number of each; without sorting them."""
    kind: np.ndarray = pa.array(values).dictionary_encode().indices.to_numpy()
    first = np.empty(kind.max(initial=-1) + 1, np.int64)
    first[kind[::-1]] = np.arange(len(kind) - 1, -1, -1)
    return first, kind
