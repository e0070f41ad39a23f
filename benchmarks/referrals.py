"""Referrals of a county after some years: 100,000 members, 200,000 referrals, 5,000 providers, on PostgreSQL.

Each page beside an empty page of the same server; a referral beside the inserts that it comes to.
"""

from benchmarks import apart
from benchmarks.run import Measured, rounded

SIZES = (100_000, 200_000, 5_000)


def measure() -> Measured:
    """In a process of its own, on a database of its own."""
    sizes = apart.sizes("WHOLEPERSON_BENCH_COUNTY", SIZES)
    found = apart.measured("benchmarks.referring.measured", sizes)
    pages = apart.pages_of(found)
    told: Measured = {
        "figures": dict(zip(("members", "referrals", "providers"), map(float, sizes), strict=True))
        | {name: rounded(value) for name, value in found.items()},
        "ratios": {f"{name}_over_empty": rounded(found[f"{name}_p95_ms"] / found["empty_p95_ms"]) for name in pages}
        | {"ask_over_bare_rows": rounded(found["ask_ms"] / found["bare_rows_ms"])},
        "bars": {"ask_over_bare_rows": 10.0, "queries_more_when_full": 0.0},
    }
    for name in pages:
        told["bars"] |= {f"{name}_over_empty": 4.0, f"{name}_p95_ms": 300.0, f"{name}_queries": 25.0}
    if sizes != list(SIZES):
        told["bars"]["smaller_than_said"], told["figures"]["smaller_than_said"] = 0.0, 1.0
    return told
