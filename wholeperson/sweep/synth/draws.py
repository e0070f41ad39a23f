"""Random numbers: a stream for each block and table, and choices by weight without a loop."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[Any]

STEPS = 1 << 16  # a choice by weight is a look-up in a table of this size


def shares(weights: Sequence[float]) -> NDArray[np.int16]:
    """A table in which each place stands as often as its weight says."""
    total = np.asarray(weights, dtype=np.float64)
    edges = np.round(np.cumsum(total) / total.sum() * STEPS).astype(np.int64)
    return np.repeat(np.arange(len(total), dtype=np.int16), np.diff(edges, prepend=0))


class Draws:
    """One stream: the same seed, block and table give the same numbers, whatever else is drawn elsewhere."""

    def __init__(self, seed: int, block: int, table: int) -> None:
        bits = np.random.Philox(key=np.array([seed, block], dtype=np.uint64), counter=[0, 0, 0, table])
        self.stream = np.random.Generator(bits)

    def pick(self, table: NDArray[Any], size: int) -> Numbers:
        """Places of a table made by ``shares``."""
        found: Numbers = table[self.stream.integers(0, STEPS, size, dtype=np.uint16)]
        return found

    def between(self, low: Any, high: Any, size: int) -> Ints:
        """Whole numbers, both ends in; the ends may differ for each."""
        spread = np.asarray(high) - np.asarray(low) + 1
        found: Ints = (np.asarray(low) + self.stream.random(size, dtype=np.float32) * spread).astype(np.int32)
        return found

    def chance(self, share: Any, size: int) -> Flags:
        """True as often as ``share`` says, one share for all or one for each."""
        found: Flags = self.stream.random(size, dtype=np.float32) < share
        return found
