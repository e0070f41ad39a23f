"""The statements of a run as an engine's SQL, kept so that the next run of that day and policy need not compile."""

import hashlib
import json
import os
import tempfile
from pathlib import Path

import wholeperson.sweep.leaves
from wholeperson.rules.reading.cache import cache_folder
from wholeperson.sweep.leaves.plan import Plan

KEPT = 12  # days and policies; a plan sweeps one a month
Statements = list[tuple[str, str]]


def statements(plan: Plan, dialect: str) -> Statements:
    """Name and SELECT of every stage, in order."""
    key = _key(plan, dialect)
    kept = _kept(key)
    if kept is None:
        # Only here: the compiler takes a second to load, and is needed once for a policy and a day.
        from wholeperson.sweep.leaves.compile import compiled
        from wholeperson.sweep.run.dialects import sql_of

        kept = [(stage.name, sql_of(stage.expression, dialect)) for stage in compiled(plan)]
        _keep(key, kept)
    return kept


def _key(plan: Plan, dialect: str) -> str:
    """Everything a statement is made of: policy, day, the store's lists, where each atom lies, and our own code."""
    store = plan.store
    told = (
        dialect, plan.policy.version, plan.calendar.on, store.words, store.sources, store.events, store.sets,
        store.complete, plan.layout.bits, plan.words, plan.tolerated,
        [(name, [repr(value) for value in each.stands_for]) for name, each in plan.classes.items()],
        [each[0] for each in plan.values if each[2] is True], _own_code(),
    )  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _own_code() -> str:
    folder = Path(wholeperson.sweep.leaves.__file__).parent
    made = hashlib.sha256()
    for path in sorted([*folder.glob("*.py"), Path(__file__).with_name("dialects.py")]):
        made.update(path.read_bytes())
    return made.hexdigest()


def _file(key: str) -> Path | None:
    folder = cache_folder()
    return folder / f"sweep-{key[:32]}.json" if folder else None


def _kept(key: str) -> Statements | None:
    path = _file(key)
    try:
        return [(name, sql) for name, sql in json.loads(path.read_bytes())] if path else None
    except (OSError, ValueError, TypeError):  # not there, half a file, or not ours
        return None


def _keep(key: str, made: Statements) -> None:
    path = _file(key)
    try:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as opened:
                json.dump(made, opened)
            Path(beside).replace(path)
            for old in sorted(path.parent.glob("sweep-*.json"), key=os.path.getmtime)[:-KEPT]:
                old.unlink(missing_ok=True)
    except OSError:
        return
