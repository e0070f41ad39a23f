"""Happenings: what befell members, from the spells they were told in and from their claims, each once."""

from pathlib import Path

from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.database import parquet, text

WORDS = ("about", "term", "facility_type", "adjudication", "program")

# The columns of a happening before it is numbered; claims write the same.
EMPTY = """
    SELECT CAST(NULL AS INTEGER) AS no, CAST(NULL AS BIGINT) AS row, CAST(NULL AS SMALLINT) AS event,
           CAST(NULL AS INTEGER) AS begins, CAST(NULL AS INTEGER) AS ends, CAST(NULL AS BOOLEAN) AS avoidable,
           CAST(NULL AS BOOLEAN) AS unplanned, CAST(NULL AS SMALLINT) AS about, CAST(NULL AS SMALLINT) AS term,
           CAST(NULL AS SMALLINT) AS facility_type, CAST(NULL AS SMALLINT) AS adjudication,
           CAST(NULL AS SMALLINT) AS program, CAST(NULL AS INTEGER) AS expected_release, CAST(NULL AS VARCHAR) AS code,
           CAST(NULL AS VARCHAR) AS modifiers, CAST(NULL AS INTEGER) AS units, CAST(NULL AS INTEGER) AS cents,
           CAST(NULL AS SMALLINT) AS source, CAST(NULL AS VARCHAR) AS id, CAST(NULL AS INTEGER) AS learnt
    WHERE false
"""


def place(value: str, known: tuple[str, ...]) -> str:
    """SQL of a word's place in a list, from 0; null when there is no word."""
    return f"CAST(list_position([{', '.join(map(text, known))}], {value}) - 1 AS SMALLINT)"


def told(staged: Path | None, lists: Lists, words: tuple[str, ...], events: tuple[str, ...]) -> str:
    """Those of the spells table, diagnoses left out."""
    if staged is None:
        return EMPTY
    attributes = ", ".join(f"{place(f'v_{each}', words)} AS {each}" for each in WORDS)
    modifiers = "array_to_string(list_sort(list_transform(v_modifiers, lambda each: upper(each))), ' ')"
    return f"""
        SELECT no, row, {place("v_event", events)} AS event, v_from AS begins, ends, v_avoidable AS avoidable,
               v_unplanned AS unplanned, {attributes}, v_expected_release AS expected_release, v_code AS code,
               {modifiers} AS modifiers, CAST(v_units AS INTEGER) AS units, CAST(v_cents AS INTEGER) AS cents,
               {place("v_source", lists["sources"])} AS source, v_id AS id, v_learnt AS learnt
        FROM {parquet(staged)} WHERE spoilt IS NULL AND v_event <> 'diagnosis'
    """


def claimed(events: Path, source: int) -> str:
    """Those of the claims."""
    return f"SELECT *, 0 AS row, CAST({source} AS SMALLINT) AS source FROM {parquet(events)}"


def happenings(from_spells: str, from_claims: str) -> str:
    """The store's rows, numbered for each member from 0: of one id, and of rows equal in everything, the first.

    Claims tell each of theirs once; what a spell told by the same id is left out there.
    """
    return f"""
        WITH told AS (SELECT * FROM (SELECT * EXCLUDE row, min(row) AS row FROM ({from_spells}) GROUP BY ALL)
                      QUALIFY id IS NULL OR row_number() OVER (PARTITION BY no, event, id ORDER BY row) = 1),
             claimed AS (SELECT * FROM ({from_claims}) AS claims WHERE NOT EXISTS
                         (FROM told WHERE told.no = claims.no AND told.event = claims.event AND told.id = claims.id)),
             every AS (SELECT *, false AS claims FROM told UNION ALL BY NAME SELECT *, true AS claims FROM claimed)
        SELECT no, CAST(row_number() OVER (PARTITION BY no ORDER BY claims, row, begins, event, id) - 1 AS INTEGER)
                   AS "at", * EXCLUDE (no, row, claims)
        FROM every ORDER BY no, "at"
    """
