"""Facts: what was said of members, each value checked by its fact's type and kept once."""

from pathlib import Path

from wholeperson.rules.reading.library import Fact, Policy
from wholeperson.rules.reading.person_json import LARGEST_NUMBER
from wholeperson.sweep.input import cells
from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.cells import Check
from wholeperson.sweep.input.database import Connection, fill, parquet, text, words
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import Parts
from wholeperson.sweep.input.staging import MEMBER_JOIN, Query, backwards, shown_as, source, stage, unknown_member

SPELLED = {
    "bool": "true, false",
    "date": "YYYY-MM-DD, or empty for never",
    "text": "words",
}

EMPTY_VALUES = """
    SELECT CAST(NULL AS INTEGER) AS value, CAST(NULL AS VARCHAR) AS fact, CAST(NULL AS VARCHAR) AS json WHERE false
"""
EMPTY_STATEMENTS = """
    SELECT CAST(NULL AS INTEGER) AS no, CAST(NULL AS INTEGER) AS "at", CAST(NULL AS INTEGER) AS value,
           CAST(NULL AS INTEGER) AS begins, CAST(NULL AS INTEGER) AS ends, CAST(NULL AS INTEGER) AS learnt,
           CAST(NULL AS SMALLINT) AS source, CAST(NULL AS VARCHAR) AS attested_by WHERE false
"""


def stage_facts(found: Found, lists: Lists, policy: Policy, parts: Parts, connection: Connection) -> Path:
    """The checked rows, with each value as JSON."""
    named_facts(policy, connection)
    at = shown_as(found, "value")
    wrong = "fact IS NOT NULL AND json IS NULL"
    checks = (
        unknown_member(found),
        Check(at, wrong, "t_value", "the value does not suit the fact", "suits"),
        backwards(found, "from", "until"),
    )
    joined = f"{MEMBER_JOIN} LEFT JOIN named_facts ON named_facts.name = t_fact"
    more = (("no", "no"), ("fact", "fact"), ("json", _json()))
    rows = source(found, parts, connection).rows
    query = Query(more, joined, checks, for_checks=(("suits", "suits"),))
    return parts.query(connection, "facts-staged.parquet", stage(found, lists, rows, query))


def named_facts(policy: Policy, connection: Connection) -> None:
    """Every name of a fact with what its value must be, as a table."""
    names = {**{name: name for name in policy.facts}, **policy.aliases}
    rows = [
        (name, fact.name, fact.type, *_bounds(fact), [str(each) for each in fact.values], _suits(fact))
        for name, fact in ((name, policy.facts[of]) for name, of in names.items())
        if fact.name != "birth_date"
    ]
    kinds = {**dict.fromkeys(("name", "fact", "type"), "VARCHAR"), "least": "BIGINT", "most": "BIGINT",
             "known": "VARCHAR[]", "suits": "VARCHAR"}  # fmt: skip
    fill(connection, "named_facts", kinds, rows)


def _bounds(fact: Fact) -> tuple[int, int]:
    least = 1 - LARGEST_NUMBER if fact.least is None else fact.least
    return least, LARGEST_NUMBER - 1 if fact.most is None else fact.most


def _suits(fact: Fact) -> str:
    """What the value may be, for whoever has to mend it."""
    if fact.type == "int":
        return f"a whole number{'' if fact.least is None else f' from {fact.least} on'}"
    if fact.values:
        return ("several of: " if fact.type == "list" else "one of: ") + ", ".join(map(str, fact.values))
    return SPELLED.get(fact.type, "texts with ; between")


def _json() -> str:
    """SQL of the value as JSON, null when it does not suit its fact. A day may be empty: never."""
    number = "CASE WHEN regexp_full_match(t_value, '-?[0-9]{1,13}') THEN CAST(t_value AS BIGINT) END"
    listed = cells.listed("t_value")
    fits_list = f"len({listed}) > 0 AND (len(known) = 0 OR list_has_all(known, {listed}))"
    return f"""
        CASE type
        WHEN 'bool' THEN CASE WHEN lower(t_value) IN {words(("true", "false"))} THEN lower(t_value) END
        WHEN 'int' THEN CASE WHEN {number} BETWEEN least AND most THEN CAST({number} AS VARCHAR) END
        WHEN 'date' THEN CASE WHEN t_value IS NULL THEN 'null'
                              WHEN {cells.day("t_value")} IS NOT NULL THEN to_json(t_value) END
        WHEN 'word' THEN CASE WHEN list_contains(known, t_value) THEN to_json(t_value) END
        WHEN 'list' THEN CASE WHEN {fits_list} THEN to_json({listed}) END
        ELSE to_json(t_value) END
    """


def values(staged: Path | None) -> str:
    """Each value of each fact once."""
    if staged is None:
        return EMPTY_VALUES
    return f"""
        SELECT CAST(row_number() OVER (ORDER BY fact, json) - 1 AS INTEGER) AS value, fact, json
        FROM (SELECT DISTINCT fact, CAST(json AS VARCHAR) AS json FROM {parquet(staged)} WHERE spoilt IS NULL)
        ORDER BY value
    """


def statements(staged: Path | None, kept_values: Path, lists: Lists) -> str:
    """Who said what, in the order of the input; the very same word twice is one."""
    if staged is None:
        return EMPTY_STATEMENTS
    source_ = f"CAST(list_position([{', '.join(map(text, lists['sources']))}], v_source) - 1 AS SMALLINT)"
    return f"""
        SELECT no, CAST(row_number() OVER (PARTITION BY no ORDER BY row) - 1 AS INTEGER) AS "at", value, begins, ends,
               learnt, source, attested_by
        FROM (SELECT no, min(row) AS row, kept.value AS value, v_from AS begins, v_until AS ends, v_learnt AS learnt,
                     {source_} AS source, v_attested_by AS attested_by
              FROM {parquet(staged)} AS staged JOIN {parquet(kept_values)} AS kept
                   ON kept.fact = staged.fact AND kept.json = CAST(staged.json AS VARCHAR)
              WHERE spoilt IS NULL GROUP BY ALL)
        ORDER BY no, "at"
    """
