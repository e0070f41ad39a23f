"""What is wrong with something we were given: what, where, why it matters, what to do, what would be allowed."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

PART_IS_MISSING = "part_is_missing"  # the code of a problem that is no mistake: something has to be installed first


@dataclass(frozen=True, slots=True)
class Where:
    """A place in an input: file and line where there are any, and the path inside the document."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        return " at ".join(part for part in (place, self.path) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, with the whole ladder of help."""

    code: str
    problem: str
    why: str
    do: str
    where: Where = field(default_factory=Where)
    allowed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The ``error`` object of the contract."""
        place = self.where
        return {
            "code": self.code,
            "where": {"file": place.file, "line": place.line, "column": place.column, "path": place.path},
            "problem": self.problem,
            "why": self.why,
            "do": self.do,
            "allowed": list(self.allowed),
        }

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.problem}" if str(self.where) else self.problem, f"  why: {self.why}"]
        lines.append(f"  do:  {self.do}")
        if self.allowed:
            lines.append(f"  allowed: {', '.join(self.allowed[:12])}{' …' if len(self.allowed) > 12 else ''}")
        return "\n".join(lines)


class Refused(Exception):
    """The input is refused whole; nothing was written."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words that look most like this one, in capitals or not, else the first few of all."""
    listed = {one.casefold(): one for one in sorted(set(known))}
    close = difflib.get_close_matches(word.casefold(), listed, n=5, cutoff=0.6)
    return tuple(listed[one] for one in close) or tuple(listed.values())[:40]
