"""Rows of packed words told apart: which are the same in the bits that matter, and which row stands for each kind."""

import numpy as np
import pyarrow as pa

from wholeperson.sweep.leaves.layout import WORD_BITS

# Odd numbers far apart: states that differ in one bit end far from each other.
SPREAD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)


def masked(states: np.ndarray, mask: int) -> list[np.ndarray]:
    """The words of all states, each with its bits of the mask; words without any are left out."""
    masks = [mask >> (word * WORD_BITS) & ((1 << WORD_BITS) - 1) for word in range(states.shape[1])]
    return [states[:, word] & np.int64(bits) for word, bits in enumerate(masks) if bits]


def apart(columns: list[np.ndarray], rows: int) -> tuple[np.ndarray, np.ndarray]:
    """The first row of every kind that differs in some column, and the kind of each row; numbered as they come."""
    mixed = np.zeros(rows, np.uint64)
    for at, column in enumerate(columns):
        mixed ^= column.view(np.uint64) if column.dtype == np.int64 else column.astype(np.uint64)
        mixed *= np.uint64(SPREAD[at % len(SPREAD)])
        mixed ^= mixed >> np.uint64(29)
    first, kind = numbered(mixed)
    if all(np.array_equal(column, column[first][kind]) for column in columns):
        return first, kind
    table = np.column_stack(columns)  # two kinds met by chance in one number: sort them out in full
    _, first, kind = np.unique(table, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return first[order], np.argsort(order)[kind]


def numbered(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The place where each distinct value stands first, and the number of each; without sorting them."""
    kind: np.ndarray = pa.array(values).dictionary_encode().indices.to_numpy()
    first = np.empty(kind.max(initial=-1) + 1, np.int64)
    first[kind[::-1]] = np.arange(len(kind) - 1, -1, -1)
    return first, kind
