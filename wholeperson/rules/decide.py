"""The reference evaluator: every criterion, its answer, and why. Slow on purpose where speed would cost a reader."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from wholeperson.rules import leaves
from wholeperson.rules.answers import NO, NOT_KNOWN, YES, Answer, opposite
from wholeperson.rules.calendar import back
from wholeperson.rules.case import Case
from wholeperson.rules.known import Known
from wholeperson.rules.language import Node
from wholeperson.rules.outcomes import (
    AUTHORITY_ENDED,
    DISAGREEMENT,
    RULE_UNCONFIRMED,
    Outcome,
    because,
    combine,
    held_back,
    missing,
    rests_on,
)
from wholeperson.rules.reading.library import Programme


@dataclass(eq=False)
class Decision:
    """One programme decided: the answer, the tree it came from, and why a person must look."""

    programme: Programme
    answer: Answer
    tree: Outcome
    reviews: tuple[str, ...] = ()

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The facts that could still change a *not known*."""
        return tuple(sorted(missing(self.tree)))

    @cached_property
    def because(self) -> tuple[str, ...]:
        """The ids of the criteria that made the answer."""
        return because(self.tree)


@dataclass(slots=True)
class Court:
    """Decides programmes for one case, each once."""

    case: Case
    decisions: dict[str, Decision] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    doubts: bool = False
    changed: str | None = None

    def what_if(self, fact: str, value: Any) -> "Court":
        """A court that knows one thing more; what does not rest on it is not decided again."""
        again = {name: each for name, each in self.decisions.items() if not each.programme.root.mentions & {fact, "*"}}
        return Court(self.case.told_also(fact, value), again, self.outcomes, self.doubts, fact)

    def decide(self, programme_id: str) -> Decision:
        """The programme's decision."""
        if programme_id not in self.decisions:
            programme = self.case.policy.programmes[programme_id]
            self.decisions[programme_id] = self._decide(programme)
        return self.decisions[programme_id]

    def _decide(self, programme: Programme) -> Decision:
        tree = self.node(programme.root)
        return self.decided(programme, tree, doubts=self.doubts)

    def decided(self, programme: Programme, tree: Outcome, *, doubts: bool) -> Decision:
        """What follows from the tree. ``doubts``: whether anything in it is tentative or disputed."""
        reviews = set(held_back(tree)) if tree.answer == NOT_KNOWN else set(rests_on(tree) if doubts else ())
        answer = tree.answer
        if answer == NO and programme.authority_until and self.case.on > programme.authority_until:
            answer = NOT_KNOWN
            reviews.add(AUTHORITY_ENDED)
        return Decision(programme, answer, tree, tuple(sorted(reviews)))

    def node(self, node: Node) -> Outcome:
        """Decide one node; the same again where nothing it rests on has changed."""
        if not self.changed:
            if id(node) in self.outcomes:  # a shared block that another programme has asked about already
                return self.outcomes[id(node)]
        elif not node.mentions & {self.changed, "*"} and id(node) in self.outcomes:
            return self.outcomes[id(node)]
        outcome = self._group(node) if node.is_group else self._leaf(node)
        if node.records:
            self._weigh_records(outcome)
        if node.held and outcome.answer == YES:
            outcome.answer, outcome.review = NOT_KNOWN, RULE_UNCONFIRMED
        if node.perhaps_from and node.only_perhaps(self.case.on):
            self._held_open(outcome)
        if outcome.tentative or outcome.disputed:
            self.doubts = True
        if not self.changed:
            self.outcomes[id(node)] = outcome
        return outcome

    def _group(self, node: Node) -> Outcome:
        living = [each for each in node.children if each.in_force(self.case.on)] if node.dated else node.children
        return self.group(node, tuple([self.node(child) for child in living]))

    def group(self, node: Node, children: tuple[Outcome, ...]) -> Outcome:
        """A group whose members in force are decided."""
        inner = combine(node, [child.answer for child in children])
        outcome = Outcome(node, inner, children)
        if node.attested:
            self._hear(outcome, self.case.known(node.attested), counts=False, hurts=YES if _turned(node) else NO)
        if node.op == "none_of":
            outcome.answer = opposite(outcome.answer)
        if outcome.sources:  # somebody's word decided, not the members, which were softened one by one
            self._soften(outcome)
        return outcome

    def _leaf(self, node: Node) -> Outcome:
        if node.op == "meets":
            return self._meets(node)
        plain = node.op == "fact" and not node.attested
        outcome = self._fact(node, node.args) if plain else self._read(node, node.args)
        if node.alternatives:
            self._weigh_readings(outcome, node)
        if node.unconfirmed or node.wider:
            self._soften(outcome)
        return outcome

    def _meets(self, node: Node) -> Outcome:
        return self.meets(node, self.decide(node.args["meets"]))

    @staticmethod
    def meets(node: Node, met: Decision) -> Outcome:
        """A criterion that is another programme, decided."""
        outcome = Outcome(node, met.answer, met=met)
        outcome.tentative = RULE_UNCONFIRMED in met.reviews and met.answer != NOT_KNOWN
        outcome.disputed = DISAGREEMENT in met.reviews and met.answer != NOT_KNOWN
        return outcome

    def _read(self, node: Node, args: dict[str, Any]) -> Outcome:
        """The leaf's answer under one reading, from the record and from what somebody attested."""
        hurts = NO if node.helps else YES
        if node.op == "fact":
            return self._fact(node, args)
        key = (id(node), id(args))
        found = self.case.observed.get(key)
        if found is None:
            found = self.case.observed[key] = leaves.look(node, args, self.case)
        outcome = Outcome(node, found.answer, (), found.seen, found.sources)
        if node.op == "age" or (
            node.op == "during" and node.args["on"] != "today" and self.case.known("birth_date") is None
        ):
            outcome.asks = "birth_date"
        if node.attested:
            self._hear(
                outcome, self.case.known(node.attested), counts=node.op in ("count", "days"), hurts=hurts, args=args
            )
        return outcome

    def _fact(self, node: Node, args: dict[str, Any]) -> Outcome:
        name = args["fact"]
        known = self.case.known(name)
        if known is None:
            return Outcome(node, NOT_KNOWN, asks=name)
        answer = leaves.compare(known.value, args, self.case)
        outcome = Outcome(node, answer, (), {"value": known.value}, known.sources, asks=name)
        if known.others and any(leaves.compare(other, args, self.case) != answer for other in known.others):
            self._dispute(outcome, answer, NO if node.helps else YES)
        outcome.tentative = known.tentative
        return outcome

    def _hear(
        self, outcome: Outcome, known: Known | None, *, counts: bool, hurts: Answer, args: dict[str, Any] | None = None
    ) -> None:
        """Set somebody's word beside the record: either yes stands, the higher of two numbers too."""
        outcome.asks = outcome.node.attested
        if known is None or (known.silent and outcome.answer == YES):  # silence contradicts nothing that is on record
            return
        limits = compared_with(outcome.node, args, self.case)
        said = leaves.compare(known.value, limits, self.case)
        if said == NO and outcome.node.op == "count" and isinstance(known.value, date):
            outcome.asks = None  # the day of one that is too old does not say that there was no newer one
            return
        observed = outcome.answer
        if any(leaves.compare(other, limits, self.case) != said for other in known.others) and not counts:
            outcome.answer = max(said, observed) if observed != NOT_KNOWN else said
            self._dispute(outcome, outcome.answer, hurts)
        elif observed == NOT_KNOWN:
            outcome.answer = said
        elif said > observed:
            outcome.answer = said
            self._dispute(outcome, said, hurts)
        elif said < observed and not counts and not outcome.node.is_group:
            self._dispute(outcome, observed, hurts)
        if said == outcome.answer and (observed != said or not outcome.sources):
            outcome.seen, outcome.sources = (
                {**(outcome.seen or {}), "value": known.value},
                known.sources + outcome.sources,
            )
        outcome.tentative = outcome.tentative or (known.tentative and said == outcome.answer != observed)

    @staticmethod
    def _dispute(outcome: Outcome, answer: Answer, hurts: Answer) -> None:
        """Where sources disagree, the answer that helps stands; the one that hurts waits for a person."""
        if answer == hurts:
            outcome.answer, outcome.review = NOT_KNOWN, DISAGREEMENT
        else:
            outcome.disputed = True

    def _weigh_readings(self, outcome: Outcome, node: Node) -> None:
        """A hurting answer needs every reading of an open question; a helping one stands, but is marked."""
        if outcome.answer == NOT_KNOWN:
            return
        others = [self._read(node, args).answer for args in node.alternatives]
        if all(answer == outcome.answer for answer in others):
            return
        if outcome.answer == (NO if node.helps else YES):
            outcome.answer, outcome.review = NOT_KNOWN, RULE_UNCONFIRMED
        else:
            outcome.tentative = True

    @staticmethod
    def _weigh_records(outcome: Outcome) -> None:
        """Where the plan's own records decide, anybody else's word may help, and by itself never hurts."""
        node = outcome.node
        hurts = NO if node.helps else YES
        if outcome.answer == hurts and not _shown_by(outcome, hurts, node.records):
            outcome.answer, outcome.review = NOT_KNOWN, RULE_UNCONFIRMED

    @staticmethod
    def _held_open(outcome: Outcome) -> None:
        """A criterion that by our reading has not begun: were it met, a person would have to decide."""
        met = outcome.answer == YES
        outcome.answer, outcome.review, outcome.asks = (NOT_KNOWN, RULE_UNCONFIRMED, None) if met else (NO, None, None)

    @staticmethod
    def _soften(outcome: Outcome) -> None:
        """What is not confirmed may help and never hurt, and asks nobody anything."""
        node = outcome.node
        if node.unconfirmed:
            if outcome.answer != (YES if node.helps else NO):
                outcome.answer, outcome.review, outcome.asks = NOT_KNOWN, RULE_UNCONFIRMED, None
            else:
                outcome.tentative = True
        elif node.wider and outcome.answer == YES:
            outcome.tentative = True


def compared_with(node: Node, args: dict[str, Any] | None, case: Case) -> dict[str, Any]:
    """What an attested word is compared with: the threshold of a count, or for a day the window itself."""
    if args and node.attested and case.policy.facts[node.attested].type == "date":
        return {"at_least": back(case.on, args["within"]), "at_most": case.on}
    if args is None or node.op not in ("count", "days"):
        return {}
    return {key: args[key] for key in ("at_least", "at_most") if key in args}


def _shown_by(outcome: Outcome, hurts: Answer, records: tuple[str, ...]) -> bool:
    """Whether a record stands behind the answer, here or in the members that made it."""
    if any(kind is None or kind in records for kind, _, _ in outcome.sources):
        return True
    turned = opposite(hurts) if outcome.node.op == "none_of" else hurts
    return any(child.answer == turned and _shown_by(child, turned, records) for child in outcome.children)


def _turned(node: Node) -> bool:
    """Whether a yes of the group's members hurts."""
    return (node.op == "none_of") == node.helps
