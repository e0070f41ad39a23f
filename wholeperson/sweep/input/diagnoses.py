"""Diagnoses: only those in a code set that the policy's evidence uses, each with the sets it is in on its day."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from wholeperson.rules.reading.library import Policy
from wholeperson.sweep.input.database import Connection, fill, one, parquet, text
from wholeperson.sweep.input.happenings import place
from wholeperson.sweep.store.schema import BEFORE, STILL, number


def evidence_sets(policy: Policy) -> tuple[str, ...]:
    """The code sets that carry a fact, in a fixed order: bit i is the i-th."""
    return tuple(sorted({rule["codes"] for fact in policy.facts.values() for rule in fact.evidence if "codes" in rule}))


def code_patterns(policy: Policy, sets: tuple[str, ...], connection: Connection) -> None:
    """The codes of the sets without dots, as a table; ``below``: the code stands for all that begin with it."""
    kinds = {"code": "VARCHAR", "below": "BOOLEAN", "bit": "INTEGER", "first": "INTEGER", "last": "INTEGER"}
    fill(connection, "code_patterns", kinds, list(_patterns(policy, sets)))


def _patterns(policy: Policy, sets: tuple[str, ...]) -> Iterator[tuple[str, bool, int, int, int]]:
    for bit, each in enumerate(sets):
        for row in policy.documents.codes.get(each, ()):
            plain = plain_code(row["code"])
            yield plain.removesuffix("*"), plain.endswith("*"), bit, *days(row)


def days(row: Mapping[str, str]) -> tuple[int, int]:
    """First and last day of a row of a dated list."""
    first, last = row["from"], row["to"]
    return (number(date.fromisoformat(first)) if first else BEFORE, number(date.fromisoformat(last)) if last else STILL)


def plain_code(code: str) -> str:
    """Without dots, in capitals: claims leave the dot out."""
    return code.replace(".", "").upper()


def plain(code: str) -> str:
    """The same in SQL."""
    return f"upper(replace({code}, '.', ''))"


def in_sets(codes: str) -> str:
    """SQL of (raw, first, last, mask): in which sets a code is, and when. ``codes``: SQL of distinct raw codes.

    Of one code the days do not overlap, so that a day finds at most one row.
    """
    return f"""
        WITH asked AS (SELECT raw, {plain("raw")} AS asked_code FROM ({codes})),
             lengths AS (SELECT DISTINCT length(code) AS letters FROM code_patterns WHERE below),
             held AS (SELECT raw, bit, first, last FROM asked JOIN code_patterns AS known
                             ON known.code = asked_code AND NOT below
                      UNION ALL
                      SELECT raw, bit, first, last FROM asked CROSS JOIN lengths JOIN code_patterns AS known
                             ON known.code = left(asked_code, letters) AND length(known.code) = letters AND below),
             edges AS (SELECT raw, first AS edge FROM held UNION SELECT raw, last + 1 FROM held),
             stretches AS (SELECT raw, edge AS first, lead(edge) OVER (PARTITION BY raw ORDER BY edge) - 1 AS last
                           FROM edges)
        SELECT raw, stretches.first AS first, stretches.last AS last,
               CAST(bit_or(CAST(1 AS BIGINT) << bit) AS BIGINT) AS mask
        FROM stretches JOIN held USING (raw)
        WHERE held.first <= stretches.first AND stretches.last <= held.last GROUP BY ALL
    """


def told(staged: Path | None, sources: tuple[str, ...], connection: Connection) -> str | None:
    """SQL of those of the spells table, None where it tells none."""
    if staged is None:
        return None
    rows = f"FROM {parquet(staged)} WHERE spoilt IS NULL AND v_event = {text('diagnosis')} AND v_code IS NOT NULL"
    if not one(connection, f"SELECT count(*) {rows}"):
        return None
    return (
        f"SELECT no, v_from AS begins, ends, v_code AS code, {place('v_source', sources)} AS source, v_id AS id {rows}"
    )
