"""What the rules make of the answers: each programme's decision, and the next best question."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from wholeperson.handbook.screener.answers import Answers
from wholeperson.handbook.screener.guide import Guide
from wholeperson.rules.answers import NO, NOT_KNOWN, YES
from wholeperson.rules.case import Case
from wholeperson.rules.decide import Court, Decision
from wholeperson.rules.person import Person
from wholeperson.rules.questions import next_questions

NOBODY = Person("screener", None, None, (), None, (), (), (), ())
ECM = "ecm"


class Found(NamedTuple):
    """The decisions of the programmes that were asked about, the next question, and how many are open now."""

    decisions: dict[str, Decision]
    next: str | None
    open: int
    court: Court


def looked_at(guide: Guide, ticked: tuple[str, ...]) -> tuple[str, ...]:
    """The programmes that the questions are about; whoever ticked nothing is asked about all."""
    named = {name for each in ticked for name in guide.situations[each].looks_at}
    return tuple(sorted(named or guide.policy.programmes.keys() - {ECM}))


def find(guide: Guide, answers: Answers, on: date) -> Found:
    """Decide, and rank what to ask next over the programmes looked at."""
    case = Case(guide.policy, NOBODY, on=on)
    case.tell(answers.facts(guide, on))
    court = Court(case)
    decisions = {name: court.decide(name) for name in looked_at(guide, answers.ticked)}
    populations = [each for name, each in decisions.items() if is_population(guide, name)]
    if any(each.answer == YES for each in populations):
        decisions[ECM] = court.decide(ECM)  # its exclusions are asked for when somebody could have it
    done = [*answers.asked, *guide.unasked]
    questions = next_questions(court, decisions.values(), asked=done, most=len(guide.policy.facts), settles=False)
    ranked = [each.fact for each in questions]
    first = [fact for name in answers.ticked for fact in guide.situations[name].first if fact in ranked]
    return Found(decisions, next(iter([*first, *ranked]), None), len(ranked), court)


def is_population(guide: Guide, programme: str) -> bool:
    return guide.policy.programmes[programme].kind == "population_of_focus"


def may_fit(decision: Decision, guide: Guide) -> bool:
    """Yes; or nothing is open but what a clinician or the plan finds out."""
    if decision.answer != NOT_KNOWN:
        return decision.answer == YES
    return bool(decision.missing) and not decision.reviews and set(decision.missing) <= guide.unasked


def probably_not(decision: Decision) -> bool:
    return decision.answer == NO


@lru_cache(maxsize=8)
def all_asked(guide: Guide) -> frozenset[str]:
    """Every question that could ever be put: of all facts in play, those that somebody can be asked."""
    nodes = [node for programme in guide.policy.programmes.values() for node in programme.nodes]
    named = {name for node in nodes for name in (node.attested, node.args.get("fact")) if name}
    return frozenset(named | {"birth_date"}) - guide.unasked
