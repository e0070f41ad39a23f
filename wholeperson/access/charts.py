"""A chart: a table of numbers with a bar beside each line, and the same numbers as a file. `<c-chart>` shows it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Number = int | None  # None: not told


@dataclass(frozen=True)
class Row:
    """A line of a chart. `whole` and `part` are the shares of the bar, in percent; none where they are not told."""

    name: Any
    numbers: list[Number]
    whole: float | None = None
    part: float | None = None


@dataclass(frozen=True)
class Chart:
    """`key` stands in its address. `heads` are the columns' names, one for each number of a row."""

    key: str
    title: Any
    of: Any
    heads: list[Any]
    rows: list[Row] = field(default_factory=list)

    @property
    def lines(self) -> Iterator[tuple[Any, ...]]:
        """The rows as a file has them."""
        return ((row.name, *row.numbers) for row in self.rows)


def share(number: Number, of: int) -> float | None:
    """In percent, as a bar is drawn."""
    return round(100 * number / of, 1) if of and number is not None else None
