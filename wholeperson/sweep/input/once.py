"""Rows that stand in order, taken apart into their codes: each code once for a member, a day and an id."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

KEPT: Final = ("no", "begins", "ends", "source", "id")  # of a row, for the store
Ints = np.ndarray[Any, np.dtype[Any]]
CODE_BITS: Final = np.uint64(32)
OF_CODE: Final = np.uint64((1 << 32) - 1)


class Sets:
    """In which sets a code is on a day. ``days``: number, first, last, mask, in order; of one code they are apart."""

    def __init__(self, days: dict[str, Ints]) -> None:
        self.begins = _placed(days["number"], days["first"])
        self.number, self.last, self.mask = days["number"], days["last"], days["mask"]

    def of(self, number: Ints, day: Ints) -> Ints:
        """The sets as bits, 0 where there is none."""
        if not len(self.begins):
            return np.zeros(len(number), np.int64)
        at = np.searchsorted(self.begins, _placed(number, day), side="right") - 1
        inside = (at >= 0) & (self.number[at] == number) & (day <= self.last[at])
        return np.where(inside, self.mask[at], 0)


def _placed(number: Ints, day: Ints) -> Ints:
    return (number.astype(np.int64) << 32) + day


class Told(NamedTuple):
    """Each code once: the row of ``lines`` it was told by, its number, and the sets it is in on that day."""

    lines: pa.Table
    row: Ints
    number: Ints
    sets: Ints

    def carrying(self, claims: int, told: int, codes: pa.Array, source: int) -> pa.Table:
        """Diagnoses that carry a fact; of claims and of what spells told other sets may."""
        told_by = self.lines["told"].to_numpy()[self.row] if "told" in self.lines.schema.names else False
        sets = self.sets & np.where(told_by, told, claims)
        some = sets != 0
        at = pa.array(self.row[some])
        rows = {each: self.lines[each].take(at) for each in KEPT if each in self.lines.schema.names}
        told_columns = {each: rows.get(each, otherwise) for each, otherwise in
                        (("ends", rows["begins"]), ("source", np.full(len(at), source, np.int16)))}  # fmt: skip
        code = pa.DictionaryArray.from_arrays(pa.array((self.number[some] - 1).astype(np.int32)), codes)
        return pa.table({**rows, **told_columns, "sets": sets[some], "code": code})

    def showing(self, shown: int) -> pa.Table:
        """Member, day and sets of codes of claims that are in one of those sets."""
        some = (self.sets & shown) != 0
        if "told" in self.lines.schema.names:
            some &= ~self.lines["told"].to_numpy()[self.row]
        at = self.row[some]
        days = {each: self.lines[each].to_numpy()[at] for each in ("no", "begins")}
        return pa.table({**days, "mask": self.sets[some]})


def groups(rows: Iterable[pa.RecordBatch], by: tuple[str, ...]) -> Iterator[pa.Table]:
    """The rows in tables in which rows that are equal by these columns are together; ``group`` numbers them."""
    left = None
    for batch in rows:
        if not len(batch):
            continue
        table = pa.Table.from_batches([batch])
        table = (pa.concat_tables([left, table]) if left else table).combine_chunks()
        begins = _begins(table, by)
        left, group = table.slice(last := int(np.flatnonzero(begins)[-1])), np.cumsum(begins[:last]) - 1
        yield table.slice(0, last).append_column("group", pa.array(group))
    if left:
        yield left.append_column("group", pa.array(np.zeros(len(left), np.int64)))


def _begins(table: pa.Table, by: tuple[str, ...]) -> Ints:
    """Of each row whether it is unlike the one before it."""
    new = np.ones(len(table), bool)
    new[1:] = False
    for each in by:
        column = table[each].combine_chunks()
        one, next_ = column.slice(0, len(column) - 1), column.slice(1)
        if column.null_count:
            unlike = pc.xor(pc.is_null(one), pc.is_null(next_))
            new[1:] |= pc.or_(unlike, pc.fill_null(pc.not_equal(one, next_), False)).to_numpy(zero_copy_only=False)
        else:
            new[1:] |= pc.not_equal(one, next_).to_numpy(zero_copy_only=False)
    return new


def each_once(lines: pa.Table, numbers: tuple[str, ...], sets: Sets) -> Told:
    """Each code of a group once, told by the group's first row. ``numbers``: columns with a code's number or 0."""
    group, columns = lines["group"].to_numpy(), [lines[each].to_numpy() for each in numbers]
    new = np.diff(group, prepend=-1) != 0
    first, unlike = np.flatnonzero(new), new
    for column in columns:  # most lines of a claim say what the one before said
        unlike = unlike | (np.diff(column, prepend=-1) != 0)
    high, columns = group[unlike].astype(np.uint64) << CODE_BITS, [each[unlike] for each in columns]
    keys = [high[some] | each[some].astype(np.uint64) for each in columns if (some := each > 0).any()]
    every = np.sort(np.concatenate(keys)) if keys else np.zeros(0, np.uint64)
    every = every[np.diff(every, prepend=np.uint64(0)) != 0]  # none is 0: numbers are from 1
    row, number = first[(every >> CODE_BITS).astype(np.int64)], (every & OF_CODE).astype(np.int64)
    return Told(lines, row, number, sets.of(number, lines["begins"].to_numpy()[row]))
