"""What somebody has answered so far. It travels in the pages' own hidden field, signed; the server keeps none of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core import signing

from wholeperson.handbook.screener.guide import AGE, Guide
from wholeperson.rules.reading.person_json import fact_value

SALT: Final = "screener"
LASTS: Final = timedelta(hours=12)  # a page left open overnight on a lent phone says nothing any more
LONGEST: Final = 20_000  # characters: all questions answered take a tenth of it
MOST_AT_FIRST: Final = 15  # questions until the results are shown; whoever wants is asked more
MORE: Final = 10
OLDEST: Final = 125
IS, NOT_KNOWN, UNSAID = "is", "not_known", "unsaid"
KINDS: Final = (IS, NOT_KNOWN, UNSAID)


class Unreadable(Exception):
    """The field was changed, is not ours, or is too long."""


class Expired(Exception):
    """The page was open for too long."""


@dataclass(frozen=True, slots=True)
class Given:
    """One question and what was said: a value, *I don't know*, or *I'd rather not say*."""

    fact: str
    kind: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything said on the way, in its order."""

    begun: datetime
    language: str
    who: str = "me"
    ticked: tuple[str, ...] = ()
    given: tuple[Given, ...] = ()
    most: int = MOST_AT_FIRST
    plan: str = ""
    lost: int = 0

    def give(self, given: Given) -> "Answers":
        """The answer takes the place of an earlier one to the same question."""
        if given.fact in (each.fact for each in self.given):
            return replace(self, given=tuple(given if each.fact == given.fact else each for each in self.given))
        return replace(self, given=(*self.given, given))

    def without_last(self) -> "Answers":
        return replace(self, given=self.given[:-1])

    def of(self, fact: str) -> Given | None:
        return next((each for each in self.given if each.fact == fact), None)

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(each.fact for each in self.given)

    def facts(self, guide: Guide, on: date) -> list[tuple[str, Any]]:
        """What was said and ticked, as facts to decide by; an age becomes some birthday of that age."""
        told: dict[str, Any] = {}
        for name in self.ticked:
            told |= guide.situations[name].tells
        told |= {each.fact: each.value for each in self.given if each.kind == IS}
        if AGE in told:
            told[AGE] = born(told[AGE], on)
        return list(told.items())


def born(age: int, on: date) -> date:
    """A birthday in the middle of the year that somebody of this age may have been born in."""
    return on - timedelta(days=round(age * 365.2425) + 182)


def seal(answers: Answers) -> str:
    """The hidden field."""
    given = [[each.fact, each.kind, each.value] for each in answers.given]
    return signing.Signer(salt=SALT).sign_object(
        {
            "begun": answers.begun.isoformat(),
            "language": answers.language,
            "who": answers.who,
            "ticked": answers.ticked,
            "given": given,
            "most": answers.most,
            "plan": answers.plan,
        },
        compress=True,
    )


def unseal(text: str, guide: Guide, *, at: datetime) -> Answers:
    """The answers again. What the policy no longer asks is left out and counted; the rest stays."""
    if len(text) > LONGEST:
        raise Unreadable
    try:
        data = signing.Signer(salt=SALT).unsign_object(text)
    except (signing.BadSignature, ValueError) as broken:
        raise Unreadable from broken
    begun = datetime.fromisoformat(data["begun"])
    if at - begun > LASTS:
        raise Expired
    given = [one for fact, kind, value in data["given"] if (one := readable(fact, kind, value, guide))]
    ticked = tuple(name for name in data["ticked"] if name in guide.situations)
    return Answers(
        begun=begun,
        language=data["language"],
        who=data["who"],
        ticked=ticked,
        given=tuple(given),
        most=data["most"],
        plan=data["plan"] if data["plan"] in guide.policy.plans else "",
        lost=len(data["given"]) - len(given) + len(data["ticked"]) - len(ticked),
    )


def readable(fact: str, kind: str, value: Any, guide: Guide) -> Given | None:
    """The answer, where the question is still asked and the value still fits it."""
    if fact not in guide.policy.facts or fact in guide.unasked:
        return None
    if kind != IS:
        return Given(fact, kind)
    if fact == AGE:
        return Given(fact, IS, value) if isinstance(value, int) and 0 <= value <= OLDEST else None
    fits, read, _ = fact_value(guide.policy.facts[fact], value)
    return Given(fact, IS, read) if fits else None
