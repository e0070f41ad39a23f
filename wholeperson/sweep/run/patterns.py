"""Decides each distinct state once, by the rules themselves, and never the same criterion twice for the same cause.

A state is one number (``leaves.layout``). Every node rests on some of its bits; what was decided for those bits is
kept, so that a million members cost no more than the few thousand ways in which they differ.
"""

from dataclasses import dataclass, field
from typing import Any

from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision
from wholeperson.rules.known import Known
from wholeperson.rules.language import Node
from wholeperson.rules.leaves import Seen
from wholeperson.rules.outcomes import Outcome
from wholeperson.rules.person import Happening
from wholeperson.rules.reading.library import Programme
from wholeperson.rules.reading.make_nodes import walk
from wholeperson.sweep.leaves.atoms import Place, fact_atom, roots, tried_atom
from wholeperson.sweep.leaves.coding import decode, decode_leaf, encode
from wholeperson.sweep.leaves.plan import Plan


class StateCase(Case):
    """A case that knows what a state says, and nothing of whom it is about."""

    def __init__(self, plan: Plan, state: int) -> None:
        # Not by way of Case: there is no person to look anything up of, and this is made a hundred thousand times.
        self.policy, self.on = plan.policy, plan.calendar.on
        self.rests_on, self.state = plan, state
        self.observed = _Observed(plan, state)
        self._known = {}

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
    outcomes: dict[int, tuple[int, dict[int, tuple[Outcome, bool]]]] = field(default_factory=dict)
    decisions: dict[str, tuple[int, dict[int, Decision]]] = field(default_factory=dict)
    tried: dict[tuple[str, Any], tuple[int, int]] = field(default_factory=dict)

    def trying(self, fact: str, value: Any, case: Case) -> tuple[int, int]:
        """The bits of a state that stay where the fact is tried out with that value, and those that are set."""
        found = self.tried.get((fact, value))
        if found is None:
            layout, atoms = self.plan.layout, (fact_atom(fact), tried_atom(fact))
            told = encode(self.plan.bits[fact], self.plan.classes[fact].number(value, case))
            made = layout.written(atoms[1], layout.written(atoms[0], 0, told), 1)
            found = self.tried[fact, value] = (~layout.mask(atoms), made)
        return found

    def of_node(self, node: Node) -> tuple[int, dict[int, tuple[Outcome, bool]]]:
        """The bits that the node rests on, and what was decided for each state of them."""
        found = self.outcomes.get(id(node))
        if found is None:
            found = self.outcomes[id(node)] = (self.mask(node), {})
        return found

    def of_programme(self, programme: str) -> tuple[int, dict[int, Decision]]:
        """The same for a whole programme."""
        if programme not in self.decisions:
            self.decisions[programme] = (self.mask(self.plan.policy.programmes[programme].root), {})
        return self.decisions[programme]

    def mask(self, node: Node) -> int:
        """The bits that the node rests on."""
        return self.plan.layout.mask(self.plan.atoms.of_node[id(node)])


class StateCourt(Court):
    """Decides for one state, and remembers for all."""

    def __init__(self, memory: Memory, state: int) -> None:
        # Not by way of Court either, for the same reason.
        self.memory, self.state, self.case = memory, state, StateCase(memory.plan, state)
        self.decisions, self.outcomes = {}, {}
        self.doubts, self.changed = False, None

    def what_if(self, fact: str, value: Any) -> "StateCourt":
        """A court whose state has one fact told."""
        stays, told = self.memory.trying(fact, value, self.case)
        return StateCourt(self.memory, self.state & stays | told)

    def decide(self, programme_id: str) -> Decision:
        """The programme's decision, for all states that agree in what it rests on."""
        mask, known = self.memory.of_programme(programme_id)
        key = self.state & mask
        found = known.get(key)
        if found is None:
            self.doubts = False
            found = known[key] = super().decide(programme_id)
        return found

    def node(self, node: Node) -> Outcome:
        """The node's outcome, for all states that agree in what it rests on."""
        memory = self.memory
        mask, known = memory.outcomes.get(id(node)) or memory.of_node(node)
        key = self.state & mask
        found = known.get(key)
        if found is None:
            before, self.doubts = self.doubts, False
            outcome = super().node(node)
            found = known[key] = (outcome, self.doubts)
            self.doubts = before
        if found[1]:
            self.doubts = True
        return found[0]


def own_mask(plan: Plan, programme: Programme) -> int:
    """The bits that the programme's answer and its being mandatory rest on, but for those of programmes it meets."""
    atoms = frozenset().union(*(_own_atoms(plan, root) for root in roots(programme)))
    return plan.layout.mask(atoms)


def _own_atoms(plan: Plan, node: Node) -> frozenset[str]:
    if node.op == "meets":
        return frozenset()
    if not node.children:
        return plan.atoms.of_node[id(node)]
    return plan.atoms.own[id(node)].union(*(_own_atoms(plan, child) for child in node.children))


def met_by(programme: Programme) -> list[str]:
    """The programmes that the programme meets."""
    found = (node.args["meets"] for root in roots(programme) for node in walk(root) if node.op == "meets")
    return sorted(set(found))
