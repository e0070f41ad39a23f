"""Decides each distinct state once, by the rules themselves, and never the same criterion twice for the same cause.

A state is one number (``leaves.layout``). Every node rests on some of its bits; what was decided for those bits is
kept, so that a million members cost no more than the few thousand ways in which they differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision
from wholeperson.rules.known import Known
from wholeperson.rules.language import Node
from wholeperson.rules.leaves import Seen
from wholeperson.rules.outcomes import Outcome
from wholeperson.rules.person import Happening
from wholeperson.sweep.leaves.atoms import Place, fact_atom, tried_atom
from wholeperson.sweep.leaves.coding import decode, decode_leaf, encode
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.leaves.windows import nobody


class StateCase(Case):
    """A case that knows what a state says, and nothing of whom it is about."""

    def __init__(self, plan: Plan, state: int) -> None:
        super().__init__(plan.policy, nobody(()), on=plan.calendar.on)
        self.rests_on, self.state = plan, state
        self.observed = _Observed(plan, state)

    def known(self, name: str) -> Known | None:
        """What the state knows of the fact."""
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> Known | None:
        plan = self.rests_on
        told = plan.layout.read(fact_atom(name), self.state)
        known = decode(told, plan.bits[name], plan.classes[name], plan.groups)
        return Known(known.value) if known and plan.layout.read(tried_atom(name), self.state) else known

    def happenings(self, name: str) -> tuple[Happening, ...]:
        """A state has looked already; nobody looks again."""
        raise LookupError(name)


class _Observed(dict[Place, Any]):
    """What was looked at, read from the state when it is asked for."""

    def __init__(self, plan: Plan, state: int) -> None:
        super().__init__()
        self.plan, self.state = plan, state

    def get(self, key: Place, default: Any = None) -> Seen | Any:
        """The leaf as the rules would have seen it."""
        leaf = self.plan.atoms.places.get(key)
        if leaf is None:
            return default
        return decode_leaf(self.plan.layout.read(leaf, self.state), self.plan.groups)


@dataclass(slots=True)
class Memory:
    """What was decided, node by node and programme by programme, under the bits each rests on."""

    plan: Plan
    masks: dict[int, int] = field(default_factory=dict)
    outcomes: dict[int, dict[int, tuple[Outcome, bool]]] = field(default_factory=dict)
    decisions: dict[str, dict[int, Decision]] = field(default_factory=dict)

    def mask(self, node: Node) -> int:
        """The bits that the node rests on."""
        if id(node) not in self.masks:
            self.masks[id(node)] = self.plan.layout.mask(self.plan.atoms.of_node[id(node)])
        return self.masks[id(node)]


class StateCourt(Court):
    """Decides for one state, and remembers for all."""

    def __init__(self, memory: Memory, state: int) -> None:
        self.memory, self.state = memory, state
        self.decisions, self.outcomes = {}, {}
        self.doubts, self.changed = False, None

    @cached_property
    def case(self) -> StateCase:  # type: ignore[override]
        """Made only where something was not decided before."""
        return StateCase(self.memory.plan, self.state)

    def what_if(self, fact: str, value: Any) -> "StateCourt":
        """A court whose state has one fact told."""
        plan = self.memory.plan
        klass = plan.classes[fact].number(value, self.case)
        state = plan.layout.written(fact_atom(fact), self.state, encode(plan.bits[fact], klass))
        return StateCourt(self.memory, plan.layout.written(tried_atom(fact), state, 1))

    def decide(self, programme_id: str) -> Decision:
        """The programme's decision, for all states that agree in what it rests on."""
        known = self.memory.decisions.setdefault(programme_id, {})
        root = self.memory.plan.policy.programmes[programme_id].root
        key = self.state & self.memory.mask(root)
        if key not in known:
            self.doubts = False
            known[key] = super().decide(programme_id)
        return known[key]

    def node(self, node: Node) -> Outcome:
        """The node's outcome, for all states that agree in what it rests on."""
        known = self.memory.outcomes.setdefault(id(node), {})
        key = self.state & self.memory.mask(node)
        if key not in known:
            before, self.doubts = self.doubts, False
            outcome = super().node(node)
            known[key] = (outcome, self.doubts)
            self.doubts = before
        outcome, doubts = known[key]
        self.doubts = self.doubts or doubts
        return outcome


def each_programme(plan: Plan) -> Iterator[tuple[str, int]]:
    """Every programme with the bits its answer and its being mandatory rest on."""
    for programme in plan.policy.programmes.values():
        roots = [programme.root, *([programme.mandatory[1]] if programme.mandatory else [])]
        atoms = frozenset().union(*(plan.atoms.of_node[id(root)] for root in roots))
        yield programme.id, plan.layout.mask(atoms)
