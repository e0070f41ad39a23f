"""The files of one run: every member's patterns, the patterns, and what the run says of itself."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.run.deciding import Decided
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.engines import arrow
from wholeperson.sweep.run.layouts import layout_of
from wholeperson.sweep.store.schema import ROW_GROUP

SCHEMA = "wholeperson/sweep@1"
RUN_FILE = "run.json"
AT_ONCE = 5 * ROW_GROUP  # members written at once
DETERMINED = pa.schema([("member_id", pa.string())])
STATED = pa.schema([("no", pa.int32()), ("member_id", pa.string()), ("fingerprint", pa.int64()),
                    ("complete_class", pa.int16())])  # fmt: skip
PATTERNS = pa.schema(
    [
        ("programme", pa.string()), ("pattern", pa.int32()), ("answer", pa.string()),
        ("because", pa.list_(pa.string())), ("missing", pa.list_(pa.string())), ("settled_by", pa.list_(pa.string())),
        ("review", pa.list_(pa.string())), ("mandatory", pa.bool_()), ("members", pa.int64()),
    ]
)  # fmt: skip


def write_patterns(path: Path, decided: Sequence[Decided]) -> None:
    """One row a programme and pattern; so many at once, as all that they lack is long."""
    rows = (
        (each.programme, at, *pattern, members)
        for each in decided
        for at, (pattern, members) in enumerate(each.patterns)
    )
    columns = [(each.name, each.type) for each in PATTERNS]
    with pq.ParquetWriter(path, PATTERNS, compression="zstd") as written:
        while some := list(islice(rows, ROW_GROUP)):
            written.write_table(arrow(columns, some))


def write_members(desk: Duck, folder: Path, states: np.ndarray, decided: Sequence[Decided]) -> None:
    """One row a member with its pattern for every programme; and for the next run, what they were decided from."""
    desk.forget("state")  # every member's kind says it shorter
    patterns = {each.programme: each.of_state for each in decided}
    numbers = np.arange(len(states), dtype=np.int32)
    words = {f"w{word}": states[:, word] for word in range(states.shape[1])}
    kinds = pa.table({"kind": numbers, **words, **patterns})
    desk.write_in_order(
        (_by_member(desk, DETERMINED, patterns), folder / "determinations.parquet"),
        (_by_member(desk, STATED, {"kind": numbers}), folder / "states.parquet"),
        (kinds.to_reader(), folder / "kinds.parquet"),
    )


def _by_member(desk: Duck, own: pa.Schema, of_kind: dict[str, np.ndarray]) -> pa.RecordBatchReader:
    """Every member in order: columns of the store's, and what the member's kind of state has."""
    schema = pa.schema([*own, *((name, pa.from_numpy_dtype(values.dtype)) for name, values in of_kind.items())])

    def batches() -> Iterator[pa.RecordBatch]:
        at = 0
        for rows in pq.ParquetFile(desk.store.table("members")).iter_batches(AT_ONCE, columns=own.names):
            kinds = desk.kind_of[at : at + len(rows)]
            at += len(rows)
            told = [pa.array(values[kinds]) for values in of_kind.values()]
            yield pa.record_batch([*(rows.column(name) for name in own.names), *told], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def write_run(path: Path, plan: Plan, engine: str, decided: Sequence[Decided]) -> None:
    """What the run says of itself; no clock time, so that the same input gives the same bytes."""
    told = {
        "schema": SCHEMA,
        "on": plan.calendar.on.isoformat(),
        "engine": engine,
        "policy_version": plan.policy.version,
        "versions": {each.programme: plan.policy.versions.get(each.programme, "") for each in decided},
        "members": plan.store.members,
        "store": str(plan.store.folder.resolve()),
        "store_fingerprint": plan.store.fingerprint,
        "programmes": {each.programme: _answers(each) for each in decided},
        "complete": [_complete(each) for each in plan.store.complete[0]],
        "complete_classes": [[_complete(each) for each in one] for one in plan.store.complete],
        "layout": layout_of(plan),
    }
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _answers(decided: Decided) -> dict[str, int]:
    counts = {"yes": 0, "no": 0, "not_known": 0}
    for pattern, members in decided.patterns:
        counts[pattern.answer] += members
    return counts


def _complete(each: Any) -> dict[str, Any]:
    return {"source": each.source, "event": each.event, "from": each.begins.isoformat(),
            "through": each.through.isoformat()}  # fmt: skip
