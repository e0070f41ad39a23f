"""The files of one run: every member's patterns, the patterns, and what the run says of itself."""

import json
from collections.abc import Sequence
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

SCHEMA = "wholeperson/sweep@1"
RUN_FILE = "run.json"
PATTERNS = pa.schema(
    [
        ("programme", pa.string()), ("pattern", pa.int32()), ("answer", pa.string()),
        ("because", pa.list_(pa.string())), ("missing", pa.list_(pa.string())), ("settled_by", pa.list_(pa.string())),
        ("review", pa.list_(pa.string())), ("mandatory", pa.bool_()), ("members", pa.int64()),
    ]
)  # fmt: skip


def write_patterns(path: Path, decided: Sequence[Decided]) -> None:
    """One row a programme and pattern."""
    rows = [
        (each.programme, at, *pattern, members)
        for each in decided
        for at, (pattern, members) in enumerate(each.patterns)
    ]
    pq.write_table(arrow([(each.name, each.type) for each in PATTERNS], rows), path, compression="zstd")


def write_members(desk: Duck, folder: Path, states: np.ndarray, decided: Sequence[Decided]) -> None:
    """One row a member with its pattern for every programme; and for the next run, what they were decided from."""
    words = [f"w{word}" for word in range(states.shape[1])]
    columns = {name: states[:, at] for at, name in enumerate(words)}
    columns |= {each.programme: each.of_state for each in decided}
    desk.small("kinds", pa.table(columns))
    joined = " AND ".join(f"s.{word} = k.{word}" for word in words)
    listed = ", ".join(f'k."{each.programme}"' for each in decided)
    rows = f"state s JOIN kinds k ON {joined} JOIN members m ON m.no = s.no"
    desk.write_by_member(f"SELECT m.member_id, {listed} FROM {rows}", "m.no", folder / "determinations.parquet")
    of_member = "s.no, m.member_id, m.fingerprint, m.complete_class"
    own = ", ".join(f"s.{word}" for word in words)
    rows = "state s JOIN members m ON m.no = s.no"
    desk.write_by_member(f"SELECT {of_member}, {own} FROM {rows}", "s.no", folder / "states.parquet")
    desk.write(f"SELECT * FROM kinds ORDER BY {', '.join(words)}", folder / "kinds.parquet")


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
