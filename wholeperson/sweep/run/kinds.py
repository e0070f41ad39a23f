"""The distinct states of a run, and which of them every member has: words told apart once, then one number a member."""

import numpy as np
import pyarrow as pa

from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.run import duck
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.sorting import apart

OF_MEMBER = "kind_of"  # the table of every member's kind, in the order of the members
GROUPS = 4  # as many slices of members at once where memory is not short


def distinct(desk: Duck, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """The distinct states, one row of words each, in the order in which members have them first, and how many members
    have each. Leaves the desk's ``kind_of``: the row of each member's state, by the member's number.
    """
    members = desk.store.members
    kind_of, known = np.empty(members, np.int32), np.zeros((0, plan.words), np.int64)
    at_once = duck.AT_ONCE * (1 if desk.sparing else GROUPS)
    for first in range(0, members, at_once):
        words = _words(desk, plan.words, first, min(first + at_once, members))
        own, kind = apart(words, len(words[0]))
        both = np.vstack([known, np.column_stack([word[own] for word in words])])
        new, joined = apart(list(both.T), len(both))
        kind_of[first : first + len(kind)] = joined[len(known) :][kind]
        known = both[new]
    desk.kind_of = kind_of
    return np.asfortranarray(known), np.bincount(kind_of, minlength=len(known))


def _words(desk: Duck, words: int, first: int, last: int) -> list[np.ndarray]:
    """The words of the states of those members, in order."""
    rows = desk.rows(f"SELECT * FROM state WHERE no >= {first} AND no < {last}")
    place = rows.column("no").to_numpy() - first
    if len(place) != last - first:
        raise AssertionError(f"{len(place)} states of {last - first} members")
    return [_placed(rows.column(f"w{word}"), place) for word in range(words)]


def _placed(column: pa.ChunkedArray, place: np.ndarray) -> np.ndarray:
    made = np.empty(len(place), np.int64)
    made[place] = column.to_numpy()
    return made
