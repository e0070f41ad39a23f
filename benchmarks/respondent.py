"""People of the policy's own cases at the screener: each ticks what is so, and answers what their case says of them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from wholeperson.handbook.screener.answers import IS, NOT_KNOWN, Answers, Given
from wholeperson.handbook.screener.finding import find, may_fit
from wholeperson.handbook.screener.guide import AGE, Guide
from wholeperson.rules import answers as kleene
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court
from wholeperson.rules.language import Node
from wholeperson.rules.proving.cases import Example, read_cases

CASES = Path(__file__).resolve().parents[1] / "tests" / "policy" / "cases"


class Run(NamedTuple):
    """One person's way: what was asked, after how many answers something may fit, and how many more were announced."""

    asked: tuple[str, ...]
    first: int | None
    announced: tuple[int, ...]


class Respondent:
    """Knows of themselves what their case tells, the whole of a question also when only its parts are told."""

    def __init__(self, example: Example, guide: Guide) -> None:
        self.on = example.on
        self.guide = guide
        self.case = Case(guide.policy, example.person, on=example.on, known_at=example.known_at)
        self.court = Court(self.case)

    def knows(self, fact: str) -> Any:
        """The value, or None."""
        known = self.case.known(fact)
        if known is not None and not known.silent:
            return age(known.value, self.on) if fact == AGE else known.value
        for node in attested(self.guide)[fact]:
            outcome = self.court.node(node)
            said = kleene.opposite(outcome.answer) if node.op == "none_of" else outcome.answer
            if self.guide.policy.facts[fact].type == "int" and outcome.seen and outcome.seen.get("lo"):
                return outcome.seen["lo"]
            if self.guide.policy.facts[fact].type == "bool" and said != kleene.NOT_KNOWN:
                return said == kleene.YES
        return None

    def ticks(self, programmes: set[str]) -> tuple[str, ...]:
        """What leads to these programmes, but for what would not be true of them."""
        return tuple(
            each.id
            for each in self.guide.situations.values()
            if programmes & set(each.looks_at) and not any(self.knows(fact) is False for fact in each.tells)
        )


def age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@lru_cache(maxsize=2)
def attested(guide: Guide) -> dict[str, list[Node]]:
    """The nodes that each fact speaks for as a whole."""
    found: dict[str, list[Node]] = defaultdict(list)
    for programme in guide.policy.programmes.values():
        for node in programme.nodes:
            if node.attested:
                found[node.attested].append(node)
    return found


def people(guide: Guide, every: int = 1) -> Iterator[tuple[Respondent, tuple[str, ...]]]:
    """Every n-th person of the cases with what they tick."""
    for example in list(read_cases(CASES, guide.policy))[::every]:
        somebody = Respondent(example, guide)
        if ticked := somebody.ticks(set(example.expect)):
            yield somebody, ticked


def run(somebody: Respondent, ticked: tuple[str, ...]) -> Run:
    """Ask until no question is left that would settle anything."""
    guide = somebody.guide
    answers = Answers(begun=datetime(2026, 11, 21, tzinfo=UTC), language="en", ticked=ticked)
    first, announced = None, []
    while True:
        found = find(guide, answers, somebody.on)
        if first is None and any(may_fit(each, guide) for each in found.decisions.values()):
            first = len(answers.given)
        if found.next is None:
            return Run(answers.asked, first, tuple(announced))
        announced.append(found.open - 1)
        value = somebody.knows(found.next)
        said = Given(found.next, NOT_KNOWN) if value is None else Given(found.next, IS, value)
        answers = answers.give(said)
