"""What an input is known by: its files for going on after a stop, the policy's codes, and each member's rows."""

import hashlib
import json
from pathlib import Path

from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.database import parquet
from wholeperson.sweep.input.found import Found

# What a sweep reads of a member, beside the members table itself; `at` is left out, so the order of rows is no change.
TOLD = {
    "coverage": "begins, ends, plan, county, aid_code, share_of_cost",
    "statements": "kept.fact, kept.json, begins, ends, learnt, source, attested_by",
    "happenings": "event, begins, ends, avoidable, unplanned, about, term, facility_type, adjudication, program, "
    "expected_release, code, modifiers, units, cents, source, id, learnt",
    "diagnoses": "begins, ends, sets, code, source, id",
}


# One more whenever a part of an import gets another name, other columns or another meaning: what an import left that
# other code had begun is then thrown away.
FORMAT = 2


def input_key(found: dict[str, Found], policy: Policy, version: str) -> str:
    """Changes when a file, the policy, the program or the form of its parts does."""
    files = {name: (str(each.path.resolve()), *_state(each.path)) for name, each in sorted(found.items())}
    whole = json.dumps([version, FORMAT, files, policy.version, policy_codes(policy), sorted(policy.plans)])
    return hashlib.sha256(whole.encode()).hexdigest()


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def policy_codes(policy: Policy) -> str:
    """Of the code sets, and of how claims become events."""
    events = policy.documents.by_name["events"]
    whole = json.dumps([policy.documents.codes, events], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


def fingerprints(kept: Path, folder: Path, own_classes: str) -> str:
    """SQL of the store's members, each with a hash over all its rows."""
    rows = [f"SELECT no, hash({place}, {columns}) AS print FROM {_rows(folder, table)}"
            for place, (table, columns) in enumerate(TOLD.items())]  # fmt: skip
    told = f"SELECT no, bit_xor(print) AS print FROM ({' UNION ALL '.join(rows)}) GROUP BY no"
    mine = "hash(member_id, birth, death, county, languages, race_ethnicity, sex)"
    return f"""
        SELECT kept.*, coalesce(complete_class, 0) AS complete_class,
               CAST(xor({mine}, coalesce(told.print, 0)) >> 1 AS BIGINT) AS fingerprint
        FROM {parquet(kept)} AS kept LEFT JOIN ({told}) AS told USING (no) LEFT JOIN ({own_classes}) AS own USING (no)
        ORDER BY no
    """


def _rows(folder: Path, table: str) -> str:
    rows = parquet(folder / f"{table}.parquet")
    if table != "statements":
        return rows
    return f"{rows} AS said JOIN {parquet(folder / 'values.parquet')} AS kept ON kept.value = said.value"
