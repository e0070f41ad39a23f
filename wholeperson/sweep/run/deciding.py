"""From distinct states to patterns: what the rules say of each, told apart only where they say something else."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from wholeperson.rules.answers import WORDS, YES
from wholeperson.rules.decide import Decision
from wholeperson.rules.questions import settled_by
from wholeperson.sweep.leaves.layout import WORD_BITS, whole
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.run.patterns import Memory, StateCourt, each_programme

# Odd numbers far apart: states that differ in one bit end far from each other.
SPREAD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)
Told = Callable[[str], None]


class Pattern(NamedTuple):
    """What is said of all members that share it."""

    answer: str
    because: tuple[str, ...]
    missing: tuple[str, ...]
    settled_by: tuple[str, ...]
    review: tuple[str, ...]
    mandatory: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """One programme: its patterns, each with its number of members, and the pattern of every distinct state."""

    programme: str
    patterns: tuple[tuple[Pattern, int], ...]
    of_state: np.ndarray


def decide_all(plan: Plan, states: np.ndarray, members: np.ndarray, told: Told = lambda _: None) -> Iterator[Decided]:
    """Every programme, in the order of the policy."""
    memory = Memory(plan)
    for programme, mask in each_programme(plan):
        told(f"deciding {programme}")
        yield _decided(programme, mask, memory, states, members)


def _decided(programme: str, mask: int, memory: Memory, states: np.ndarray, members: np.ndarray) -> Decided:
    first, inverse = apart(states, mask)
    found = [_pattern(programme, memory, whole(map(int, states[at]))) for at in first]
    counts: Counter[Pattern] = Counter()
    weights = np.bincount(inverse, weights=members, minlength=len(first)).astype(np.int64)
    for pattern, weight in zip(found, weights, strict=True):
        counts[pattern] += int(weight)
    order = sorted(counts, key=lambda each: (WORDS.index(each.answer), -counts[each], each))
    numbers = {pattern: at for at, pattern in enumerate(order)}
    numbered = np.array([numbers[each] for each in found], dtype=np.int32)
    of_state = numbered[inverse] if len(found) else np.zeros(len(states), np.int32)
    return Decided(programme, tuple((each, counts[each]) for each in order), of_state)


def _pattern(programme: str, memory: Memory, state: int) -> Pattern:
    court = StateCourt(memory, state)
    decision = court.decide(programme)
    settled = settled_by(decision, court)
    return Pattern(WORDS[decision.answer], decision.because, decision.missing, settled, decision.reviews,
                   _is_mandatory(decision, court))  # fmt: skip


def _is_mandatory(decision: Decision, court: StateCourt) -> bool:
    """Whether every plan must offer it to whoever has this state."""
    begins, node = decision.programme.mandatory or (None, decision.programme.root)
    return begins is not None and court.case.on >= begins and court.node(node).answer == YES


def apart(states: np.ndarray, mask: int) -> tuple[np.ndarray, np.ndarray]:
    """The first state of every kind that differs in the masked bits, and the kind of each state."""
    masks = [mask >> (word * WORD_BITS) & ((1 << WORD_BITS) - 1) for word in range(states.shape[1])]
    used = [word for word, bits in enumerate(masks) if bits]
    columns = [states[:, word] & np.int64(masks[word]) for word in used]
    mixed = np.zeros(len(states), np.uint64)
    for at, column in enumerate(columns):
        mixed = (mixed ^ column.astype(np.uint64)) * np.uint64(SPREAD[at % len(SPREAD)])
        mixed ^= mixed >> np.uint64(29)
    _, first, inverse = np.unique(mixed, return_index=True, return_inverse=True)
    if all(np.array_equal(column, column[first][inverse]) for column in columns):
        return first, inverse
    table = np.column_stack(columns)  # two kinds met by chance in one number: sort them out in full
    _, first, inverse = np.unique(table, axis=0, return_index=True, return_inverse=True)
    return first, inverse
