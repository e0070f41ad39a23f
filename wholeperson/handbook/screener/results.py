"""The result page: a card for each programme, by how it looks from the answers. It never says no."""

from collections.abc import Iterator
from dataclasses import dataclass

from wholeperson.handbook.screener.answers import IS, Answers
from wholeperson.handbook.screener.finding import ECM, Found, is_population, may_fit, probably_not
from wholeperson.handbook.screener.guide import Guide
from wholeperson.rules.answers import NO, NOT_KNOWN, YES, opposite
from wholeperson.rules.decide import Decision
from wholeperson.rules.outcomes import Outcome
from wholeperson.rules.questions import next_questions, settled_by

MOST_REASONS = 3
MAY, NEED, UNLIKELY = "may", "need", "unlikely"


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence of the criteria about the person, or a question that they answered; and whether it holds."""

    says: str
    holds: bool
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One programme as the answers leave it.

    ``fact``, ``question``: the one thing we need to know, where the person can say it; ``said``: they were asked it.
    ``checks``: what a clinician or the plan still finds out, as (who, question).
    """

    id: str
    name: str
    describes: str
    how: str
    reasons: tuple[Reason, ...]
    fact: str = ""
    question: str = ""
    said: bool = False
    checks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """The cards in their three groups, and what was not asked about."""

    may: tuple[Card, ...]
    need: tuple[Card, ...]
    unlikely: tuple[Card, ...]
    others: tuple[tuple[str, str], ...]


def results(guide: Guide, answers: Answers, found: Found) -> Results:
    """Enhanced Care Management first, its populations as the reasons for it; then the rest by name."""
    cards = [card for name in found.decisions if not is_population(guide, name) and name != ECM
             for card in [_card(guide, answers, found, found.decisions[name])]]  # fmt: skip
    cards.sort(key=lambda card: card.name)
    populations = [each for name, each in found.decisions.items() if is_population(guide, name)]
    if populations:
        cards.insert(0, _ecm(guide, answers, found, populations))
    shown = {card.id for card in cards}
    others = sorted(
        (guide.words.name(each.id, each.name), each.id)
        for each in guide.policy.programmes.values()
        if each.id not in shown and each.kind != "population_of_focus"
    )
    grouped = {how: tuple(card for card in cards if card.how == how) for how in (MAY, NEED, UNLIKELY)}
    return Results(grouped[MAY], grouped[NEED], grouped[UNLIKELY], tuple((id, name) for name, id in others))


def _ecm(guide: Guide, answers: Answers, found: Found, populations: list[Decision]) -> Card:
    """The benefit stands on the first of its populations that fits; else on the first that is still open."""
    benefit = found.decisions.get(ECM)
    if benefit is not None and benefit.answer != NOT_KNOWN:
        through = [each for each in populations if each.answer == YES]
        card = _card(guide, answers, found, benefit)
        return card if card.how == UNLIKELY else _with(card, guide, through)
    likely = [each for each in populations if may_fit(each, guide)]
    if benefit is not None:
        return _with(_card(guide, answers, found, benefit), guide, likely)
    undecided = [each for each in populations if each.answer == NOT_KNOWN]
    best = likely or undecided or populations
    card = _card(guide, answers, found, best[0])
    programme = guide.policy.programmes[ECM]
    name, describes = guide.words.name(ECM, programme.name), _describes(guide, ECM)
    made = Card(ECM, name, describes, card.how, (), card.fact, card.question, card.said, card.checks)
    return _with(made, guide, likely)


def _with(card: Card, guide: Guide, populations: list[Decision]) -> Card:
    """The populations somebody belongs to are the reasons for the benefit."""
    reasons = tuple(
        Reason(guide.words.name(each.programme.id, each.programme.name), True) for each in populations[:MOST_REASONS]
    )
    return Card(card.id, card.name, card.describes, card.how, reasons, card.fact, card.question, card.said, card.checks)


def _card(guide: Guide, answers: Answers, found: Found, decision: Decision) -> Card:
    programme = decision.programme
    name, describes = guide.words.name(programme.id, programme.name), _describes(guide, programme.id)
    if may_fit(decision, guide):
        wanted, how = YES, MAY
    elif probably_not(decision):
        wanted, how = NO, UNLIKELY
    else:
        fact = one_fact(guide, answers, found, decision)
        question = guide.question(fact) if fact else ""
        said = answers.of(fact) is not None if fact else False
        return Card(programme.id, name, describes, NEED, (), fact or "", question, said, _checks(guide, decision))
    reasons = dict.fromkeys(spoken(decision.tree, wanted, guide))
    return Card(programme.id, name, describes, how, tuple(reasons)[:MOST_REASONS], checks=_checks(guide, decision))


def one_fact(guide: Guide, answers: Answers, found: Found, decision: Decision) -> str | None:
    """The one fact that brings this programme on: one that settles it alone, else the best to ask next.

    What was skipped may be answered after all, so it stands here too.
    """
    first = [fact for name in answers.ticked for fact in guide.situations[name].first if fact in decision.missing]
    settling = [each for each in settled_by(decision, found.court) if each not in guide.unasked]
    if first or settling:
        return [*first, *settling][0]
    answered = [each.fact for each in answers.given if each.kind == IS]
    best = next_questions(found.court, [decision], asked=[*answered, *guide.unasked], most=1, settles=False)
    return best[0].fact if best else None


def spoken(outcome: Outcome, wanted: int, guide: Guide) -> Iterator[Reason]:
    """What made the answer, in the criteria's own words where they have some, else in the question's."""
    if outcome.met:
        yield from spoken(outcome.met.tree, wanted, guide)
        return
    turned = outcome.node.op == "none_of"
    inner = opposite(wanted) if turned else wanted
    if outcome.node.says is not None and not turned and outcome.seen and outcome.node.is_group:
        yield Reason(guide.words.says(outcome.node), wanted == YES)  # the whole was asked and answered
        return
    below = [each for child in outcome.children if child.answer == inner for each in spoken(child, inner, guide)]
    if below:
        yield from below
    elif outcome.node.attested and outcome.seen and (turned or outcome.node.says is None):
        yield Reason(guide.question(outcome.node.attested), bool(outcome.seen["value"]), asked=True)
    elif outcome.node.says is not None:
        yield Reason(guide.words.says(outcome.node), wanted == YES)


def _checks(guide: Guide, decision: Decision) -> tuple[tuple[str, str], ...]:
    if decision.answer != NOT_KNOWN:
        return ()
    left = [name for name in decision.missing if name in guide.left_to]
    return tuple((guide.checked_by(name), guide.question(name)) for name in left)


def _describes(guide: Guide, programme: str) -> str:
    data = guide.policy.programmes[programme].data
    return guide.words.sentence(f"{programme}.describes", data.get("describes", ""))
