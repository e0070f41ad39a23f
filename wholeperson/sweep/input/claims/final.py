"""Final action: of the lines that were told twice, taken back, replaced or sent anew, which one stands. As SQL.

Most claims have one version of each line and are not looked at twice: only claims with a repeated line, a negative
amount, a void or a replacement are taken apart.
"""

from pathlib import Path

from wholeperson.sweep.input.claims.lines import Lines
from wholeperson.sweep.input.database import parquet

# As in the reference: paid, or where that is nothing, charged; and when the line was loaded, as one number to compare.
CENTS = "coalesce(nullif(paid, 0), charge)"
LOADED = "CAST(coalesce(file_date, -1000000) AS BIGINT) * 8388608 + coalesce(paid_date, -1000000) + 1000000"  # 2^23


def doubted_lines(lines: Lines) -> str:
    """SQL of hashes: of lines that stand more than once, and of claims that are taken back, replaced or negative.

    A hash that stands for two does no harm: what is in doubt is looked at by its own numbers.
    """
    claim, line = lines.values["claim"], lines.values["line"]
    again = f"SELECT hash({claim}, {line}) AS key FROM {lines.rows} GROUP BY key HAVING count(*) > 1"
    original = f"coalesce({lines.values['original']}, {claim})"
    changed = f"SELECT unnest([hash({claim}), hash({original})]) AS key FROM {lines.rows} WHERE {lines.may_change}"
    return f"SELECT DISTINCT key FROM ({again} UNION ALL {changed})"


def in_doubt(lines: Lines, doubted: str) -> str:
    """SQL of whether a line has to be looked at."""
    claim, line = lines.values["claim"], lines.values["line"]
    keys = f"(SELECT key FROM {doubted})"
    return f"(hash({claim}, {line}) IN {keys} OR hash({claim}) IN {keys})"


def dropped_lines(lines: Lines, wide: Path) -> str:
    """SQL of the rows that do not stand: told twice (``duplicate``), or taken back, replaced or sent anew."""
    same = ", ".join((*lines.values, "codes"))
    return f"""
        WITH every AS MATERIALIZED (
                 SELECT *, {LOADED} AS loaded, {CENTS} AS cents FROM {parquet(wide)} WHERE doubted),
             once AS MATERIALIZED (
                 SELECT * FROM every WHERE row IN (SELECT min(row) FROM every GROUP BY no, hash({same}))),
             undone AS (
                 SELECT DISTINCT lines.row AS row FROM once AS lines JOIN once AS changed
                 ON changed.no = lines.no AND changed.source = lines.source AND changed.frequency IN ('7', '8')
                    AND coalesce(changed.original, changed.claim) = lines.claim
                    AND (lines.loaded < changed.loaded OR (lines.loaded = changed.loaded AND NOT
                         (changed.frequency = '7' AND lines.frequency = '7' AND changed.claim = lines.claim)))),
             remaining AS (SELECT * FROM once WHERE frequency <> '8' AND row NOT IN (FROM undone)),
             paired AS (
                 SELECT *, count(*) FILTER (cents < 0) OVER one AS negatives,
                        row_number() OVER (PARTITION BY no, source, claim, line, coalesce(hcpcs, revenue), abs(cents),
                                           coalesce(cents < 0, false) ORDER BY loaded, row) AS nth
                 FROM remaining
                 WINDOW one AS (PARTITION BY no, source, claim, line, coalesce(hcpcs, revenue), abs(cents))),
             standing AS (
                 SELECT row FROM paired WHERE NOT coalesce(cents < 0, false) AND nth > negatives
                 QUALIFY row_number() OVER (PARTITION BY no, source, claim, line ORDER BY loaded DESC, row DESC) = 1)
        SELECT row, row NOT IN (SELECT row FROM once) AS duplicate FROM every WHERE row NOT IN (FROM standing)
        ORDER BY row
    """
