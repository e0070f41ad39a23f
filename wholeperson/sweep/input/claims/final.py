"""Final action: of the lines that were told twice, taken back, replaced or sent anew, which one stands. As SQL.

Most claims have one version of each line and are not looked at twice: only claims with a repeated line, a negative
amount, a void or a replacement are taken apart.
"""

from wholeperson.sweep.input.claims.lines import Lines

# As in the reference: paid, or where that is nothing, charged; and when the line was loaded, as one number to compare.
CENTS = "coalesce(nullif(paid, 0), charge)"
LOADED = "CAST(coalesce(file_date, -1000000) AS BIGINT) * 8388608 + coalesce(paid_date, -1000000) + 1000000"  # 2^23


def doubted_claims(lines: Lines) -> str:
    """SQL of the hashes of claim numbers that have to be taken apart. Too many do no harm, so a number stands alone."""
    claim, line = lines.values["claim"], lines.values["line"]
    again = f"SELECT hash({claim}) AS key FROM {lines.rows} GROUP BY key, {line} HAVING count(*) > 1"
    original = f"coalesce({lines.values['original']}, {claim})"
    changed = f"SELECT unnest([hash({claim}), hash({original})]) AS key FROM {lines.rows} WHERE {lines.may_change}"
    return f"SELECT DISTINCT key FROM ({again} UNION ALL {changed})"


def dropped_lines(lines: Lines, doubted: str, spoilt: str | None, places: list[str]) -> str:
    """SQL of the rows that do not stand: told twice (``duplicate``), or taken back, replaced or sent anew."""
    values = {**lines.values, "codes": lines.known_codes(places)}
    same = ", ".join(values)
    of = f"hash({lines.values['claim']}) IN (SELECT key FROM {doubted})"
    return f"""
        WITH every AS MATERIALIZED (
                 SELECT *, {LOADED} AS loaded, {CENTS} AS cents FROM ({lines.read(values, of, spoilt)})),
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
