"""The distinct states of a run, and which of them every member has: words told apart once, then one number a member."""

import numpy as np

from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.run import duck
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.sorting import apart, numbered

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
        numbers, words = _words(desk, plan.words, first, min(first + at_once, members))
        own, kind = apart(words, len(numbers))
        known, place = _with(known, np.column_stack([word[own] for word in words]))
        kind_of[numbers] = place[kind]
    stands, desk.kind_of = numbered(kind_of)
    return np.asfortranarray(known[kind_of[stands]]), np.bincount(desk.kind_of, minlength=len(known))


def _with(known: np.ndarray, new: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those known, with the new ones that are not among them; and the place there of each of the new ones."""
    if not len(known):
        return new, np.arange(len(new))
    both = np.vstack([known, new])
    first, place = apart(list(both.T), len(both))
    return both[first], place[len(known) :]


def _words(desk: Duck, words: int, first: int, last: int) -> tuple[np.ndarray, list[np.ndarray]]:
    """Those members' numbers, and the words of their states, in the order in which they come."""
    rows = desk.rows(f"SELECT * FROM state WHERE no >= {first} AND no < {last}").combine_chunks()
    if len(rows) != last - first:
        raise AssertionError(f"{len(rows)} states of {last - first} members")
    return rows.column("no").to_numpy(), [rows.column(f"w{word}").to_numpy() for word in range(words)]
