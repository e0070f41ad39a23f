"""Coverage: periods in a plan, and the days that are covered without a doubt."""

from pathlib import Path

from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.database import Connection, parquet
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import Parts
from wholeperson.sweep.input.staging import MEMBER_JOIN, Query, backwards, source, stage, unknown_member

STILL = 2932896  # 9999-12-31
ALWAYS = -719162  # 0001-01-01

EMPTY = """
    SELECT CAST(NULL AS INTEGER) AS no, CAST(NULL AS INTEGER) AS begins, CAST(NULL AS INTEGER) AS ends,
           CAST(NULL AS VARCHAR) AS plan, CAST(NULL AS VARCHAR) AS county, CAST(NULL AS VARCHAR) AS aid_code,
           CAST(NULL AS VARCHAR) AS share_of_cost WHERE false
"""


def stage_coverage(found: Found, lists: Lists, parts: Parts, connection: Connection) -> Path:
    """The checked rows."""
    checks = (unknown_member(found), backwards(found, "from", "until"))
    ends = f"coalesce(v_until, {STILL})" if "until" in found.known else "CAST(NULL AS INTEGER)"
    more = (("no", "no"), ("ends", ends))
    rows = source(found, parts, connection).rows
    return parts.query(
        connection, "coverage-staged.parquet", stage(found, lists, rows, Query(more, MEMBER_JOIN, checks))
    )


def coverage(staged: Path | None) -> str:
    """The store's rows: told twice is told once."""
    if staged is None:
        return EMPTY
    return f"""
        SELECT DISTINCT no, v_from AS begins, ends, v_plan AS plan, v_county AS county, v_aid_code AS aid_code,
               v_share_of_cost AS share_of_cost
        FROM {parquet(staged)} WHERE spoilt IS NULL
        ORDER BY no, begins NULLS FIRST, ends NULLS LAST, plan, county, aid_code, share_of_cost
    """


def spans(kept: Path) -> str:
    """Coverage whose end is known, merged where two touch or overlap."""
    return f"""
        SELECT no, CAST(min(first) AS INTEGER) AS first, CAST(max(last) AS INTEGER) AS last
        FROM (SELECT *, sum(CASE WHEN first <= before + 1 THEN 0 ELSE 1 END) OVER
                           (PARTITION BY no ORDER BY first, last ROWS UNBOUNDED PRECEDING) AS span
              FROM (SELECT no, coalesce(begins, {ALWAYS}) AS first, ends AS last,
                           max(ends) OVER (PARTITION BY no ORDER BY coalesce(begins, {ALWAYS}), ends
                                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                    FROM {parquet(kept)} WHERE ends IS NOT NULL))
        GROUP BY no, span ORDER BY no, first
    """
