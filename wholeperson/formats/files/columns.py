"""Reads the rows of a file column by column: each cell once, and what was read before from memory."""

from dataclasses import dataclass, field
from typing import Any

from wholeperson.formats.files.days import write_day
from wholeperson.formats.files.findings import Finding, Record
from wholeperson.formats.files.header import Header
from wholeperson.formats.files.layout import ALWAYS, OPTIONAL, Column, Layouts, squeezed
from wholeperson.formats.files.table import Row
from wholeperson.formats.files.values import ERROR, NOTE, WARNING, Fault, Value, reader

REMEMBERED = 20_000  # cells of a column
MOST_KEYS = 500_000  # rows among which a second one about the same is found
SHOWN = 80  # signs of a value
NOTHING: frozenset[str] = frozenset()
SURE = 4_000  # cells after which it is known whether remembering pays
Parsed = dict[str, list[Any]]


class Memory(dict[str, Any]):
    """What the cells of one column mean, each read once; where hardly any comes again, read as it comes."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.read = reader(column)
        self.asked, self.remembers = 0, True
        self.faulty = False  # whether some cell that is remembered cannot be read

    def meant(self, cells: tuple[str, ...]) -> list[Any]:
        """What these cells mean."""
        if not self.remembers:
            return list(map(self.read, cells))
        made = list(map(self.__getitem__, cells))
        self.asked += len(cells)
        self.remembers = len(self) * 2 < self.asked or self.asked < SURE
        if len(self) > REMEMBERED:
            self.clear()
            self.asked = 0
        return made

    def __missing__(self, cell: str) -> Any:
        made = self[cell] = self.read(cell)
        self.faulty = self.faulty or made.__class__ is Fault
        return made


@dataclass(slots=True)
class Batch:
    """Some rows, what is wrong in them, and which of them are set aside. Places count from 0 in the batch."""

    rows: list[Row]
    findings: list[Finding] = field(default_factory=list)
    wrong: set[int] = field(default_factory=set)
    as_told: dict[int, set[str]] = field(default_factory=dict)
    parsed: "Parsed" = field(default_factory=dict)
    wrong_plan: Finding | None = None

    @property
    def kept(self) -> int:
        """How many rows are not set aside."""
        return len(self.rows) - len(self.wrong)

    def records(self) -> list[Record]:
        """The rows that are not set aside."""
        keys = tuple(self.parsed)
        rows = zip(self.rows, zip(*self.parsed.values(), strict=True), strict=True)
        return [
            Record(row, keys, values, frozenset(self.as_told[place]) if place in self.as_told else NOTHING)
            for place, ((row, _), values) in enumerate(rows)
            if place not in self.wrong
        ]

    def say(
        self, place: int, column: str | None, value: str | None, severity: str, problem: str, do: str, *allowed: str
    ) -> None:
        """Note what is wrong with a row; an error sets it aside."""
        self.findings.append(Finding(self.rows[place][0], column, value, severity, problem, do, allowed))
        if severity == ERROR:
            self.wrong.add(place)


class Columns:
    """The columns of one file."""

    def __init__(self, header: Header, layouts: Layouts) -> None:
        self.layout = header.layout
        self.at = sorted(header.at.items())
        self.width = len(header.cells)
        self.memories = [(at, column, Memory(column)) for at, column in self.at]
        self.keys = tuple(column.key for _, column in self.at)
        self.heading = {column.key: header.cells[at] for at, column in self.at}
        there = [column for _, column in self.at]
        self.asking = [
            each
            for each in there
            if each.when is not None and each.when.key in self.heading and each.required != OPTIONAL
        ]
        self.later = [each for each in there if each.not_before in self.heading]
        self.plans = [each.key for each in there if each.role == "plan"]
        near = sorted(layouts.values(), key=lambda each: each.file == self.layout.file)  # the same file's win
        self.others = {squeezed(name): each for each in near for name in each.plan_names}
        self.own = {squeezed(name) for name in self.layout.plan_names}
        self.unique = self.layout.unique if set(self.layout.unique) <= set(self.keys) else ()
        self.seen: dict[int, int] = {}
        self.last_row, self.last_is_short = 0, False

    def read(self, rows: list[Row]) -> Batch:
        """Read some rows."""
        batch = Batch(rows)
        cells = list(zip(*self._padded(batch), strict=True))
        parsed = {column.key: self._column(batch, column, memory, cells[at]) for at, column, memory in self.memories}
        self._between(batch, parsed)
        self._again(batch, parsed)
        batch.parsed = parsed
        batch.findings.sort(key=lambda each: each.row or 0)
        batch.wrong_plan = self._wrong_plan(batch, parsed)
        return batch

    def _padded(self, batch: Batch) -> list[list[str]]:
        """Every row as wide as the headings."""
        made = []
        for place, (_, cells) in enumerate(batch.rows):
            if len(cells) > self.width and any(map(str.strip, cells[self.width :])):
                problem = "this row has more cells than there are headings: a sign in it parts a cell in two"
                batch.say(place, None, None, ERROR, problem, "put the cell that holds the sign in quotation marks")
            wide = len(cells) == self.width
            made.append(cells if wide else (cells + [""] * (self.width - len(cells)))[: self.width])
        self.last_row, self.last_is_short = batch.rows[-1][0], len(batch.rows[-1][1]) < self.width
        return made

    def _column(self, batch: Batch, column: Column, memory: Memory, cells: tuple[str, ...]) -> list[Any]:
        """What the cells of a column mean; what is wrong with them is noted."""
        if not any(cells) and column.required == OPTIONAL:
            return [None] * len(cells)
        values = memory.meant(cells)
        if (memory.faulty or not memory.remembers) and Fault in set(map(type, values)):
            for place, value in enumerate(values):
                if value.__class__ is Fault:
                    values[place] = self._fault(batch, place, column, cells[place], value)
        return values

    def _fault(self, batch: Batch, place: int, column: Column, cell: str, fault: Fault) -> Value:
        heading, shown = self.heading[column.key], cell[:SHOWN] or None
        batch.say(place, heading, shown, fault.severity, fault.problem, fault.do, *fault.allowed)
        if fault.value is not None and column.values:
            batch.as_told.setdefault(place, set()).add(column.key)
        return fault.value

    def _between(self, batch: Batch, parsed: Parsed) -> None:
        """What one cell demands of another."""
        for column in self.asking:
            if column.when is None:
                continue
            key, asks = column.when
            severity = ERROR if column.required == ALWAYS else WARNING
            problem = f"this is blank, and {self.heading[key]} asks for it"
            for place, (value, other) in enumerate(zip(parsed[column.key], parsed[key], strict=True)):
                if value is None and other == asks:
                    batch.say(place, self.heading[column.key], None, severity, problem, "fill it in")
        for column in self.later:
            before = column.not_before or ""
            problem = f"this day lies before {self.heading[before]}"
            for place, (first, last) in enumerate(zip(parsed[before], parsed[column.key], strict=True)):
                if first is not None and last is not None and last < first:
                    shown = write_day(last, None)
                    batch.say(place, self.heading[column.key], shown, WARNING, problem, "correct one of the two days")

    def _again(self, batch: Batch, parsed: Parsed) -> None:
        """A second row about the same."""
        for place, key in enumerate(zip(*(parsed[each] for each in self.unique), strict=True)):
            row = batch.rows[place][0]
            if None in key or place in batch.wrong:
                continue
            before = self.seen.setdefault(hash(key), row)
            if before != row:
                problem = f"row {before} already tells of the same"
                do = "keep the row that is right, and remove the other"
                batch.say(place, self.heading[self.unique[0]], None, ERROR, problem, do)
        if self.unique and len(self.seen) > MOST_KEYS:
            self.unique = ()
            problem = "so many rows: below this one nobody looks for a second row about the same"
            batch.say(
                len(batch.rows) - 1, None, None, NOTE, problem, "send the file in parts if it should be looked for"
            )

    def _wrong_plan(self, batch: Batch, parsed: Parsed) -> Finding | None:
        """Another plan's name where this plan's should stand."""
        for key in self.plans if self.own else ():
            for told in sorted({str(each) for each in parsed[key] if each is not None}):
                other = self.others.get(squeezed(told))
                if other is not None and squeezed(told) not in self.own:
                    row = batch.rows[parsed[key].index(told)][0]
                    problem = f"this is a file of {other.plan_names[0]}, not of {self.layout.plan_names[0]}"
                    do = "send it to the place of its own plan, or name its layout"
                    shown = told[:SHOWN]
                    return Finding(row, self.heading[key], shown, ERROR, problem, do, (other.id,), "right_file")
        return None
