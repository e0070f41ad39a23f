"""What is seen of each criterion from above it: states that look alike there need not be decided apart.

A group is decided by what its members show it: the answer, why, what is missing, what would not stand without an
unconfirmed rule. Many states differ below and show the same. So the kinds of state are put together criterion by
criterion, from the leaves up, and only what still differs at the top is decided as a programme.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from wholeperson.rules.answers import NOT_KNOWN, YES
from wholeperson.rules.decide import Decision
from wholeperson.rules.language import Node
from wholeperson.rules.outcomes import Outcome, because, held_back, missing, without
from wholeperson.rules.questions import in_every_branch
from wholeperson.sweep.run.patterns import Memory, StateCourt
from wholeperson.sweep.run.sorting import States, apart

View = tuple[Any, ...]
Found = tuple[Outcome, bool]  # and whether anything in it is tentative or disputed


class Shown(NamedTuple):
    """What a criterion shows in each kind of state: a number, the same where it shows the same; and where that could be
    found without looking at each: the answer, an outcome that stands for each number, and whether anything in it is
    tentative or disputed.
    """

    numbers: np.ndarray
    answers: np.ndarray | None = None
    outcomes: tuple[Found, ...] = ()

    def each(self) -> list[Found]:
        """An outcome for every kind of state."""
        return [self.outcomes[number] for number in self.numbers.tolist()]


class Seen(NamedTuple):
    """What others see of a programme in each kind of state: a number, and a decision that stands for each number."""

    numbers: np.ndarray
    decisions: tuple[Decision, ...]

    def some(self, places: np.ndarray) -> "Seen":
        """The same of some of the kinds."""
        return Seen(self.numbers[places], self.decisions)


class Below(NamedTuple):
    """What a node's own answer is made of: columns of what its members show and of its own bits; the members, where
    they alone make it; and what those come to together.
    """

    columns: list[np.ndarray]
    members: list[Shown]
    inner: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Views:
    """The kinds of state of one programme: ``states`` stand for them, so many. ``seen``: what programmes that it meets
    show of each.
    """

    memory: Memory
    states: States
    number: int
    seen: dict[str, Seen]

    def of(self, node: Node) -> Shown:
        """What the node shows in each kind of state."""
        if node.op == "meets":
            return _met(node, self.seen[node.args["meets"]])
        below = self.below(node)
        shown, kind = apart(below.columns, self.number)
        found = self.outcomes(node, below, shown)
        if len(shown) > self.number // 4:  # so many differ that looking at each would cost more than it saves
            answers = None if below.inner is None else YES - below.inner if node.op == "none_of" else below.inner
            return Shown(kind, answers, tuple(found))
        return _numbered(found or [self._decided(node, at) for at in shown], kind)

    def outcomes(self, node: Node, below: Below, places: np.ndarray) -> list[Found]:
        """The node decided in those kinds of state, by what its members came to; nothing where that is not enough."""
        if not below.members or not all(each.outcomes for each in below.members):
            return []
        court = StateCourt(self.memory, 0)
        members = zip(*(Shown(each.numbers[places], None, each.outcomes).each() for each in below.members), strict=True)
        return [_together(court, node, each) for each in members]

    def below(self, node: Node) -> Below:
        """What the node's own answer is made of."""
        plan = self.memory.plan
        if node.records or not node.children:  # it matters who said what, however far below
            return Below(self._bits(plan.atoms.of_node[id(node)]), [])
        members = [self.of(child) for child in node.children]
        bits = self._bits(plan.atoms.own[id(node)])
        answers = [each.answers for each in members if each.answers is not None]
        alone = members if is_alone(node) else []
        if not is_plain(node) or len(answers) < len(members):
            return Below([*(each.numbers for each in members), *bits], alone)
        inner = (np.minimum if node.op == "all_of" else np.maximum).reduce(answers)
        return Below([*(_heard(each, inner) for each in members), *bits], alone, inner)

    def _bits(self, atoms: frozenset[str]) -> list[np.ndarray]:
        return self.states.masked(self.memory.plan.layout.mask(atoms))

    def _decided(self, node: Node, at: int) -> Found:
        court = StateCourt(self.memory, self.states.whole(at))
        return court.node(node), court.doubts


def _met(node: Node, seen: Seen) -> Shown:
    outcomes = [StateCourt.meets(node, each) for each in seen.decisions]
    found = tuple((each, each.tentative or each.disputed) for each in outcomes)
    return Shown(seen.numbers, np.array([each.answer for each in outcomes])[seen.numbers], found)


def _numbered(found: list[Found], kind: np.ndarray) -> Shown:
    """Outcomes that look alike from above, as one."""
    numbers: dict[View, int] = {}
    number = [numbers.setdefault((view(outcome), doubts), len(numbers)) for outcome, doubts in found]
    stands = dict(zip(reversed(number), reversed(found), strict=True))  # the first of each
    answers = np.array([outcome.answer for outcome, _ in found])
    return Shown(np.array(number, np.int64)[kind], answers[kind], tuple(stands[at] for at in range(len(numbers))))


def _together(court: StateCourt, node: Node, members: tuple[Found, ...]) -> Found:
    return court.group(node, tuple([each[0] for each in members])), any(each[1] for each in members)


def is_alone(node: Node) -> bool:
    """Whether the node's members alone make its answer, and nothing is done to it afterwards."""
    return not (node.attested or node.held or node.perhaps_from or node.dated or node.records)


def is_plain(node: Node) -> bool:
    """Whether the node's members alone make its answer, all of them on every day: then nothing is seen of those that
    answer otherwise than they come to together. They are no reason, and while one of the others is not known, whatever
    they say leaves it so.
    """
    own = node.attested or node.held or node.perhaps_from or node.open_list or node.dated
    return node.op in ("all_of", "any_of", "none_of") and not own


def _heard(member: Shown, inner: np.ndarray) -> np.ndarray:
    heard: np.ndarray = np.where(member.answers == inner, member.numbers + 1, 0)
    return heard


def view(outcome: Outcome) -> View:
    """Everything that a criterion above can see of an outcome."""
    told = (outcome.answer, because(outcome), without(outcome, "tentative"), without(outcome, "disputed"))
    if outcome.answer != NOT_KNOWN:
        return told
    return (*told, held_back(outcome), missing(outcome), in_every_branch(outcome))
