"""A layout: which columns a file of one kind has at one plan, what may stand in them, and how sure of it we are."""

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

ALWAYS, EXPECTED, OPTIONAL = "always", "expected", "optional"
REQUIRED: Final = (ALWAYS, EXPECTED, OPTIONAL)
CONFIDENCES: Final = ("verified", "reported", "unconfirmed")  # surest first
KINDS: Final = ("xlsx", "csv", "pipe", "tab")
DIRECTIONS: Final = ("plan_to_provider", "provider_to_plan", "own_list")


class Condition(NamedTuple):
    """What must stand in another column for this one to be needed."""

    key: str
    value: str | bool


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``values``: what it means → the spellings in files, the first of which is written."""

    key: str
    head: str
    also: tuple[str, ...]
    type: str
    required: str
    privacy: str
    confidence: str
    identifier: bool = False
    role: str | None = None
    format: str | None = None
    width: int | None = None
    values: dict[str | bool, tuple[str, ...]] = field(default_factory=dict)
    closed: bool = False
    when: Condition | None = None
    not_before: str | None = None
    says: str = ""
    sheet: str = ""
    cites: tuple[str, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)  # what of it is less sure than its name: how sure that is
    spellings: frozenset[str] = field(init=False, default=frozenset())  # all headings, without case and punctuation

    def __post_init__(self) -> None:
        """Squeeze every heading once: each check of a file looks at all of them."""
        object.__setattr__(self, "spellings", frozenset(map(squeezed, (self.head, *self.also))))


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file as one plan has it; without a plan, as the State's guidance has it."""

    id: str
    name: str
    file: str
    version: str
    direction: str
    says: str
    one_row_for: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...]
    kinds: tuple[str, ...]
    confidence: str
    plan: str | None = None
    plan_names: tuple[str, ...] = ()
    like: str | None = None
    rhythm: str = ""
    caution: str = ""
    sheet: str = ""
    cites: tuple[str, ...] = ()

    @property
    def by_key(self) -> dict[str, Column]:
        """Columns by what they are called inside."""
        return {each.key: each for each in self.columns}

    @property
    def kind(self) -> str:
        """How it is written where nobody says."""
        return self.kinds[0]

    @property
    def needs_a_trial(self) -> bool:
        """Whether the plan must have accepted a test file before one with members leaves for the first time."""
        return self.direction == "provider_to_plan" and self.weakest == "unconfirmed"

    @property
    def weakest(self) -> str:
        """How sure the least sure part of it is."""
        parts = [self.confidence, *(each.confidence for each in self.columns)]
        parts += [mark for each in self.columns for mark in each.parts.values()]
        return max(parts, key=CONFIDENCES.index)


Layouts = dict[str, Layout]


def squeezed(heading: str) -> str:
    """A heading without case, spaces and punctuation: what drifts most."""
    return re.sub(r"[\W_]+", "", heading.casefold())


def for_plan(layouts: Layouts, file: str, plan: str | None) -> Layout:
    """The plan's own layout of a kind of file, else the generic one."""
    found = [each for each in layouts.values() if each.file == file]
    own = [each for each in found if plan is not None and each.plan == plan]
    return (own or [each for each in found if each.plan is None])[0]
