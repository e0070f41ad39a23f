"""The summary: as plain text to keep or copy, and the answers as a list to look at and change."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils import formats
from django.utils.translation import gettext as _

from wholeperson.handbook.screener import asking
from wholeperson.handbook.screener.answers import NOT_KNOWN, UNSAID, Answers, Given
from wholeperson.handbook.screener.finding import Found
from wholeperson.handbook.screener.guide import Guide
from wholeperson.handbook.screener.results import Card, Results, results

HUNGER = ("food_asked_for_other_reasons", "sole_purpose_food_insecurity")


class Told(NamedTuple):
    """A question and what was said to it."""

    fact: str
    question: str
    answer: str


def told(guide: Guide, answers: Answers) -> list[Told]:
    """Every question so far with its answer in words."""
    return [Told(each.fact, guide.question(each.fact), in_words(guide, each)) for each in answers.given]


def in_words(guide: Guide, given: Given) -> str:
    """The answer as it was given."""
    if given.kind in (NOT_KNOWN, UNSAID):
        return _("I don't know") if given.kind == NOT_KNOWN else _("I'd rather not say")
    if isinstance(given.value, bool):
        return _("Yes") if given.value else _("No")
    if isinstance(given.value, tuple):
        return ", ".join(guide.words.phrase(each) for each in given.value)
    return guide.words.phrase(given.value) if isinstance(given.value, str) else str(given.value)


def is_urgent(guide: Guide, answers: Answers) -> bool:
    """Whether danger, drugs or self-harm were spoken of on the way."""
    return any(guide.situations[name].urgent for name in answers.ticked) or any(
        guide.is_urgent(each.fact) for each in answers.given
    )


def is_hungry(answers: Answers) -> bool:
    """Whether hunger was said to be why food is asked for: these programs are not for that, and others are."""
    said = (answers.of(fact) for fact in HUNGER)
    return any(each is not None and each.value is True for each in said)


def as_text(guide: Guide, answers: Answers, found: Found, on: date) -> str:
    """The whole summary in plain lines."""
    return "\n".join(_lines(guide, answers, results(guide, answers, found), on)) + "\n"


def _lines(guide: Guide, answers: Answers, cards: Results, on: date) -> Iterator[str]:
    yield _("What may fit")
    yield _("Made on %(day)s. It is no decision: the health plan decides.") % {"day": formats.date_format(on)}
    for heading, group in (
        (_("May fit"), cards.may),
        (_("We need to know more"), cards.need),
        (_("Probably not, and you may still ask"), cards.unlikely),
    ):
        if group:
            yield from ("", f"== {heading}")
            for card in group:
                yield from _card(card)
    yield from ("", f"== {_('How to ask')}")
    for number in asking.numbers(guide.policy, answers.plan):
        yield f"{number.plan_name}: {number.value}"
    yield from ("", f"== {_('What you told us')}")
    yield from (f"- {guide.situations[name].says}" for name in answers.ticked)
    yield from (f"- {each.question} {each.answer}" for each in told(guide, answers))
    if is_urgent(guide, answers):
        yield from ("", _("In danger now? Call 911. Thoughts of suicide, or a crisis with drugs or alcohol? Call 988."))


def _card(card: Card) -> Iterator[str]:
    yield f"* {card.name}"
    if card.question:
        yield f"    {card.question}"
