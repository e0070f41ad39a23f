"""Each thing known of a member, with who told it, what shows it, and the form that puts it right."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from wholeperson.access.models import Person
from wholeperson.casework.eligibility.asking import CorrectForm
from wholeperson.casework.members import facts, queries
from wholeperson.casework.members.models import Fact, Member
from wholeperson.casework.members.presenters import fact_in_words
from wholeperson.casework.members.queries import Sight
from wholeperson.record.models import Document

SELF = ("self", "family")  # reasons for which somebody speaks for the member
OF_THEM = ("member", "referrer")  # whose word that is; what a clinician or a plan said they do not unsay


@dataclass
class FactLine:
    """A fact in finished words; `bound` makes its form, empty or as it was sent."""

    row: Fact
    question: str
    answer: str
    who: str
    bound: "partial[CorrectForm]"
    may_correct: bool
    may_open_paper: bool
    is_unsettled: bool = False  # another source says something else

    @cached_property
    def form(self) -> CorrectForm:
        return self.bound()


def lines(user: Person, member: Member, sight: Sight, *, language: str, papers: list[Document]) -> list[FactLine]:
    """What was not corrected, no deeper than this person sees. What the policy asks no more is not there.

    What keeps letters from a member is corrected by those alone who look after how they may be reached.
    """
    rows = queries.facts_for(user, member).select_related("paper", "member")
    known = facts.policy().facts
    told = [
        _line(row, known[row.fact], sight, language, papers, looks_after=user.may("member.reach"))
        for row in rows
        if sight.reaches(row.scope) and row.fact in known
    ]
    _mark(told, user.standing.on)
    return sorted(told, key=lambda line: not line.is_unsettled)


def _mark(told: list[FactLine], on: date) -> None:
    """Where two sources say different things of today, both are marked."""
    so = [line for line in told if (line.row.since or on) <= on <= (line.row.until or on)]
    for line in so:
        line.is_unsettled = any(
            (one.row.fact, one.row.source == line.row.source, one.row.value == line.row.value)
            == (line.row.fact, False, False)
            for one in so
        )


def was_corrected(user: Person, member: Member, sight: Sight, which: str) -> bool:
    """Whether that key is of something they may read, in whose place another stands by now."""
    rows = queries.told_for(user, member).exclude(superseded_by=None)
    return any(str(row.pk) == which and sight.reaches(row.scope) for row in rows)


def speaks_as_one(sight: Sight) -> bool:
    """Whether they know of the member by themselves, not for an organisation: then it is their own word they give."""
    return sight.as_near or sight.row.reason in SELF


def _line(row: Fact, about: Any, sight: Sight, language: str, papers: list[Document], *, looks_after: bool) -> FactLine:
    question, answer = fact_in_words(row)
    self_told = speaks_as_one(sight)
    bound = partial(
        CorrectForm, about=about, mark=row.pk.hex, ask=question, language=language, papers=papers, self_told=self_told
    )
    may_correct = row.source in OF_THEM or not self_told
    if row.fact in facts.UNSAFE:
        may_correct = looks_after and not self_told
    who = row.attested_by or facts.words(language).phrase(row.source)
    return FactLine(row, question, answer, who, bound, may_correct, bool(row.paper and sight.reaches(row.paper.scope)))
