"""From distinct states to patterns: what the rules say of each, told apart only where they say something else."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from wholeperson.rules.answers import NOT_KNOWN, WORDS
from wholeperson.rules.parts import is_mandatory
from wholeperson.rules.questions import in_every_branch, settled_by
from wholeperson.rules.reading.library import Programme
from wholeperson.sweep.leaves.atoms import roots
from wholeperson.sweep.leaves.layout import whole
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.run.beside import Beside, can_help
from wholeperson.sweep.run.patterns import Memory, StateCourt, met_by, own_mask
from wholeperson.sweep.run.sorting import apart, masked
from wholeperson.sweep.run.views import Shown, Views

WORTH_A_COPY = 20_000  # states from which on a second process is worth its beginning
ALONE = 900.0  # seconds to wait for a copy that has everything to do
MANY = 200  # kinds of state from which on it pays to look which of them the rules tell apart
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
    seen: dict[str, Shown]

    def decide(self, programme: Programme) -> Decided:
        """Each kind of state once; the kinds that one fact may settle once more, state by state."""
        columns = masked(self.states, own_mask(self.memory.plan, programme))
        columns += [self.seen[each].numbers for each in met_by(programme)]
        first, kind = apart(columns, len(self.states))
        fine = kind
        rough = len(first) > MANY or bool(met_by(programme))
        if len(first) > MANY:
            seen_of = {name: each.some(first) for name, each in self.seen.items()}
            views = Views(self.memory, np.asfortranarray(self.states[first]), seen_of)
            named, seen = apart([each for root in roots(programme) for each in views.below(root)], len(first))
            first, kind = first[named], seen[kind]
        found = [self.pattern(programme.id, at, settle=not rough) for at in first]
        loose = [at for at, pattern in enumerate(found) if pattern is None]
        if loose:
            before, stood_for = kind, first
            first, kind = self.split(programme, kind, fine, np.isin(kind, loose))
            was = before[first]
            first = np.where(np.isin(was, loose), first, stood_for[was])  # what is decided keeps who stands for it
            found = [found[old] or self.pattern(programme.id, at, settle=True)
                     for at, old in zip(first, was, strict=True)]  # fmt: skip
        if programme.id in self.seen:
            self.remember(programme.id, first, kind)
        return numbered(programme.id, [each for each in found if each], kind, self.members)

    def split(
        self, programme: Programme, kind: np.ndarray, fine: np.ndarray, loose: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """The same kinds, but for the loose ones every state that differs in anything the programme rests on."""
        own = [fine]
        if met_by(programme):
            own = masked(self.states, self.memory.of_programme(programme.id)[0])
        return apart([kind, *(np.where(loose, column, 0) for column in own)], len(self.states))

    def pattern(self, programme: str, at: int, *, settle: bool = False) -> Pattern | None:
        """What the rules say of a state; nothing yet where single facts may settle it, unless asked to try them."""
        court = StateCourt(self.memory, whole(self.states[at].tolist()))
        decision = court.decide(programme)
        may_settle = decision.answer == NOT_KNOWN and bool(in_every_branch(decision.tree))
        if may_settle and not settle:
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
        number = np.array([numbers[view] for view in views], dtype=np.int64)
        self.seen[programme] = Shown(number[kind], np.array([each.answer for each in told], dtype=np.int64)[kind])


def decide_all(
    plan: Plan, states: np.ndarray, members: np.ndarray, told: Told = lambda _: None, *, alone: bool = False
) -> list[Decided]:
    """Every programme, in the order of the policy. ``alone``: one process at a time; what a copy remembered meanwhile
    is given back with it, and in this process would stay.
    """
    first, second = _two_parts(plan)
    with nothing_collected():
        if len(states) < WORTH_A_COPY or not can_help():
            found = _decided([*first, *second], plan, states, members, told)
        elif alone:
            told("deciding")
            beside = Beside(lambda: _decided([*first, *second], plan, states, members, lambda _: None), ALONE)
            found = beside.result()
        else:
            beside = Beside(lambda: _decided(first, plan, states, members, lambda _: None))
            found = _decided(second, plan, states, members, told) | beside.result()
    return [found[each] for each in plan.policy.programmes]


def _two_parts(plan: Plan) -> tuple[list[Programme], list[Programme]]:
    """Programmes that meet others, with those they meet before them; and all that stand by themselves."""
    programmes = plan.policy.programmes.values()
    meeting = [each for each in programmes if met_by(each)]
    met = {name for each in meeting for name in met_by(each)}
    first = [each for each in programmes if each.id in met and each not in meeting] + meeting
    return first, [each for each in programmes if each not in first]


def _decided(
    programmes: list[Programme], plan: Plan, states: np.ndarray, members: np.ndarray, told: Told
) -> dict[str, Decided]:
    nothing = Shown(np.zeros(len(states), np.int64), np.zeros(len(states), np.int64))
    seen = {met: nothing for each in programmes for met in met_by(each)}
    docket, found = _Docket(Memory(plan), np.asfortranarray(states), members, seen), {}
    for programme in programmes:
        told(f"deciding {programme.id}")
        found[programme.id] = docket.decide(programme)
    return found


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Every outcome is kept until the end: whoever looks for garbage among them finds none, and looks again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


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
