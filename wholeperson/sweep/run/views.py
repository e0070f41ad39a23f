"""What is seen of each criterion from above it: states that look alike there need not be decided apart.

A group is decided by what its members show it: the answer, why, what is missing, what would not stand without an
unconfirmed rule. Many states differ below and show the same. So the kinds of state are put together criterion by
criterion, from the leaves up, and only what still differs at the top is decided as a programme.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from wholeperson.rules.answers import NOT_KNOWN
from wholeperson.rules.language import Node
from wholeperson.rules.outcomes import Outcome, because, held_back, missing, without
from wholeperson.rules.questions import in_every_branch
from wholeperson.sweep.leaves.layout import whole
from wholeperson.sweep.run.patterns import Memory, StateCourt
from wholeperson.sweep.run.sorting import apart, masked

View = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Views:
    """The kinds of state of one programme: ``states`` stand for them. ``seen``: what programmes that it meets show of
    each.
    """

    memory: Memory
    states: np.ndarray
    seen: dict[str, np.ndarray]

    def of(self, node: Node) -> np.ndarray:
        """A number for each kind of state: the same where the node shows the same."""
        if node.op == "meets":
            seen: np.ndarray = self.seen[node.args["meets"]]
            return seen
        shown, kind = apart(self.below(node), len(self.states))
        if len(shown) > len(self.states) // 4:  # so many differ that looking at each would cost more than it saves
            return kind
        numbers: dict[View, int] = {}
        views = [view(self._decided(node, at)) for at in shown]
        number = np.array([numbers.setdefault(each, len(numbers)) for each in views], dtype=np.int64)
        told: np.ndarray = number[kind]
        return told

    def below(self, node: Node) -> list[np.ndarray]:
        """What the node's own answer is made of: what its members show, and its own bits."""
        plan = self.memory.plan
        if node.records or not node.children:  # it matters who said what, however far below
            return self._bits(plan.atoms.of_node[id(node)])
        return [*(self.of(child) for child in node.children), *self._bits(plan.atoms.own[id(node)])]

    def _bits(self, atoms: frozenset[str]) -> list[np.ndarray]:
        return masked(self.states, self.memory.plan.layout.mask(atoms))

    def _decided(self, node: Node, at: int) -> Outcome:
        return StateCourt(self.memory, whole(self.states[at].tolist())).node(node)


def view(outcome: Outcome) -> View:
    """Everything that a criterion above can see of an outcome."""
    told = (outcome.answer, because(outcome), without(outcome, "tentative"), without(outcome, "disputed"))
    if outcome.answer != NOT_KNOWN:
        return told
    return (*told, held_back(outcome), missing(outcome), in_every_branch(outcome))
