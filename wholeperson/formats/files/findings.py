"""What a check found: where, how bad, what is wrong, what to do, what would be allowed; and what became of the file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from wholeperson.formats.files.values import ERROR, WARNING, Value

OUTCOMES: Final = ("accepted", "accepted_with_warnings", "partly", "rejected")
MOST_FINDINGS = 10_000  # kept; the rest are counted


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. ``row`` and ``column`` as the file shows them; without a row it is about the whole file.

    It never shows its value when printed for a log: that may be somebody's number or name.
    """

    row: int | None
    column: str | None
    value: str | None
    severity: str  # error: the row is set aside · warning: it is kept, look at it · note
    problem: str
    do: str
    allowed: tuple[str, ...] = ()
    rung: str = "values"

    def __repr__(self) -> str:
        return f"Finding(row={self.row}, column={self.column!r}, severity={self.severity!r}, rung={self.rung!r})"

    def as_json(self) -> dict[str, Any]:
        """As the contract has it, and the rung of the ladder it was found on."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "severity": self.severity,
            "problem": self.problem,
            "do": self.do,
            "allowed": list(self.allowed),
            "rung": self.rung,
        }


@dataclass(frozen=True)
class Record:
    """A row that may be kept: its number, what its cells mean by key, and the keys whose word nobody knows."""

    row: int
    keys: tuple[str, ...]
    cells: tuple[Value, ...]
    as_told: frozenset[str] = frozenset()

    @cached_property
    def values(self) -> dict[str, Value]:
        """Values by key; made when first asked for, since a check asks for none."""
        return dict(zip(self.keys, self.cells, strict=True))

    def __repr__(self) -> str:
        return f"Record(row={self.row})"


@dataclass(frozen=True, slots=True)
class Objection:
    """What whoever knows the records has against a row. With ``ERROR`` the row is set aside."""

    row: int
    key: str | None
    problem: str
    do: str
    allowed: tuple[str, ...] = ()
    severity: str = ERROR

    def __repr__(self) -> str:
        return f"Objection(row={self.row}, key={self.key!r}, severity={self.severity!r})"


@dataclass(slots=True)
class Report:
    """What became of a file. ``layout``: the layout it was read as, or None where none fits."""

    layout: str | None = None
    read: int = 0
    kept: int = 0
    findings: list[Finding] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)  # findings by severity, the kept and the others
    columns: dict[str, str] = field(default_factory=dict)  # heading in the file → key
    ignored: list[str] = field(default_factory=list)  # headings that stand for nothing here
    header_row: int | None = None
    view: str | None = None  # the sheet, or the sign between the cells
    sheet: str | None = None
    headings: list[str] = field(default_factory=list)
    refused: bool = False

    @property
    def set_aside(self) -> int:
        """Rows that are not kept."""
        return self.read - self.kept

    @property
    def outcome(self) -> str:
        """One of ``OUTCOMES``."""
        if self.refused or (self.read and not self.kept):
            return "rejected"
        if self.set_aside:
            return "partly"
        return "accepted_with_warnings" if self.counted[WARNING] else "accepted"

    def add(self, findings: Iterable[Finding]) -> None:
        """Keep them, up to a number that a person could ever read."""
        for each in findings:
            self.counted[each.severity] += 1
            if len(self.findings) < MOST_FINDINGS:
                self.findings.append(each)

    def refuse(self, finding: Finding) -> None:
        """Nothing of the file is kept."""
        self.refused, self.kept = True, 0
        self.findings.insert(0, finding)
        self.counted[finding.severity] += 1

    def as_json(self) -> dict[str, Any]:
        """As the contract has it, and more."""
        return {
            "layout": self.layout,
            "outcome": self.outcome,
            "rows": {"read": self.read, "kept": self.kept, "set_aside": self.set_aside},
            "findings": [each.as_json() for each in self.findings],
            "findings_left_out": max(0, sum(self.counted.values()) - len(self.findings)),
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": self.columns,
            "ignored": self.ignored,
        }
