"""The whole vocabulary of the policy: which words a criterion may be written with, and what each needs.

A new word is one line here, one evaluator in ``leaves``, one column in the sweep and one generator in the tests.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

GROUPS: Final = ("all_of", "any_of", "none_of", "at_least")
LEAVES: Final = ("fact", "age", "count", "days", "during", "ended", "meets", "authorized_for", "enrolled_in")

# Every node may carry these; which of them it must carry depends on whether it speaks.
COMMON: Final = frozenset(
    {"id", "says", "attested", "open_list", "reading", "held", "from", "to", "sheet", "cites", "mark"}
)

# word: (keys it needs, keys it may have); at_least and at_most are a choice checked apart.
SHAPES: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "all_of": (frozenset(), frozenset()),
    "any_of": (frozenset(), frozenset()),
    "none_of": (frozenset(), frozenset()),
    "at_least": (frozenset({"of"}), frozenset({"of"})),
    "use": (frozenset(), frozenset()),
    "fact": (frozenset(), frozenset({"is", "in", "at_least", "at_most"})),
    "age": (frozenset(), frozenset()),
    "count": (
        frozenset({"within", "ending"}),
        frozenset({"where", "distinct", "kinds", "within", "ending", "at_least", "at_most"}),
    ),
    "days": (frozenset(), frozenset({"where", "within", "continuous", "at_least", "at_most"})),
    "during": (frozenset({"on"}), frozenset({"where", "on"})),
    "ended": (frozenset({"within"}), frozenset({"where", "within"})),
    "meets": (frozenset(), frozenset()),
    "authorized_for": (frozenset(), frozenset()),
    "enrolled_in": (frozenset(), frozenset()),
}

ENDINGS: Final = ("on", "last_complete_month")
DISTINCT: Final = ("day", "stay", "each")
KINDS: Final = ("together", "apart")
FACT_TYPES: Final = ("bool", "int", "date", "text", "word", "list")
PRIVACY: Final = ("open", "identifies", "sensitive", "part2")
SOURCES: Final = (
    "enrolment", "claims", "adt", "hmis", "ces", "corrections", "child_welfare", "authorizations", "screening",
    "assessment", "clinician", "referrer", "member", "ihss", "waiver",
)  # fmt: skip

# Marks as the fact sheets print them, strongest first.
MARKS: Final = ("source-verified", "memory", "uncertain", "inference", "design")
CONFIDENCES: Final = ("verified", "reported", "unconfirmed")


class Cite(NamedTuple):
    """One source and the place in it."""

    source: str
    where: str


@lru_cache(maxsize=4096)
def cite(text: str) -> Cite:
    """``G26 pp.12-13`` names the source first, the place after."""
    source, _, where = text.partition(" ")
    return Cite(source, where)


def confidence(mark: str, cites: tuple[Cite, ...], grades: dict[str, str]) -> str:
    """How far a statement may be trusted: its mark, and the best grade among its sources."""
    if mark != "source-verified" or not cites:
        return "unconfirmed"
    return "verified" if any(grades[each.source] in "AB" for each in cites) else "reported"


@dataclass(slots=True, eq=False)
class Node:
    """One criterion or group of criteria, ready to be decided.

    ``key`` finds its sentence in other languages. ``args`` holds what the word needs, ``alternatives`` the same under
    each other reading of an open question. ``helps`` is false below an odd number of ``none_of``: there a yes hurts.
    ``wider`` names the open question whose wider reading this node is: its yes is tentative, its no costs nothing.
    ``mentions``: every fact in the node or below it, and ``*`` where it rests on another programme. ``dated``: whether
    some member is not always in force. ``perhaps_from``: the day by another reading. ``records``: the
    only sources whose word may hurt. ``held``: the open question that lets a
    person decide where it is met. ``unconfirmed``: it may help and never hurt.
    """

    key: str | None
    id: str | None
    op: str
    says: str | None
    children: tuple["Node", ...]
    args: dict[str, Any]
    alternatives: tuple[dict[str, Any], ...]
    attested: str | None
    open_list: bool
    wider: str | None
    helps: bool
    confidence: str
    cites: tuple[Cite, ...]
    begins: date | None
    ends: date | None
    mentions: frozenset[str] = frozenset()

    dated: bool = False
    perhaps_from: date | None = None
    records: tuple[str, ...] = ()
    held: str | None = None
    is_group: bool = field(init=False)
    unconfirmed: bool = field(init=False)

    def in_force(self, on: date) -> bool:
        """Whether the node belongs to the policy of that day, by any reading."""
        begins = self.perhaps_from if self.perhaps_from is not None else self.begins
        return (begins is None or begins <= on) and (self.ends is None or on <= self.ends)

    def only_perhaps(self, on: date) -> bool:
        """Whether it is in force that day by another reading than ours."""
        return self.perhaps_from is not None and self.begins is not None and on < self.begins

    def __post_init__(self) -> None:
        self.is_group = self.op in GROUPS
        self.unconfirmed = self.confidence != "verified" and self.wider is None
