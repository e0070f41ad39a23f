"""Diagnoses of the store: the codes that lines of claims and spells carry, each once for its day and its id.

A line may carry many codes, and most claims say the same ones on each of their lines. So lines are put in order by
member, day and claim, with numbers for codes, and taken apart only then: what is equal stands side by side.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.claims.classify import Classified
from wholeperson.sweep.input.database import Connection, half_lent
from wholeperson.sweep.input.diagnoses import in_sets
from wholeperson.sweep.input.once import Sets, each_once, groups
from wholeperson.sweep.input.parts import Parts
from wholeperson.sweep.store.schema import ROW_GROUP

BATCH: Final = 1 << 16  # lines taken apart at once
DIAGNOSES: Final = pa.schema([
    ("no", pa.int32()), ("begins", pa.int32()), ("ends", pa.int32()), ("sets", pa.int64()),
    ("code", pa.dictionary(pa.int32(), pa.string())), ("source", pa.int16()), ("id", pa.string()),
])  # fmt: skip
SHOWN: Final = pa.schema([("no", pa.int32()), ("begins", pa.int32()), ("mask", pa.int64())])
# Words are kept once in a row group where they are few; and nobody looks for a group by anything but its members.
PACKED: Final[dict[str, Any]] = {"compression": "zstd", "use_dictionary": ["sets", "code", "source"],
                                 "write_statistics": ["no", "begins"], "store_schema": False}  # fmt: skip


class Bits(NamedTuple):
    """Sets as bits: those that carry a fact, of claims and of spells; and those that show a pregnancy."""

    claims: int
    told: int
    shown: int


class Coded(NamedTuple):
    """Rows with codes. ``lines``: SQL of (no, begins, id, a number from 1 for each code, 0 for none), None: no claims.

    ``told``: SQL of what spells tell (no, begins, ends, id, source, code), None: nothing.
    """

    lines: str | None
    numbers: tuple[str, ...]
    told: str | None
    source: int
    bits: Bits

    def ordered(self) -> str:
        """SQL of the rows in order; what only spells have is left out where they tell nothing."""
        order = "no, begins, id"
        if not self.told:
            return f"SELECT no, begins, id, {', '.join(self.numbers)} FROM ({self.lines}) ORDER BY {order}"
        rows = [f"SELECT no, begins, ends, id, source, true AS told, number AS {self.numbers[0]} FROM ({self.told}) "
                "JOIN code_numbers ON raw = code"]  # fmt: skip
        if self.lines:
            rows.append(f"SELECT *, begins AS ends, CAST({self.source} AS SMALLINT) AS source, false AS told "
                        f"FROM ({self.lines})")  # fmt: skip
        kept = ", ".join(f"coalesce({each}, 0) AS {each}" for each in self.numbers)
        every = " UNION ALL BY NAME ".join(rows)
        return f"SELECT no, begins, id, ends, source, told, {kept} FROM ({every}) ORDER BY {order}, told, source, ends"


def coded_rows(lines: str | None, numbers: tuple[str, ...], told: str | None, rules: Classified, lists: Lists) -> Coded:
    """What lines of claims and spells tell, by the policy's rules."""
    evidence = rules.bits(rules.evidence)
    bits = Bits(rules.told_by_diagnosis & evidence, evidence, rules.shown_by_diagnosis)
    return Coded(lines, numbers or ("of_told",), told, lists["sources"].index("claims"), bits)


def number_codes(told: str | None, connection: Connection, *, claims: bool) -> None:
    """Each code that stands in a set gets a number from 1, as a table; ``sets``: all that it is ever in."""
    codes = f"SELECT DISTINCT code AS raw FROM ({told})" if told else "SELECT '' AS raw WHERE false"
    every = f"({in_sets(codes)}) UNION FROM code_days" if claims else in_sets(codes)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE every_code_days AS {every}")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE code_numbers AS SELECT raw, bit_or(mask) AS sets, "
        "CAST(row_number() OVER (ORDER BY raw) AS INTEGER) AS number FROM every_code_days GROUP BY raw"
    )


def write_diagnoses(coded: Coded | None, parts: Parts, connection: Connection) -> Path:
    """The store's diagnoses; returns where (no, begins, mask) of the codes of claims are that show a pregnancy."""
    shown = parts.folder / "claims-shown.parquet"
    parts.make("diagnoses.parquet", lambda path: _write(coded, path, parts, connection))
    return shown


def _write(coded: Coded | None, path: Path, parts: Parts, connection: Connection) -> None:
    beside = path.with_name("claims-shown.parquet.new")
    with (
        half_lent(connection),
        pq.ParquetWriter(path, DIAGNOSES, **PACKED) as written,
        pq.ParquetWriter(beside, SHOWN) as shown,
    ):
        for found in _whole_groups(_found(coded, connection, shown) if coded else iter(())):
            written.write_table(found, row_group_size=ROW_GROUP)
    beside.rename(parts.folder / "claims-shown.parquet")


def _found(coded: Coded, connection: Connection, shown: pq.ParquetWriter) -> Iterator[pa.Table]:
    listed = connection.execute("SELECT raw FROM code_numbers ORDER BY number").fetchall()
    codes = pa.array([raw for (raw,) in listed], pa.string())
    days = "SELECT number, first, last, mask FROM every_code_days JOIN code_numbers USING (raw) ORDER BY number, first"
    sets = Sets(connection.execute(days).fetchnumpy())
    rows = connection.sql(coded.ordered()).to_arrow_reader(BATCH)
    for lines in groups(rows, ("no", "begins", "id", *(("ends", "source", "told") if coded.told else ()))):
        every = each_once(lines, coded.numbers, sets)
        shown.write_table(every.showing(coded.bits.shown).cast(SHOWN))
        found = every.carrying(coded.bits.claims, coded.bits.told, codes, coded.source)
        yield found.select(DIAGNOSES.names).cast(DIAGNOSES)


def _whole_groups(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The same rows, so that each table but the last is whole row groups."""
    left: list[pa.Table] = []
    for table in tables:
        every = pa.concat_tables([*left, table])
        whole = len(every) // ROW_GROUP * ROW_GROUP
        if whole:
            yield every.slice(0, whole)
        left = [every.slice(whole)]
    yield from (each for each in left if len(each))
