"""The answers as the request form takes them over: facts with who told them, and an age but no birth date."""

from datetime import date

from wholeperson.casework.members.screening import Screening, ToldFact
from wholeperson.handbook.screener.answers import IS, Answers
from wholeperson.handbook.screener.guide import AGE, Guide
from wholeperson.handbook.screener.results import Results


def screening(guide: Guide, answers: Answers, cards: Results, on: date) -> Screening:
    """What the form may carry on."""
    age = answers.of(AGE)
    source = "member" if answers.who == "me" else "screening"
    told = [(name, value) for name, value in answers.facts(guide, on) if name != AGE]
    return Screening(
        on=on,
        who=answers.who,
        language=answers.language,
        age=age.value if age and age.kind == IS else None,
        plan=answers.plan or None,
        situations=answers.ticked,
        facts=tuple(ToldFact(name, value, source, on.isoformat()) for name, value in told),
        may_fit=tuple(card.id for card in cards.may),
    )
