"""What is seen of each criterion from above it: states that look alike there need not be decided apart.

A group is decided by what its members show it: the answer, why, what is missing, what would not stand without an
unconfirmed rule. Many states differ below and show the same. So the kinds of state are put together criterion by
criterion, from the leaves up, and only what still differs at the top is decided as a programme.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from wholeperson.rules.answers import NOT_KNOWN, YES
from wholeperson.rules.language import Node
from wholeperson.rules.outcomes import Outcome, because, held_back, missing, without
from wholeperson.rules.questions import in_every_branch
from wholeperson.sweep.leaves.layout import whole
from wholeperson.sweep.run.patterns import Memory, StateCourt
from wholeperson.sweep.run.sorting import apart, masked

View = tuple[Any, ...]


class Shown(NamedTuple):
    """What a criterion shows in each kind of state: a number, the same where it shows the same; and its answer, where
    that is known without looking at each.
    """

    numbers: np.ndarray
    answers: np.ndarray | None

    def some(self, places: np.ndarray) -> "Shown":
        """The same of some of the kinds."""
        return Shown(self.numbers[places], None if self.answers is None else self.answers[places])


@dataclass(frozen=True, slots=True)
class Views:
    """The kinds of state of one programme: ``states`` stand for them. ``seen``: what programmes that it meets show of
    each.
    """

    memory: Memory
    states: np.ndarray
    seen: dict[str, Shown]

    def of(self, node: Node) -> Shown:
        """What the node shows in each kind of state."""
        if node.op == "meets":
            return self.seen[node.args["meets"]]
        below, inner = self._below(node)
        shown, kind = apart(below, len(self.states))
        if len(shown) > len(self.states) // 4:  # so many differ that looking at each would cost more than it saves
            return Shown(kind, YES - inner if inner is not None and node.op == "none_of" else inner)
        numbers: dict[View, int] = {}
        views = [view(self._decided(node, at)) for at in shown]
        number = np.array([numbers.setdefault(each, len(numbers)) for each in views], dtype=np.int64)
        return Shown(number[kind], np.array([each[0] for each in views])[kind])

    def below(self, node: Node) -> list[np.ndarray]:
        """What the node's own answer is made of: what its members show, and its own bits."""
        return self._below(node)[0]

    def _below(self, node: Node) -> tuple[list[np.ndarray], np.ndarray | None]:
        """The same, and what the members come to together, where that alone makes the answer."""
        plan = self.memory.plan
        if node.records or not node.children:  # it matters who said what, however far below
            return self._bits(plan.atoms.of_node[id(node)]), None
        members = [self.of(child) for child in node.children]
        bits = self._bits(plan.atoms.own[id(node)])
        answers = [each.answers for each in members if each.answers is not None]
        if not is_plain(node) or len(answers) < len(members):
            return [*(each.numbers for each in members), *bits], None
        inner = (np.minimum if node.op == "all_of" else np.maximum).reduce(answers)
        return [*(_heard(each, inner) for each in members), *bits], inner

    def _bits(self, atoms: frozenset[str]) -> list[np.ndarray]:
        return masked(self.states, self.memory.plan.layout.mask(atoms))

    def _decided(self, node: Node, at: int) -> Outcome:
        return StateCourt(self.memory, whole(self.states[at].tolist())).node(node)


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
