"""Three answers and how they combine (Kleene): yes, no, not known yet.

The numbers are chosen so that *and* is the smallest, *or* the largest and *not* the mirror.
"""

from collections.abc import Iterable
from typing import Final

Answer = int  # one of the three below; an int because millions of them are compared

NO: Final[Answer] = 0
NOT_KNOWN: Final[Answer] = 1
YES: Final[Answer] = 2

WORDS: Final = ("no", "not_known", "yes")


def word(answer: Answer) -> str:
    """The answer as the contract spells it."""
    return WORDS[answer]


def opposite(answer: Answer) -> Answer:
    """Yes becomes no, no becomes yes, not known stays."""
    return YES - answer


def every(answers: Iterable[Answer]) -> Answer:
    """All of them: one no decides, else one not known. None at all is yes."""
    return min(answers, default=YES)


def some(answers: Iterable[Answer]) -> Answer:
    """Any of them: one yes decides, else one not known. None at all is no."""
    return max(answers, default=NO)


def at_least(needed: int, answers: Iterable[Answer]) -> Answer:
    """Yes as soon as enough are yes; no only when even every not known could not reach it."""
    listed = list(answers)
    sure = listed.count(YES)
    if sure >= needed:
        return YES
    return NOT_KNOWN if sure + listed.count(NOT_KNOWN) >= needed else NO
