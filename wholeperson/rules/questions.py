"""Which single fact would settle an answer, and what to ask next over all programmes at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from wholeperson.rules.answers import NOT_KNOWN
from wholeperson.rules.calendar import ONE_DAY, back, span
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision, Outcome
from wholeperson.rules.known import Known
from wholeperson.rules.language import Node
from wholeperson.rules.reading.library import Fact, Policy

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
        for name in sorted(_in_every_branch(decision.tree))
        if all(answer != NOT_KNOWN for answer in _tried(name, decision.programme.id, court))
    )


def _in_every_branch(outcome: Outcome) -> set[str]:
    """Only a fact that every open branch waits for can settle them all."""
    if outcome.answer != NOT_KNOWN or outcome.review:
        return set()
    if outcome.met:
        return _in_every_branch(outcome.met.tree)
    open_branches = [child for child in outcome.children if child.answer == NOT_KNOWN]
    own = {outcome.asks} if outcome.asks else set()
    if not open_branches:
        return own
    found = [_in_every_branch(child) for child in open_branches]
    gather = set.union if outcome.node.op == "at_least" else set.intersection
    return own | gather(*found)


def _tried(name: str, programme: str, court: Court) -> Iterator[int]:
    """The programme's answer under each value the fact could have."""
    for value in possible_values(name, court.case.policy, court.case):
        yield what_if(name, value, court).decide(programme).answer


def what_if(name: str, value: Any, court: Court) -> Court:
    """A court that also knows this; events are not looked at again."""
    case = court.case
    tried = Case.__new__(Case)
    tried.__dict__.update(case.__dict__)
    tried.told = {**case.told, name: Known(value)}
    return Court(tried, {key: each for key, each in court.decisions.items() if name not in each.missing})


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
    for decision in undecided:
        _weigh(decision.tree, 1.0, worth, done)
    ranked = sorted(worth, key=lambda name: (-worth[name] / _cost(court.case.policy.facts[name]), name))
    return [Question(name, tuple(_may_settle(name, undecided, court)) if settles else ()) for name in ranked[:most]]


def _cost(fact: Fact) -> float:
    """The cheapest of the sources that could say it."""
    return min((COST[source] for source in fact.proof), default=1.0)


def _weigh(outcome: Outcome, weight: float, worth: dict[str, float], asked: frozenset[str]) -> int:
    """Share a tree's weight among the facts that could settle it, small branches first; returns how many remain."""
    if outcome.answer != NOT_KNOWN or outcome.review:
        return 0
    if outcome.met:
        return _weigh(outcome.met.tree, weight, worth, asked)
    children = [(child, _size(child, asked)) for child in outcome.children if child.answer == NOT_KNOWN]
    if outcome.asks in asked:
        return 0  # who could not answer the question above is not asked those below
    own = 1 if outcome.asks else 0
    if outcome.asks:
        worth[outcome.asks] += weight
        weight *= 0.05  # the question above spares those below
    total = sum(1 / size for _, size in children if size)
    for child, size in children:
        if size:
            _weigh(child, weight * (1 / size) / total, worth, asked)
    return own + sum(size for _, size in children)


def _size(outcome: Outcome, asked: frozenset[str]) -> int:
    """How many questions would settle the branch, if its own one is not asked any more."""
    if outcome.answer != NOT_KNOWN or outcome.review:
        return 0
    if outcome.met:
        return _size(outcome.met.tree, asked)
    if outcome.asks:
        return 0 if outcome.asks in asked else 1
    return sum(_size(child, asked) for child in outcome.children)


def _may_settle(name: str, undecided: list[Decision], court: Court) -> Iterator[str]:
    """The programmes that at least one answer would decide."""
    for decision in undecided:
        if name in decision.missing and any(
            answer != NOT_KNOWN for answer in _tried(name, decision.programme.id, court)
        ):
            yield decision.programme.id
