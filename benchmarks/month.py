"""A provider's month on PostgreSQL: 25,000 members' files come in, one goes out, pages with two million contacts.

Loading beside reading the same file with the same reader, and beside its inserts alone; pages beside an empty page.
"""

from benchmarks import apart
from benchmarks.run import Measured, rounded

SIZES = (25_000, 2_000_000)
BAR = 6.0  # loading over reading


def measure() -> Measured:
    """In a process of its own, on a database of its own."""
    sizes = apart.sizes("WHOLEPERSON_BENCH_MONTH", SIZES)
    found = apart.measured("benchmarks.monthly.measured", sizes)
    told: Measured = {
        "figures": dict(zip(("members", "contacts"), map(float, sizes), strict=True))
        | {name: rounded(value) for name, value in found.items()},
        "ratios": ratios(found),
        "bars": {"return_file_s": 60.0, "queries_more_when_full": 0.0},
    }
    for kind in ("csv", "xlsx"):
        told["bars"] |= {f"{kind}_{what}_over_reading": BAR for what in ("load_new", "load_next")}
    for name in apart.pages_of(found):
        told["bars"] |= {f"{name}_over_empty": 4.0, f"{name}_queries": 25.0}
    if sizes != list(SIZES):
        told["bars"]["smaller_than_said"], told["figures"]["smaller_than_said"] = 0.0, 1.0
    return told


def ratios(found: dict[str, float]) -> dict[str, float]:
    loads = {
        f"{kind}_{what}_over_reading": rounded(found[f"{kind}_{what}_s"] / found[f"{kind}_read_s"])
        for kind in ("csv", "xlsx")
        for what in ("load_new", "load_next")
    }
    pages = {
        f"{name}_over_empty": rounded(found[f"{name}_p95_ms"] / found["empty_p95_ms"]) for name in apart.pages_of(found)
    }
    return loads | pages | {
        "load_over_inserts_alone": rounded(found["thousand_rows_s"] / found["their_inserts_alone_s"]),
        "return_file_over_writing": rounded(found["return_file_s"] / found["return_file_written_alone_s"]),
    }  # fmt: skip
