"""Reads the rows of a file column by column: each cell once, and what was read before from memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wholeperson.formats.files.days import write_day
from wholeperson.formats.files.findings import Finding, Record
from wholeperson.formats.files.header import Header
from wholeperson.formats.files.layout import ALWAYS, Column, Layouts, squeezed
from wholeperson.formats.files.table import Row
from wholeperson.formats.files.values import ERROR, NOTE, WARNING, Fault, Value, reader

REMEMBERED = 20_000  # cells of a column
MOST_KEYS = 500_000  # rows among which a second one about the same is found
SHOWN = 80  # signs of a value
Values = dict[str, Value]


class Memory(dict[str, Any]):
    """What the cells of one column mean, each read once."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self.read = read
        self.faults: set[str] = set()

    def __missing__(self, cell: str) -> Any:
        if len(self) >= REMEMBERED:
            self.clear()
        made = self[cell] = self.read(cell)
        if made.__class__ is Fault:
            self.faults.add(cell)
        return made


@dataclass(slots=True)
class Batch:
    """Some rows, what is wrong in them, and which of them are set aside. Places count from 0 in the batch."""

    rows: list[Row]
    findings: list[Finding] = field(default_factory=list)
    wrong: set[int] = field(default_factory=set)
    as_told: dict[int, set[str]] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    wrong_plan: Finding | None = None

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
        self.memories = [(at, column, Memory(reader(column))) for at, column in self.at]
        self.keys = [column.key for _, column in self.at]
        self.heading = {column.key: header.cells[at] for at, column in self.at}
        there = [column for _, column in self.at]
        self.asking = [each for each in there if each.when is not None and each.required != "optional"]
        self.later = [each for each in there if each.not_before in self.heading]
        self.plans = [each.key for each in there if each.role == "plan"]
        self.others = {squeezed(name): each for each in layouts.values() for name in each.plan_names}
        self.own = {squeezed(name) for name in self.layout.plan_names}
        self.unique = self.layout.unique if set(self.layout.unique) <= set(self.keys) else ()
        self.seen: dict[int, int] = {}
        self.last_row, self.last_is_short = 0, False

    def read(self, rows: list[Row]) -> Batch:
        """Read some rows."""
        batch = Batch(rows)
        cells = list(zip(*self._padded(batch), strict=True))
        parsed = [self._column(batch, column, memory, cells[at]) for at, column, memory in self.memories]
        told: list[Values] = [dict(zip(self.keys, row, strict=True)) for row in zip(*parsed, strict=True)]
        for place, values in enumerate(told):
            self._between(batch, place, values)
            self._again(batch, place, values)
        batch.records = [
            Record(rows[place][0], values, frozenset(batch.as_told.get(place, ())))
            for place, values in enumerate(told)
            if place not in batch.wrong
        ]
        batch.findings.sort(key=lambda each: each.row or 0)
        batch.wrong_plan = self._wrong_plan(told, rows)
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
        values = [memory[cell] for cell in cells]
        if memory.faults and not memory.faults.isdisjoint(cells):
            for place, value in enumerate(values):
                if value.__class__ is Fault:
                    values[place] = self._fault(batch, place, column, cells[place], value)
        if len(memory.faults) > REMEMBERED:
            memory.clear()
            memory.faults.clear()
        return values

    def _fault(self, batch: Batch, place: int, column: Column, cell: str, fault: Fault) -> Value:
        shown = cell[:SHOWN] or None
        batch.say(place, self.heading[column.key], shown, fault.severity, fault.problem, fault.do, *fault.allowed)
        if fault.value is not None and column.values:
            batch.as_told.setdefault(place, set()).add(column.key)
        return fault.value

    def _between(self, batch: Batch, place: int, values: Values) -> None:
        """What one cell demands of another."""
        for column in self.asking:
            when = column.when
            if values[column.key] is None and when and values.get(when.key) == when.value:
                severity = ERROR if column.required == ALWAYS else WARNING
                problem = f"this is blank, and {self.heading[when.key]} asks for it"
                batch.say(place, self.heading[column.key], None, severity, problem, "fill it in")
        for column in self.later:
            first, last = values[column.not_before or ""], values[column.key]
            if isinstance(first, date) and isinstance(last, date) and last < first:
                problem = f"this day lies before {self.heading[column.not_before or '']}"
                shown = write_day(last, None)
                batch.say(place, self.heading[column.key], shown, WARNING, problem, "correct one of the two days")

    def _again(self, batch: Batch, place: int, values: Values) -> None:
        """A second row about the same."""
        if not self.unique:
            return
        key = tuple(values[each] for each in self.unique)
        row = batch.rows[place][0]
        if None in key or place in batch.wrong:
            return
        before = self.seen.setdefault(hash(key), row)
        if before != row:
            problem, do = f"row {before} already tells of the same", "keep the row that is right, and remove the other"
            batch.say(place, self.heading[self.unique[0]], None, ERROR, problem, do)
        elif len(self.seen) >= MOST_KEYS:
            self.unique = ()
            problem = "so many rows: from here on nobody looks for a second row about the same"
            batch.say(place, None, None, NOTE, problem, "send the file in parts if you want that looked for")

    def _wrong_plan(self, told: list[Values], rows: list[Row]) -> Finding | None:
        """Another plan's name where this plan's should stand."""
        return next(self._strangers(told, rows), None) if self.own and self.plans else None

    def _strangers(self, told: list[Values], rows: list[Row]) -> Iterator[Finding]:
        own = self.layout.plan_names[0]
        for (row, _), values in zip(rows, told, strict=True):
            for key in self.plans:
                name = squeezed(str(values[key] or ""))
                other = self.others.get(name)
                if other is None or name in self.own:
                    continue
                problem = f"this is a file of {other.plan_names[0]}, not of {own}"
                do = "send it to the place of its own plan, or name its layout"
                shown = str(values[key])[:SHOWN]
                yield Finding(row, self.heading[key], shown, ERROR, problem, do, (other.id,), "right_file")
