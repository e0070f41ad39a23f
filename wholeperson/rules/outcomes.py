"""One node decided, and what can be read from it: what is missing, what made it, what it rests on."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, TypeVar

from wholeperson.rules.answers import NO, NOT_KNOWN, Answer, at_least, every, opposite, some
from wholeperson.rules.known import Source
from wholeperson.rules.language import Node

if TYPE_CHECKING:
    from wholeperson.rules.decide import Decision

RULE_UNCONFIRMED: Final = "rule_unconfirmed"
DISAGREEMENT: Final = "disagreement"
AUTHORITY_ENDED: Final = "authority_ended"

Found = TypeVar("Found")


@dataclass(slots=True, eq=False)
class Outcome:
    """One node decided.

    ``asks``: the fact that would settle the node itself. ``review``: why a person must look, when the answer was held
    back. ``tentative``, ``disputed``: it stands, but rests on an unconfirmed rule, or against somebody's word.
    ``notes``: what was read from it already.
    """

    node: Node
    answer: Answer
    children: tuple["Outcome", ...] = ()
    seen: dict[str, Any] | None = None
    sources: tuple[Source, ...] = ()
    asks: str | None = None
    review: str | None = None
    tentative: bool = False
    disputed: bool = False
    met: "Decision | None" = None
    notes: dict[str, Any] | None = None


def read_once(reading: Callable[[Outcome], Found]) -> Callable[[Outcome], Found]:
    """A reading of an outcome is kept on it: members share outcomes, and trees share branches."""

    name = reading.__name__

    def reads(outcome: Outcome) -> Found:
        notes = outcome.notes
        if notes is None:
            notes = outcome.notes = {}
        elif name in notes:
            kept: Found = notes[name]
            return kept
        found = notes[name] = reading(outcome)
        return found

    return reads


def combine(node: Node, answers: list[Answer]) -> Answer:
    """The members' answers put together (for ``none_of`` before it is turned round)."""
    if node.op == "all_of":
        return every(answers)
    if node.op == "at_least":
        return at_least(node.args["at_least"], answers)
    found = some(answers)
    return NOT_KNOWN if node.open_list and found == NO else found


@read_once
def held_back(outcome: Outcome) -> tuple[str, ...]:
    """Why answers below a *not known* were held back."""
    if outcome.review:
        return (outcome.review,)
    if outcome.met:
        return outcome.met.reviews
    return each_once([held_back(child) for child in outcome.children if child.answer == NOT_KNOWN])


def rests_on(tree: Outcome) -> list[str]:
    """What a decided answer would not survive without: an unconfirmed rule, or one of two words."""
    reasons = []
    if without(tree, "tentative") != tree.answer:
        reasons.append(RULE_UNCONFIRMED)
    if without(tree, "disputed") != tree.answer:
        reasons.append(DISAGREEMENT)
    return reasons


def without(outcome: Outcome, flag: str) -> Answer:
    """The answer if everything so flagged were not known; kept on the outcome too."""
    notes = outcome.notes
    if notes is None:
        notes = outcome.notes = {}
    if flag not in notes:
        notes[flag] = _without(outcome, flag)
    kept: Answer = notes[flag]
    return kept


def _without(outcome: Outcome, flag: str) -> Answer:
    if getattr(outcome, flag):
        return NOT_KNOWN
    if not outcome.children or (outcome.asks and outcome.seen):
        return outcome.answer
    inner = combine(outcome.node, [without(child, flag) for child in outcome.children])
    return opposite(inner) if outcome.node.op == "none_of" else inner


@read_once
def missing(outcome: Outcome) -> tuple[str, ...]:
    """The facts that could still change a *not known*."""
    if outcome.answer != NOT_KNOWN or outcome.review:
        return ()
    if outcome.met:
        return outcome.met.missing
    below = [missing(child) for child in outcome.children if child.answer == NOT_KNOWN]
    return each_once([(outcome.asks,), *below] if outcome.asks else below)


@read_once
def because(outcome: Outcome) -> tuple[str, ...]:
    """The ids of the criteria that made the answer, leaves first named."""
    node = outcome.node
    wanted = opposite(outcome.answer) if node.op == "none_of" else outcome.answer
    told = [because(child) for child in outcome.children if child.answer == wanted]
    below = told[0] if len(told) == 1 else tuple(chain.from_iterable(told))
    return below or ((node.id,) if node.id else ())


def each_once(told: list[tuple[str, ...]]) -> tuple[str, ...]:
    """What several say, in their order; what one says alone stands as it is."""
    return told[0] if len(told) == 1 else tuple(dict.fromkeys(chain.from_iterable(told)))
