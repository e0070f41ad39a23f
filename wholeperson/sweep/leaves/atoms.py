"""What a decision rests on: the facts and the leaves that some programme looks at, each once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wholeperson.rules.language import Node
from wholeperson.rules.reading.library import Policy, Programme
from wholeperson.rules.reading.make_nodes import walk

Place = tuple[int, int]  # the node and its arguments, as a case remembers what it looked at


class Leaf(NamedTuple):
    """One question to events or dates under one reading. ``shown``: it matters which source showed it."""

    key: str
    op: str
    args: dict[str, Any]
    shown: bool


@dataclass(slots=True)
class Atoms:
    """Everything the programmes of a policy look at, in a fixed order."""

    facts: dict[str, bool] = field(default_factory=dict)  # name → whether it matters which source said it
    leaves: dict[str, Leaf] = field(default_factory=dict)
    places: dict[Place, str] = field(default_factory=dict)  # where a case looks → the leaf's key
    of_node: dict[int, frozenset[str]] = field(default_factory=dict)  # the atoms at or below a node
    own: dict[int, frozenset[str]] = field(default_factory=dict)  # the atoms that the node itself looks at


def fact_atom(name: str) -> str:
    """The name of a fact's atom, apart from the names of leaves."""
    return f"fact {name}"


def tried_atom(name: str) -> str:
    """The name of the bit that says nobody told the fact: its value is only tried out."""
    return f"tried {name}"


def event_of(leaf: Leaf) -> str:
    """The event a leaf looks at."""
    return leaf.op if leaf.op in ("enrolled_in", "authorized_for") else str(leaf.args[leaf.op])


def atoms_of(policy: Policy) -> Atoms:
    """The atoms of all programmes."""
    found = Atoms()
    for programme in policy.programmes.values():
        for root in roots(programme):
            _gather(root, policy, found, shown=False)
    found.facts = dict(sorted(found.facts.items()))
    found.leaves = dict(sorted(found.leaves.items()))
    return found


def roots(programme: Programme) -> Iterator[Node]:
    """What a run decides of a programme: its criteria, and whom every plan must offer it to."""
    yield programme.root
    if programme.mandatory:
        yield programme.mandatory[1]


def _gather(node: Node, policy: Policy, found: Atoms, *, shown: bool) -> frozenset[str]:
    shown = shown or bool(node.records)
    own = found.own[id(node)] = frozenset(_own(node, found, shown))
    below = [_gather(child, policy, found, shown=shown) for child in node.children]
    if node.op == "meets":
        below.append(_gather(policy.programmes[node.args["meets"]].root, policy, found, shown=False))
    found.of_node[id(node)] = own.union(*below)
    return found.of_node[id(node)]


def _own(node: Node, found: Atoms, shown: bool) -> Iterator[str]:
    for name in (node.attested, node.args.get("fact") if node.op == "fact" else None):
        if name:
            found.facts[name] = found.facts.get(name, False) or shown
            yield from (fact_atom(name), tried_atom(name))
    if node.op == "age" or (node.op == "during" and node.args["on"] != "today"):
        found.facts.setdefault("birth_date", False)
        yield from (fact_atom("birth_date"), tried_atom("birth_date"))
    if not node.is_group and node.op not in ("fact", "meets"):
        for args in (node.args, *node.alternatives):
            yield _leaf(node, args, found, shown)


def _leaf(node: Node, args: dict[str, Any], found: Atoms, shown: bool) -> str:
    key = f"{node.op} {sorted(args.items(), key=str)}"
    known = found.leaves.get(key)
    found.leaves[key] = Leaf(key, node.op, args, shown or bool(known and known.shown))
    found.places[(id(node), id(args))] = key
    return key


def every_node(policy: Policy) -> Iterator[Node]:
    """Every node of every programme; a shared block comes as often as it is used."""
    for programme in policy.programmes.values():
        for root in roots(programme):
            yield from walk(root)
