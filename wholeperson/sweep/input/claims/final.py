"""Final action: of the lines that were told twice, taken back, replaced or sent anew, which one stands. As SQL.

Most claims have one version of each line and are not looked at twice: only claims with a repeated line, a negative
amount, a void or a replacement are taken apart.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wholeperson.sweep.input.claims.lines import Lines
from wholeperson.sweep.input.database import Connection, one, parquet
from wholeperson.sweep.input.parts import Parts

LINE_BITS: Final = 16  # of a key; the others are its claim's
LINE_SHIFT: Final = np.uint64(LINE_BITS)
AT_ONCE: Final = 32_000_000  # keys in memory, 8 bytes each, and a quarter at most of what may be used
BATCH: Final = 1_000_000

BOTH: Final = ("source", "claim", "line", "hcpcs", "revenue")  # what is asked of every line that is kept
DATED: Final = ("paid_date", "file_date", "charge")  # what only ``loaded`` and ``cents`` are made of

# As in the reference: paid, or where that is nothing, charged; and when the line was loaded, as one number to compare.
CENTS = "coalesce(nullif(paid, 0), charge)"
LOADED = "CAST(coalesce(file_date, -1000000) AS BIGINT) * 8388608 + coalesce(paid_date, -1000000) + 1000000"  # 2^23


def doubted_claims(lines: Lines, parts: Parts, connection: Connection) -> Path:
    """Claims (``key``) that have a line more than once (``again``), or are taken back, replaced or negative.

    A key that stands for two claims does no harm: what is in doubt is looked at by its own numbers.
    """
    return parts.make("claims-doubted.parquet", lambda path: _write_doubted(lines, connection, path))


def looked_up(lines: Lines, doubted: Path) -> str:
    """SQL that joins the lines with the claims in doubt: ``doubt.again`` is null where there is none."""
    return f"LEFT JOIN {parquet(doubted)} AS doubt ON doubt.key = {_key(lines.values['claim'])}"


def _key(claim: str) -> str:
    return f"(hash({claim}) >> {LINE_BITS})"


def _write_doubted(lines: Lines, connection: Connection, path: Path) -> None:
    """Lines told twice stand side by side once their keys are sorted, as grouping nearly as many groups as lines costs
    three times as much.
    """
    total = int(one(connection, f"SELECT count(*) FROM {lines.bare}"))
    turns = total // keys_at_once(connection) + 1
    found = [_doubted(connection, _keys(lines, turn, turns), total) for turn in range(turns)]
    again, changed = (np.unique(np.concatenate(each)) for each in zip(*found, strict=True))
    every = np.union1d(again, changed)
    pq.write_table(pa.table({"key": every, "again": np.isin(every, again)}), path)


def _keys(lines: Lines, turn: int, turns: int) -> str:
    """SQL of the keys of a turn's lines; ``changed``: of the claim that a line may void, replace or lessen, or null."""
    claim, line = lines.values["claim"], f"CAST({lines.values['line']} & {(1 << LINE_BITS) - 1} AS UBIGINT)"
    original = f"coalesce({lines.values['original']}, {claim})"
    key, own = f"({_key(claim)} << {LINE_BITS}) | {line}", ""
    if turns > 1:
        own = f" AND {_key(claim)} % {turns} = {turn}"
    changed = f"CASE WHEN {lines.may_change} THEN {_key(original)} END"
    rows = f"SELECT {key} AS key, {changed} AS changed FROM {lines.bare} WHERE true{own}"
    return f"SELECT * FROM ({rows}) WHERE key IS NOT NULL"


def keys_at_once(connection: Connection) -> int:
    """How many keys are looked at side by side: the engine has little in hand meanwhile, but it is still there."""
    may_use = int(one(connection, "SELECT parse_formatted_bytes(current_setting('memory_limit'))"))
    return min(AT_ONCE, may_use // 4 // 8)


def _doubted(connection: Connection, keys: str, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Claims of which some key comes twice, and those that may be changed, with the claims that change them."""
    every, end = np.empty(most, np.uint64), 0  # what is not filled takes no memory
    changed = []
    # a cursor of its own: the connection may hold an answer that nobody has read to its end
    for batch in connection.cursor().sql(keys).to_arrow_reader(BATCH):
        key = batch.column(0).to_numpy()
        every[end : end + len(batch)] = key
        end += len(batch)
        if batch.column(1).null_count < len(batch):
            by = batch.column(1).is_valid().to_numpy(zero_copy_only=False)
            changed += [batch.column(1).drop_null().to_numpy(), key[by] >> LINE_SHIFT]
    every = every[:end]
    every.sort()
    return every[1:][every[1:] == every[:-1]] >> LINE_SHIFT, np.concatenate(changed or [every[:0]])


def final_words(lines: Lines, some: str) -> str:
    """SQL of lines with what makes events of some and what tells the others apart; ``same``: all they say as a number.

    Most lines are of one kind: what is null in the other costs next to nothing to write and read again.
    """
    same = f"CASE WHEN again THEN hash({', '.join((*lines.values, 'codes'))}) ELSE row END"
    told = {"same": same, "loaded": LOADED, "cents": CENTS,
            "frequency": "frequency", "original": "original"}  # fmt: skip
    made = dict.fromkeys(each for each in (*lines.values, "primary_code") if each not in {*BOTH, *told, *DATED})
    kinds = {"makes": {each: each for each in made}, "doubted": told}
    kept = (f"CASE WHEN {kind} THEN {sql} END AS {each}" for kind, of in kinds.items() for each, sql in of.items())
    return f"SELECT row, no, {', '.join(BOTH)}, makes, doubted, {', '.join(kept)} FROM ({some})"


def dropped_lines(wide: Path) -> str:
    """SQL of the rows that do not stand: told twice (``duplicate``), or taken back, replaced or sent anew."""
    return f"""
        WITH every AS MATERIALIZED (
                 SELECT row, no, source, claim, line, frequency, original, coalesce(hcpcs, revenue) AS code, loaded,
                        cents, same FROM {parquet(wide)} WHERE doubted),
             once AS MATERIALIZED (
                 SELECT * FROM every WHERE row IN (SELECT min(row) FROM every GROUP BY no, same)),
             undone AS (
                 SELECT DISTINCT lines.row AS row FROM once AS lines JOIN once AS changed
                 ON changed.no = lines.no AND changed.source = lines.source AND changed.frequency IN ('7', '8')
                    AND coalesce(changed.original, changed.claim) = lines.claim
                    AND (lines.loaded < changed.loaded OR (lines.loaded = changed.loaded AND NOT
                         (changed.frequency = '7' AND lines.frequency = '7' AND changed.claim = lines.claim)))),
             remaining AS (SELECT * FROM once WHERE frequency <> '8' AND row NOT IN (FROM undone)),
             paired AS (
                 SELECT *, count(*) FILTER (cents < 0) OVER one AS negatives,
                        row_number() OVER (PARTITION BY no, source, claim, line, code, abs(cents),
                                           coalesce(cents < 0, false) ORDER BY loaded, row) AS nth
                 FROM remaining
                 WINDOW one AS (PARTITION BY no, source, claim, line, code, abs(cents))),
             standing AS (
                 SELECT row FROM paired WHERE NOT coalesce(cents < 0, false) AND nth > negatives
                 QUALIFY row_number() OVER (PARTITION BY no, source, claim, line ORDER BY loaded DESC, row DESC) = 1)
        SELECT row, row NOT IN (SELECT row FROM once) AS duplicate FROM every WHERE row NOT IN (FROM standing)
        ORDER BY row
    """
