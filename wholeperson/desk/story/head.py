"""What stands at the head of a story: what may fit, what nobody knows yet, and the one question that helps most."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wholeperson.casework.eligibility import asking, queries
from wholeperson.casework.eligibility.programs import OneProgram, Programs
from wholeperson.desk.story.entries import Reader


@dataclass(frozen=True)
class Head:
    """Only for whoever may know what the rules answered."""

    reader: Reader

    @cached_property
    def groups(self) -> list[tuple[str, Any, str, list[OneProgram]]]:
        """(answer, heading, tone, programs)."""
        told = self.reader
        return Programs(told.member, told.sight, told.user, told.today, told.language).groups

    @cached_property
    def question(self) -> asking.Question | None:
        """The one whose answer settles most."""
        basis = queries.latest_basis(self.reader.member)
        if basis is None:
            return None
        told = self.reader
        found = asking.questions(basis, told.sight, on=told.today, language=told.language)
        return found[0] if found else None


def head(reader: Reader) -> Head | None:
    return Head(reader) if reader.user.may("determination.read") else None
