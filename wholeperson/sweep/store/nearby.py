"""The store opened once to fetch one member after the other: of each table only the rows around them."""

from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from wholeperson.rules.person import Person
from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.store.opening import Store
from wholeperson.sweep.store.people import person_of

READ = ("members", "coverage", "statements", "happenings", "diagnoses")
Row = dict[str, Any]


class Sorted:
    """A table sorted by one column, with the first and last value of each of its row groups."""

    def __init__(self, path: Path, column: str, without: tuple[str, ...] = ()) -> None:
        self.file, self.column = pq.ParquetFile(path, memory_map=True), column
        self.columns = [each for each in self.file.schema_arrow.names if each not in without]
        at = self.file.schema_arrow.get_field_index(column)
        groups = [self.file.metadata.row_group(each) for each in range(self.file.num_row_groups)]
        bounds = [each.column(at).statistics for each in groups if each.num_rows]
        self.firsts, self.lasts = [each.min for each in bounds], [each.max for each in bounds]

    def rows(self, value: Any) -> list[Row]:
        """The rows with that value."""
        first, last = bisect_left(self.lasts, value), bisect_right(self.firsts, value)
        if first >= last:
            return []
        table = self.file.read_row_groups(range(first, last), columns=self.columns, use_threads=False)
        return list(table.filter(pc.equal(table.column(self.column), value)).to_pylist())


class Shelf:
    """The tables of a store, to be asked for one member."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.by_name = Sorted(store.table("members"), "member_id", ("sex", "fingerprint"))
        self.tables = {name: Sorted(store.table(name), "no") for name in READ[1:]}
        self.values = {row["value"]: row for row in pq.read_table(store.table("values")).to_pylist()}

    def member(self, name: str) -> Row | None:
        """The row of the member of that name."""
        return next(iter(self.by_name.rows(name)), None)

    def person(self, row: Row, policy: Policy) -> Person:
        """Everything that is known of the member with that row."""
        return person_of(row, {name: self.tables[name].rows(row["no"]) for name in READ[1:]}, self.values,
                         self.store, policy)  # fmt: skip
