"""From distinct states to patterns: what the rules say of each, told apart only where they say something else."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from wholeperson.rules.answers import NOT_KNOWN, WORDS
from wholeperson.rules.parts import is_mandatory
from wholeperson.rules.questions import in_every_branch, settled_by
from wholeperson.rules.reading.library import Programme
from wholeperson.sweep.leaves.layout import WORD_BITS, whole
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.run.patterns import Memory, StateCourt, met_by, own_mask

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


@dataclass(slots=True)
class _Docket:
    """The states of one run, and, of programmes that others meet, what those others can see of each state."""

    memory: Memory
    states: np.ndarray
    members: np.ndarray
    seen: dict[str, np.ndarray]

    def decide(self, programme: Programme) -> Decided:
        """Each kind of state once; the kinds that one fact may settle once more, state by state."""
        columns = masked(self.states, own_mask(self.memory.plan, programme))
        columns += [self.seen[each] for each in met_by(programme)]
        first, kind = apart(columns, len(self.states))
        found = [self.pattern(programme.id, at) for at in first]
        loose = [at for at, pattern in enumerate(found) if pattern is None]
        if loose:
            first, kind = self.split(programme, kind, np.isin(kind, loose))
            found = [self.pattern(programme.id, at, settle=True) for at in first]
        if programme.id in self.seen:
            self.remember(programme.id, first, kind)
        return numbered(programme.id, [each for each in found if each], kind, self.members)

    def split(self, programme: Programme, kind: np.ndarray, loose: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The same kinds, but for the loose ones every state that differs anywhere below."""
        fine = masked(self.states, self.memory.of_programme(programme.id)[0])
        return apart([kind, *(np.where(loose, column, 0) for column in fine)], len(self.states))

    def pattern(self, programme: str, at: int, *, settle: bool = False) -> Pattern | None:
        """What the rules say of a state; nothing yet where single facts may settle it, unless asked to try them."""
        court = StateCourt(self.memory, whole(self.states[at].tolist()))
        decision = court.decide(programme)
        may_settle = decision.answer == NOT_KNOWN and bool(in_every_branch(decision.tree))
        if may_settle and not settle and met_by(decision.programme):
            return None
        settled = settled_by(decision, court) if may_settle else ()
        return Pattern(WORDS[decision.answer], decision.because, decision.missing, settled, decision.reviews,
                       is_mandatory(decision.programme, court))  # fmt: skip

    def remember(self, programme: str, first: np.ndarray, kind: np.ndarray) -> None:
        """Number what another programme sees of this one: its answer, what it lacks, and why a person must look."""
        mask, decisions = self.memory.of_programme(programme)
        told = [decisions[whole(self.states[at].tolist()) & mask] for at in first]
        views = [(each.answer, each.missing, each.reviews, in_every_branch(each.tree)) for each in told]
        numbers = {view: at for at, view in enumerate(dict.fromkeys(views))}
        self.seen[programme] = np.array([numbers[view] for view in views], dtype=np.int64)[kind]


def decide_all(plan: Plan, states: np.ndarray, members: np.ndarray, told: Told = lambda _: None) -> list[Decided]:
    """Every programme, in the order of the policy; those that others meet first."""
    programmes = plan.policy.programmes.values()
    seen = {each: np.zeros(len(states), np.int64) for programme in programmes for each in met_by(programme)}
    docket = _Docket(Memory(plan), states, members, seen)
    decided = {}
    for programme in sorted(programmes, key=lambda each: bool(met_by(each))):
        told(f"deciding {programme.id}")
        decided[programme.id] = docket.decide(programme)
    return [decided[each] for each in plan.policy.programmes]


def numbered(programme: str, found: list[Pattern], kind: np.ndarray, members: np.ndarray) -> Decided:
    """The patterns in the order in which they are numbered, for states of some kinds."""
    counts: Counter[Pattern] = Counter()
    weights = np.bincount(kind, weights=members, minlength=len(found)).astype(np.int64)
    for pattern, weight in zip(found, weights, strict=True):
        counts[pattern] += int(weight)
    order = sorted(
        (each for each in counts if counts[each]), key=lambda each: (WORDS.index(each.answer), -counts[each], each)
    )
    numbers = {pattern: at for at, pattern in enumerate(order)}
    of_state = np.array([numbers.get(each, -1) for each in found], dtype=np.int32)[kind]
    return Decided(programme, tuple((each, counts[each]) for each in order), of_state)


def masked(states: np.ndarray, mask: int) -> list[np.ndarray]:
    """The words of all states, each with its bits of the mask; words without any are left out."""
    masks = [mask >> (word * WORD_BITS) & ((1 << WORD_BITS) - 1) for word in range(states.shape[1])]
    return [states[:, word] & np.int64(bits) for word, bits in enumerate(masks) if bits]


def apart(columns: list[np.ndarray], rows: int) -> tuple[np.ndarray, np.ndarray]:
    """The first row of every kind that differs in some column, and the kind of each row."""
    mixed = np.zeros(rows, np.uint64)
    for at, column in enumerate(columns):
        mixed = (mixed ^ column.astype(np.uint64)) * np.uint64(SPREAD[at % len(SPREAD)])
        mixed ^= mixed >> np.uint64(29)
    _, first, kind = np.unique(mixed, return_index=True, return_inverse=True)
    if all(np.array_equal(column, column[first][kind]) for column in columns):
        return first, kind
    table = np.column_stack(columns)  # two kinds met by chance in one number: sort them out in full
    _, first, kind = np.unique(table, axis=0, return_index=True, return_inverse=True)
    return first, kind
