"""Columns as Arrow keeps them: words once, days as days, member numbers as text of one width."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wholeperson.sweep.synth.draws import Ints, Numbers
from wholeperson.sweep.synth.people import NEVER

WORD = pa.dictionary(pa.int32(), pa.string())
DIGITS = 8
_FOUR_DIGITS = np.array([list(f"{number:04d}".encode()) for number in range(10_000)], dtype=np.uint8)


def words(places: Numbers, listed: Sequence[str] | pa.Array) -> pa.Array:
    """Places in a list as the words there; a place below zero is null."""
    kept = np.ascontiguousarray(places, dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(kept, mask=kept < 0), pa.array(listed, pa.string()), safe=False)


def constant(word: str | None, size: int) -> pa.Array:
    """The same word, or null, all the way down."""
    return words(np.full(size, -1 if word is None else 0, dtype=np.int32), [word or ""])


def days(numbers: Ints, told: NDArray[np.bool_] | None = None) -> pa.Array:
    """Days since 1970 as dates; ``NEVER``, and what is not told, is null."""
    silent = numbers == NEVER
    if told is not None:
        silent = silent | ~told
    return pa.array(np.ascontiguousarray(numbers, dtype=np.int32), mask=silent).cast(pa.date32())


def digits_of(numbers: NDArray[np.int64], digits: int) -> NDArray[np.uint8]:
    """Numbers as rows of characters, four digits at a time."""
    text = np.empty((len(numbers), digits), dtype=np.uint8)
    rest = numbers.astype(np.int64)
    for place in range(digits - 4, -1, -4):
        rest, four = np.divmod(rest, 10_000)
        text[:, place : place + 4] = _FOUR_DIGITS[four]
    return text


def lettered(letter: str, text: NDArray[np.uint8]) -> pa.Array:
    """Rows of characters as text with a letter before it, without an object for each."""
    size, width = len(text), text.shape[1] + 1
    whole = np.empty((size, width), dtype=np.uint8)
    whole[:, 0], whole[:, 1:] = ord(letter), text
    offsets = np.arange(0, (size + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(size, pa.py_buffer(offsets), pa.py_buffer(whole.reshape(-1)))


def numbered(letter: str, numbers: NDArray[np.int64], digits: int = DIGITS) -> pa.Array:
    """``S00000012``: a letter and a number of fixed width (a multiple of four)."""
    return lettered(letter, digits_of(numbers, digits))


def member_ids(first: int, size: int) -> pa.Array:
    """The ids of the members of a block; the first member of all is number 1."""
    return numbered("S", np.arange(first + 1, first + size + 1, dtype=np.int64))


def of_members(ids: pa.Array, members: Ints) -> pa.Array:
    """The id of each row's member, kept once for each member."""
    return pa.DictionaryArray.from_arrays(pa.array(np.ascontiguousarray(members, dtype=np.int32)), ids, safe=False)
