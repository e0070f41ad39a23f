"""An earlier run as the beginning of this one: states of members nobody need look at again, and what was decided."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wholeperson.rules.person import Complete
from wholeperson.sweep.leaves.atoms import every_node
from wholeperson.sweep.leaves.plan import Plan
from wholeperson.sweep.leaves.windows import Calendar
from wholeperson.sweep.run.deciding import Decided, Pattern, decide_all, numbered
from wholeperson.sweep.run.duck import Duck
from wholeperson.sweep.run.engines import quoted
from wholeperson.sweep.run.layouts import layout_of
from wholeperson.sweep.run.moved import moved
from wholeperson.sweep.store.opening import as_complete

# What a run reads of members; these are narrowed to those it looks at.
Told = Callable[[str], None]
LISTS = ("because", "missing", "settled_by", "review")
READ = ("members", "coverage", "spans", "statements", "happenings", "diagnoses")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A finished run whose states mean what this run's do."""

    folder: Path
    on: date
    classes: tuple[tuple[Complete, ...], ...]
    versions: dict[str, str]

    def stands(self, plan: Plan) -> bool:
        """Whether a state would be decided as it was: the same policy, and nothing begins or ends between the days."""
        days = (self.on, plan.calendar.on)
        now = {each: plan.policy.versions.get(each, "") for each in plan.policy.programmes}
        return self.versions == now and _in_force(plan, days[0]) == _in_force(plan, days[1])

    def to_look_at(self, desk: Duck, plan: Plan) -> int:
        """Leave the table ``todo`` of the members to be looked at; returns how many."""
        then = f"read_parquet({quoted(self.folder / 'states.parquet')})"
        told = (
            "m.no, m.fingerprint = e.fingerprint AS same, e.complete_class AS was, m.complete_class AS is_now, e.kind"
        )
        rows = f"{then} e JOIN main.members m USING (member_id)"
        desk.connection.execute(f"CREATE TEMP TABLE earlier AS SELECT {told} FROM {rows}")
        pairs = [(int(row["was"]), int(row["is_now"])) for row in
                 desk.rows("SELECT DISTINCT was, is_now FROM earlier ORDER BY ALL").to_pylist()]  # fmt: skip
        found = moved(plan, Calendar(plan.policy, self.on, self.classes), pairs)
        sql = ["SELECT no FROM main.members WHERE no NOT IN (SELECT no FROM earlier)",
               "SELECT no FROM earlier WHERE NOT same", *found.sql]  # fmt: skip
        sql += [f"SELECT no FROM earlier WHERE was = {was} AND is_now = {now}" for was, now in found.pairs]
        desk.connection.execute(f"CREATE TEMP TABLE todo AS SELECT DISTINCT no FROM ({' UNION ALL '.join(sql)})")
        return int(desk.rows("SELECT count(*) AS it FROM todo").column("it")[0].as_py())


def earlier_run(folder: Path, plan: Plan) -> Earlier | None:
    """The earlier run, or None where its states mean something else than this run's."""
    try:
        told = json.loads((folder / "run.json").read_bytes())
        classes = tuple(tuple(as_complete(each) for each in one) for one in told["complete_classes"])
        usable = told["layout"] == layout_of(plan) and told["engine"] != "reference"
        on, versions = date.fromisoformat(told["on"]), dict(told["versions"])
        return Earlier(folder, on, classes, versions) if usable else None
    except (OSError, ValueError, KeyError, TypeError):  # an older kind of run: everybody is looked at again
        return None


def _in_force(plan: Plan, day: date) -> list[object]:
    """What of the policy depends on the day itself."""
    nodes = [(node.in_force(day), node.only_perhaps(day)) for node in every_node(plan.policy)]
    programmes = plan.policy.programmes.values()
    ended = [each.authority_until is not None and day > each.authority_until for each in programmes]
    return [nodes, ended, [each.mandatory is not None and day >= each.mandatory[0] for each in programmes]]


def narrow(desk: Duck) -> None:
    """Let the statements read of those to be looked at alone."""
    for name in READ:
        desk.connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT * FROM main."{name}" SEMI JOIN todo USING (no)')


def widen(desk: Duck, earlier: Earlier) -> None:
    """Everybody again, and the earlier states of those who were not looked at."""
    for name in READ:
        desk.connection.execute(f'DROP TABLE temp."{name}"')
    words = [name for name in desk.rows("SELECT * FROM state LIMIT 0").column_names if name != "no"]
    kinds = f"read_parquet({quoted(earlier.folder / 'kinds.parquet')})"
    rows = f"(SELECT no, kind FROM earlier ANTI JOIN todo USING (no)) e JOIN {kinds} k USING (kind)"
    desk.connection.execute(f"INSERT INTO state SELECT e.no, {', '.join(f'k.{word}' for word in words)} FROM {rows}")


def decide_anew(
    plan: Plan, desk: Duck, earlier: Earlier, states: np.ndarray, members: np.ndarray, told: Told
) -> list[Decided]:
    """Every programme: what the earlier run decided of a state stands, where neither policy nor day says otherwise."""
    if not earlier.stands(plan):
        return decide_all(plan, states, members, told, alone=desk.spares_nothing)
    known = _known(plan, desk, earlier.folder, states)
    new = known[next(iter(known))] < 0
    fresh = {
        each.programme: each for each in decide_all(plan, states[new], members[new], told, alone=desk.spares_nothing)
    }
    patterns = _patterns(earlier.folder)
    return [_joined(name, patterns[name], known[name], fresh[name], new, members) for name in plan.policy.programmes]


def _known(plan: Plan, desk: Duck, folder: Path, states: np.ndarray) -> dict[str, np.ndarray]:
    """Programme → the number of the earlier pattern of every distinct state, -1 for a state that was not there."""
    words = [f"w{word}" for word in range(plan.words)]
    now = {word: states[:, at] for at, word in enumerate(words)}
    desk.small("now", pa.table({"place": np.arange(len(states), dtype=np.int32), **now}))
    same = " AND ".join(f"s.{word} = k.{word}" for word in words)
    listed = ", ".join(f'coalesce(k."{name}", -1) AS "{name}"' for name in plan.policy.programmes)
    then = f"read_parquet({quoted(folder / 'kinds.parquet')})"
    rows = desk.rows(f"SELECT {listed} FROM now s LEFT JOIN {then} k ON {same} ORDER BY s.place")
    if len(rows) != len(states):
        raise AssertionError(f"{len(rows)} states, not {len(states)}")
    return {name: rows.column(name).to_numpy() for name in plan.policy.programmes}


def _patterns(folder: Path) -> dict[str, list[Pattern]]:
    found: dict[str, list[Pattern]] = {}
    for row in pq.read_table(folder / "patterns.parquet").to_pylist():
        because, missing, settled, review = (tuple(row[name]) for name in LISTS)
        pattern = Pattern(row["answer"], because, missing, settled, review, row["mandatory"])
        found.setdefault(row["programme"], []).append(pattern)
    return found


def _joined(
    name: str, earlier: list[Pattern], known: np.ndarray, fresh: Decided, new: np.ndarray, members: np.ndarray
) -> Decided:
    """Earlier patterns and fresh ones as one list, with the place in it of every state."""
    kind = known.astype(np.int64)
    kind[new] = fresh.of_state.astype(np.int64) + len(earlier)
    return numbered(name, [*earlier, *(pattern for pattern, _ in fresh.patterns)], kind, members)
