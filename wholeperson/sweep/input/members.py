"""Members: who is one, in which order, and what the members table says of them."""

from pathlib import Path

from wholeperson.sweep.input.allowed import Lists
from wholeperson.sweep.input.cells import Check, spoilt
from wholeperson.sweep.input.database import Connection, one, parquet, text
from wholeperson.sweep.input.found import Found
from wholeperson.sweep.input.parts import Parts
from wholeperson.sweep.input.staging import Query, backwards, shown_as, source, stage

SAME = "v_birth_date, v_death_date, v_county, v_languages, v_race_ethnicity, v_sex"


def stage_members(found: Found, lists: Lists, parts: Parts, connection: Connection) -> Path:
    """The checked rows. Of one member's rows the first counts: equal ones are duplicates, others are set aside."""
    query = Query(checks=(backwards(found, "birth_date", "death_date"),))
    rows = source(found, parts, connection).rows
    each = f"SELECT *, false AS duplicate FROM ({stage(found, lists, rows, query)})"
    checked = parts.query(connection, "members-checked.parquet", each)
    again = _once(found, checked, connection)
    return parts.query(connection, "members-staged.parquet", again) if again else checked


def _once(found: Found, checked: Path, connection: Connection) -> str | None:
    """Only where some id stands twice are its rows compared."""
    ids = f"SELECT v_member_id FROM {parquet(checked)} WHERE spoilt IS NULL GROUP BY ALL HAVING count(*) > 1"
    if not one(connection, f"SELECT count(*) FROM ({ids})"):
        return None
    again = Check(
        shown_as(found, "member_id"),
        "nth > 1 AND NOT same",
        "v_member_id",
        "this member has a row already, and it says otherwise",
        text("one row for each member"),
    )
    return f"""
        WITH twice AS (
                 SELECT *, row_number() OVER one AS nth,
                        row({SAME}) IS NOT DISTINCT FROM first_value(row({SAME})) OVER one AS same
                 FROM {parquet(checked)} WHERE spoilt IS NULL AND v_member_id IN ({ids})
                 WINDOW one AS (PARTITION BY v_member_id ORDER BY row))
        SELECT * EXCLUDE (nth, same) REPLACE ({spoilt([again])} AS spoilt, nth > 1 AND same AS duplicate) FROM twice
        UNION ALL BY NAME
        SELECT * FROM {parquet(checked)} AS others
        WHERE NOT EXISTS (FROM twice WHERE twice.row = others.row)
    """


def number_members(staged: Path, parts: Parts, connection: Connection) -> Path:
    """The members in the order of their ids, numbered from 0."""
    numbered = f"""
        SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS no, *
        FROM (SELECT v_member_id AS member_id, v_birth_date AS birth, v_death_date AS death, v_county AS county,
                     array_to_string(v_languages, ';') AS languages,
                     CASE WHEN len(v_race_ethnicity) = 1 THEN v_race_ethnicity[1] ELSE
                         array_to_string(list_sort(list_distinct(v_race_ethnicity)), ';') END AS race_ethnicity,
                     v_sex AS sex
              FROM {parquet(staged)} WHERE spoilt IS NULL AND NOT duplicate ORDER BY member_id)
    """
    made = parts.query(connection, "members-kept.parquet", numbered)
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW known_members AS SELECT no, member_id AS known_id FROM {parquet(made)}"
    )
    return made
