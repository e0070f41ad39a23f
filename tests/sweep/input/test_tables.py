"""Tables in, store out: what is kept, what is set aside with which words, and what the store says of a member."""

from pathlib import Path

import pytest

from tests.sweep.input.tables import day, imported, rows, write

MEMBERS = """
    member_id,birth_date,county,languages,race_ethnicity,zip
    m2,1980-02-29,contra_costa,en;es,white,94801
    m1,1980-13-01,contra_costa,en,white,94801
    m3,1990-01-01,contracosta,en,purple,94801
    m4,1990-01-01,fresno,,white;asian,93650
    m4,1990-01-01,fresno,,white;asian,93650
    m4,1991-01-01,fresno,,white;asian,93650
    m5,1990-01-01
"""
COVERAGE = """
    person_id,plan,county,aid_code,from,until,share_of_cost
    m2,health_net,contra_costa,M1,2025-02-01,,none
    m2,health_net,contra_costa,M1,2024-01-01,2025-01-31,none
    m4,health_net,fresno,M1,2025-02-01,2025-03-01,none
    m4,health_net,fresno,M1,2025-03-03,2025-03-31,none
    m4,foo,fresno,M1,2025-02-01,,none
    m9,health_net,fresno,M1,2025-02-01,,none
    m4,health_net,fresno,M1,2025-02-01,2025-01-01,none
"""
FACTS = """
    member_id,fact,value,from,until,learnt,source,attested_by
    m2,homelessness,true,2026-01-01,,,referrer,Shelter
    m2,homelessness,true,2026-01-01,,,referrer,Shelter
    m2,aces_score,4,,,2026-02-01,screening,
    m2,homelessness,maybe,,,,referrer,
    m2,birth_date,1980-02-29,,,,enrolment,
    m4,race_ethnicity,asian;purple,,,,member,
"""
SPELLS = """
    member_id,event,on,until,until_known,id,source,learnt,avoidable,about,program,code,modifiers,units
    m2,emergency_visit,2026-06-01,,,v1,adt,2026-06-02,true,mental_health,,,,
    m2,emergency_visit,2026-06-05,,,v1,adt,,,,,,,
    m2,custody,2026-05-01,,,c1,corrections,,,,,,,
    m2,custody,2026-04-01,,false,c2,corrections,,,,,,,
    m2,diagnosis,2026-06-01,,,d1,claims,,,,,z5901,,
    m2,diagnosis,2026-06-01,,,d2,claims,,,,,J00,,
    m4,service,2026-06-01,,,s1,claims,,,,ecm,G9008,u1;gq,4
    m4,custody,2026-05-01,,,c3,corrections,,true,,,,,
    m4,enrolled_in,2026-05-01,,,e1,enrolment,,,,ecm,,,
"""
COMPLETE = """
    source,from,through,event,member_id
    claims,2024-01-01,2026-09-30,,
    enrolment,2024-01-01,2026-10-31,,
    claims,,,,m4
    hmis,2024-01-01,,,
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    tables = {"coverage": COVERAGE, "facts": FACTS, "spells": SPELLS, "complete": COMPLETE}
    ran = imported(write(folder / "in", members=MEMBERS, **tables), folder / "store")
    assert ran.code == 0, ran
    told = ran.json
    assert told["schema"] == "wholeperson/sweep-import@1"
    assert told["members"] == 2
    counts = {name: (each["read"], each["kept"], each["set_aside"]) for name, each in told["tables"].items()}
    assert counts == {
        "members": (7, 3, 4),
        "coverage": (7, 4, 3),
        "facts": (6, 3, 3),
        "spells": (9, 7, 2),
        "complete": (4, 3, 1),
    }
    assert told["tables"]["members"]["duplicates"] == 1
    assert told["tables"]["facts"]["duplicates"] == 1
    assert told["tables"]["members"]["unknown_columns"] == ["zip"]
    return folder / "store"


def test_a_wrong_cell_is_named_with_what_is_allowed(store: Path) -> None:
    found = rows(store, "set_aside", '"file", "row", "column", value, problem', '"file", "row"')
    assert found == [
        ("complete.csv", 4, "through", None, "it is missing"),
        ("coverage.csv", 5, "plan", "foo", "it is not a word we know here"),
        ("coverage.csv", 6, "person_id", "m9", "no such member"),
        ("coverage.csv", 7, "until", "2025-01-01", "it ends before it begins"),
        ("facts.csv", 4, "value", "maybe", "the value does not suit the fact"),
        ("facts.csv", 5, "fact", "birth_date", "it is not a word we know here"),
        ("facts.csv", 6, "value", "asian;purple", "the value does not suit the fact"),
        ("members.csv", 2, "birth_date", "1980-13-01", "it is not a day, YYYY-MM-DD"),
        ("members.csv", 3, "county", "contracosta", "it is not a word we know here"),
        ("members.csv", 3, "race_ethnicity", "purple", "it has a word we do not know here"),
        ("members.csv", 6, "member_id", "m4", "this member has a row already, and it says otherwise"),
        ("members.csv", 7, "", "m5,1990-01-01", "the row has fewer cells than the head"),
        ("spells.csv", 8, "avoidable", "true", "this event has no avoidable"),
        ("spells.csv", 9, "program", "ecm", "it is not a word this event may have"),
    ]
    assert all(allowed for (allowed,) in rows(store, "set_aside", "allowed"))


def test_members_are_numbered_in_the_order_of_their_ids(store: Path) -> None:
    told = f"no, member_id, {day('birth')}, county, languages, race_ethnicity, complete_class"
    assert rows(store, "members", told) == [
        (0, "m2", "1980-02-29", "contra_costa", "en;es", "white", 0),
        (1, "m4", "1990-01-01", "fresno", None, "asian;white", 1),
    ]


def test_coverage_that_touches_is_one_span(store: Path) -> None:
    assert rows(store, "spans", f"no, {day('first')}, {day('last')}") == [
        (0, "2024-01-01", "9999-12-31"),
        (1, "2025-02-01", "2025-03-01"),
        (1, "2025-03-03", "2025-03-31"),
    ]


def test_a_fact_goes_by_its_own_name_and_its_value_is_json(store: Path) -> None:
    assert rows(store, "values") == [(0, "aces_score", "4"), (1, "homeless_hhs_definition", "true")]
    assert rows(
        store, "statements", f'no, "at", value, {day("begins")}, ends, {day("learnt")}, source, attested_by'
    ) == [
        (0, 0, 1, "2026-01-01", None, None, 11, "Shelter"),
        (0, 1, 0, None, None, "2026-02-01", 8, None),
    ]


def test_of_one_id_the_first_counts_and_an_open_end_is_still(store: Path) -> None:
    told = f'no, "at", event, {day("begins")}, {day("ends")}, avoidable, id, modifiers'
    assert rows(store, "happenings", told) == [
        (0, 0, 0, "2026-06-01", "2026-06-01", True, "v1", None),
        (0, 1, 8, "2026-05-01", "9999-12-31", None, "c1", None),
        (0, 2, 8, "2026-04-01", None, None, "c2", None),
        (1, 0, 14, "2026-06-01", "2026-06-01", None, "s1", "GQ U1"),
    ]


def test_a_diagnosis_counts_by_the_sets_it_is_in(store: Path) -> None:
    assert rows(store, "diagnoses", f"no, {day('begins')}, sets, code, id") == [(0, "2026-06-01", 1, "z5901", "d1")]
