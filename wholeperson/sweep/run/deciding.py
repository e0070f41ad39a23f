"""From distinct states to patterns: what the rules say of each, told apart only where they say something else."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from wholeperson.rules.answers import NOT_KNOWN, WORDS
from wholeperson.rules.decide import Decision
from wholeperson.rules.parts import is_mandatory
from wholeperson.rules.questions import in_every_branch, settled_by
from wholeperson.rules.reading.library import Programme
from wholeperson.sweep.leaves.atoms import roots
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.run.beside import Beside, can_help
from wholeperson.sweep.run.patterns import Memory, StateCourt, met_by, own_mask
from wholeperson.sweep.run.sorting import States, apart, told_apart
from wholeperson.sweep.run.views import Seen, Views

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
    states: States
    members: np.ndarray
    seen: dict[str, Seen]

    def decide(self, programme: Programme) -> Decided:
        """Each kind of state once; the kinds that one fact may settle once more, state by state."""
        columns = self.states.masked(own_mask(self.memory.plan, programme))
        columns += [self.seen[each].numbers for each in met_by(programme)]
        first, kind = apart(columns, len(self.members))
        fine, rough = kind, len(first) > MANY or bool(met_by(programme))
        decisions: list[Decision] = []
        if len(first) > MANY:
            named, seen, decisions = self.looked_at(programme, first)
            first, kind = first[named], seen[kind]
        decisions = decisions or [self.court(at).decide(programme.id) for at in first]
        found = [self.pattern(each, at, settle=not rough) for each, at in zip(decisions, first, strict=True)]
        loose = [at for at, pattern in enumerate(found) if pattern is None]
        if loose:
            first, kind, was = self.split(programme, kind, fine, np.isin(kind, loose))
            decisions = [decisions[old] if found[old] else self.court(at).decide(programme.id)
                         for at, old in zip(first, was, strict=True)]  # fmt: skip
            found = [found[old] or self.pattern(each, at, settle=True)
                     for each, at, old in zip(decisions, first, was, strict=True)]  # fmt: skip
        if programme.id in self.seen:
            self.seen[programme.id] = seen_of(decisions, kind)
        return numbered(programme.id, [each for each in found if each], kind, self.members)

    def looked_at(self, programme: Programme, first: np.ndarray) -> tuple[np.ndarray, np.ndarray, list[Decision]]:
        """Which kinds of state stand for those that look alike from the top, which of these each kind is, and what is
        decided of them; nothing yet where each has to be looked at by itself.
        """
        seen = {name: each.some(first) for name, each in self.seen.items()}
        views = Views(self.memory, self.states.some(first), len(first), seen)
        below = [views.below(root) for root in roots(programme)]
        named, kind = apart([column for each in below for column in each.columns], len(first))
        court, trees = StateCourt(self.memory, 0), views.outcomes(programme.root, below[0], named)
        return named, kind, [court.decided(programme, tree, doubts=doubts) for tree, doubts in trees]

    def court(self, at: int) -> StateCourt:
        """Where one state is decided."""
        return StateCourt(self.memory, self.states.whole(at))

    def split(
        self, programme: Programme, kind: np.ndarray, fine: np.ndarray, loose: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The same kinds, but for the loose ones every state that differs in anything the programme rests on; and which
        kind each was before.
        """
        own = [fine]
        if met_by(programme):
            own = self.states.masked(self.memory.of_programme(programme.id)[0])
        first, now = apart([kind, *(np.where(loose, column, 0) for column in own)], len(self.members))
        return first, now, kind[first]

    def pattern(self, decision: Decision, at: int, *, settle: bool = False) -> Pattern | None:
        """What is said of a state; nothing yet where single facts may settle it, unless asked to try them."""
        may_settle = decision.answer == NOT_KNOWN and bool(in_every_branch(decision.tree))
        if may_settle and not settle:
            return None
        settled = settled_by(decision, self.court(at)) if may_settle else ()
        programme = decision.programme
        mandatory = programme.mandatory is not None and is_mandatory(programme, self.court(at))
        return Pattern(WORDS[decision.answer], decision.because, decision.missing, settled, decision.reviews, mandatory)


def seen_of(decisions: list[Decision], kind: np.ndarray) -> Seen:
    """What another programme sees of one: its answer, what it lacks, and why a person must look."""
    views = [(each.answer, each.missing, each.reviews, in_every_branch(each.tree)) for each in decisions]
    stands = dict(zip(reversed(views), reversed(decisions), strict=True))  # the first of each
    numbers = {view: at for at, view in enumerate(dict.fromkeys(views))}
    number = np.array([numbers[view] for view in views], dtype=np.int64)
    return Seen(number[kind], tuple(stands[view] for view in numbers))


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
    nothing = Seen(np.zeros(len(states), np.int64), ())
    seen = {met: nothing for each in programmes for met in met_by(each)}
    docket, found = _Docket(Memory(plan), told_apart(states), members, seen), {}
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
