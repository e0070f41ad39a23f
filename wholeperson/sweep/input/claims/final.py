"""Final action: of the lines that were told twice, taken back, replaced or sent anew, which one stands. As SQL.

Most claims have one version of each line and are not looked at twice: only claims with a repeated line, a negative
amount, a void or a replacement are taken apart.
"""

from pathlib import Path

from wholeperson.sweep.input.database import Connection, parquet
from wholeperson.sweep.input.parts import Parts

# As in the reference: paid, or where that is nothing, charged; and when the line was loaded, as one number to compare.
CENTS = "coalesce(nullif(paid, 0), charge)"
LOADED = "CAST(coalesce(file_date, -1000000) AS BIGINT) * 8388608 + coalesce(paid_date, -1000000) + 1000000"  # 2^23
SAME = (
    "no, source, claim, line, day, type, claim_start, claim_end, admission, discharge, admit_type, disposition, place, "
    "bill, frequency, original, revenue, units, hcpcs, modifiers, paid_date, file_date, paid, charge, codes"
)


def dropped_lines(staged: Path, parts: Parts, connection: Connection) -> Path:
    """The part with the rows that do not stand: told twice (``duplicate``), or taken back, replaced or sent anew."""
    return parts.query(connection, "claims-dropped.parquet", _dropped(staged))


def _dropped(staged: Path) -> str:
    kept = f"(SELECT * FROM {parquet(staged)} WHERE spoilt IS NULL)"
    named = "hash(source, claim)"
    target = "hash(source, coalesce(original, claim))"
    return f"""
        WITH again AS (SELECT no, {named} AS key FROM {kept} GROUP BY no, key, line HAVING count(*) > 1),
             told AS (SELECT no, {named} AS key, {target} AS target FROM {kept}
                      WHERE frequency IN ('7', '8') OR {CENTS} < 0),
             keys AS (SELECT no, key FROM again UNION SELECT no, key FROM told UNION SELECT no, target FROM told),
             every AS MATERIALIZED (
                 SELECT *, {LOADED} AS loaded, {CENTS} AS cents FROM {kept} AS lines
                 WHERE EXISTS (FROM keys WHERE keys.no = lines.no AND keys.key = {named})),
             once AS MATERIALIZED (
                 SELECT * FROM every QUALIFY row_number() OVER (PARTITION BY {SAME} ORDER BY row) = 1),
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
