"""Which single fact would settle an answer, and what to ask next over all programmes at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from wholeperson.rules.answers import NOT_KNOWN
from wholeperson.rules.calendar import ONE_DAY, back, span
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision
from wholeperson.rules.language import Node
from wholeperson.rules.outcomes import Outcome, read_once
from wholeperson.rules.reading.library import Fact, Policy
from wholeperson.rules.reading.make_nodes import ANOTHER

# How dear an answer is: asking the member costs least, an assessment by a clinician most.
COST = {
    "member": 1.0,
    "referrer": 1.0,
    "enrolment": 1.0,
    "screening": 1.1,
    "authorizations": 1.2,
    "claims": 1.3,
    "adt": 1.3,
    "hmis": 1.3,
    "ihss": 1.3,
    "waiver": 1.3,
    "corrections": 1.4,
    "child_welfare": 1.4,
    "ces": 1.4,
    "assessment": 1.6,
    "clinician": 1.6,
}


class Question(NamedTuple):
    """A fact worth asking for, and the programmes that some answer to it would decide."""

    fact: str
    settles: tuple[str, ...]


def settled_by(decision: Decision, court: Court) -> tuple[str, ...]:
    """The facts that decide the programme whatever their value."""
    if decision.answer != NOT_KNOWN or not decision.missing:
        return ()
    return tuple(
        name
        for name in sorted(in_every_branch(decision.tree))
        if all(answer != NOT_KNOWN for answer in _tried(name, decision.programme.id, court))
    )


@read_once
def in_every_branch(outcome: Outcome) -> frozenset[str]:
    """Only a fact that every open branch waits for can settle them all."""
    if outcome.answer != NOT_KNOWN or outcome.review:
        return frozenset()
    if outcome.met:
        return in_every_branch(outcome.met.tree)
    open_branches = [child for child in outcome.children if child.answer == NOT_KNOWN]
    own = frozenset({outcome.asks} if outcome.asks else ())
    if not open_branches:
        return own
    if outcome.node.op == "at_least":
        return own.union(*map(in_every_branch, open_branches))
    shared = in_every_branch(open_branches[0])
    for child in open_branches[1:]:
        if not shared:
            break
        shared &= in_every_branch(child)
    return own | shared


def _tried(name: str, programme: str, court: Court) -> Iterator[int]:
    """The programme's answer under each value the fact could have."""
    for value in possible_values(name, court.case.policy, court.case):
        yield court.what_if(name, value).decide(programme).answer


def possible_values(name: str, policy: Policy, case: Case) -> tuple[Any, ...]:
    """Values of the fact on every side of every line that some criterion draws."""
    fact = policy.facts[name]
    if fact.type == "bool":
        return (True, False)
    if fact.type == "word":
        return fact.values
    lines = _lines_drawn(fact, policy, case)
    if fact.type == "int":
        return tuple(sorted({each + step for each in lines if isinstance(each, int) for step in (-1, 0, 1)} | {0}))
    if fact.type == "date":
        near = {
            each + step
            for each in lines
            if not isinstance(each, int | str | tuple)
            for step in (-ONE_DAY, 0 * ONE_DAY, ONE_DAY)
        }
        return (None, *sorted(near))
    return tuple({(each,) for each in lines if isinstance(each, str)} | {("none of these",)})


def _lines_drawn(fact: Fact, policy: Policy, case: Case) -> set[Any]:
    """The values some criterion compares the fact with."""
    drawn: set[Any] = set()
    for programme in policy.programmes.values():
        for node in programme.nodes:
            if fact.name in (node.attested, node.args.get("fact")):
                drawn |= set(_compared(node, policy, case))
    return drawn


def _compared(node: Node, policy: Policy, case: Case) -> Iterator[Any]:
    for args in (node.args, *node.alternatives):
        for key in ("at_least", "at_most", "is"):
            value = args.get(key)
            length = span(value.removesuffix(" ago")) if isinstance(value, str) else None
            if value is not None:
                yield back(case.on, length) if length else value
        members = args.get("in", ())
        yield from policy.codes(members["codes"], case.on) if isinstance(members, dict) else members


def next_questions(
    court: Court, decisions: Iterable[Decision], *, asked: Iterable[str] = (), most: int = 5, settles: bool = True
) -> list[Question]:
    """The facts most worth asking for now, best first: those that settle much, soon, and cost little to learn."""
    undecided = [each for each in decisions if each.answer == NOT_KNOWN and each.missing]
    worth: dict[str, float] = defaultdict(float)
    done = frozenset(asked)
    sizes: dict[int, int] = {}
    for tree in _open_trees(undecided):
        _weigh(tree, 1.0, worth, done, sizes)
    ranked = sorted(worth, key=lambda name: (-worth[name] / _cost(court.case.policy.facts[name]), name))
    return [Question(name, tuple(_may_settle(name, undecided, court)) if settles else ()) for name in ranked[:most]]


def _open_trees(undecided: list[Decision]) -> list[Outcome]:
    """The trees of the undecided programmes, and of those they rest on, each once."""
    trees = {id(each.tree): each.tree for each in undecided}
    todo = [each.tree for each in undecided if ANOTHER in each.programme.root.mentions]
    while todo:
        outcome = todo.pop()
        todo += outcome.children
        if outcome.met and outcome.met.answer == NOT_KNOWN:
            trees[id(outcome.met.tree)] = outcome.met.tree
            todo += outcome.met.tree.children
    return list(trees.values())


def _cost(fact: Fact) -> float:
    """The cheapest of the sources that could say it."""
    return min((COST[source] for source in fact.proof), default=1.0)


def _weigh(
    outcome: Outcome, weight: float, worth: dict[str, float], asked: frozenset[str], sizes: dict[int, int]
) -> None:
    """Share a tree's weight among the facts that could settle it, small branches first.

    A programme that another one meets is weighed where it stands itself.
    """
    if not _size(outcome, asked, sizes):
        return
    if outcome.asks:  # the question above spares those below
        worth[outcome.asks] += weight
        return
    children = [(child, size) for child in outcome.children if (size := _size(child, asked, sizes))]
    total = sum(1 / size for _, size in children)
    for child, size in children:
        _weigh(child, weight / size / total, worth, asked, sizes)


def _size(outcome: Outcome, asked: frozenset[str], sizes: dict[int, int]) -> int:
    """How many questions would settle the branch; none where nobody could answer the question above those below."""
    if outcome.answer != NOT_KNOWN or outcome.review:
        return 0
    if id(outcome) not in sizes:
        if outcome.met:
            size = _size(outcome.met.tree, asked, sizes)
        elif outcome.asks:
            size = 0 if outcome.asks in asked else 1
        else:
            size = sum([_size(child, asked, sizes) for child in outcome.children])
        sizes[id(outcome)] = size
    return sizes[id(outcome)]


def _may_settle(name: str, undecided: list[Decision], court: Court) -> Iterator[str]:
    """The programmes that at least one answer would decide."""
    courts = [court.what_if(name, value) for value in possible_values(name, court.case.policy, court.case)]
    for decision in undecided:
        if name in decision.missing and any(each.decide(decision.programme.id).answer != NOT_KNOWN for each in courts):
            yield decision.programme.id
