"""A small membership written by hand, imported and swept once for all tests of what people read of a run."""

from pathlib import Path

import pytest

from tests.sweep.input.tables import imported, write
from tests.sweep.report.reading import swept

# m1 is Rosa of examples/rosa.yaml. m2 lost her coverage in June, m3 has a share of cost, m4 is in no plan, m5 is Rosa
# with care management already, m6 was as Rosa and died, m7 is a child of whom little is told.
MEMBERS = """
    member_id,birth_date,death_date,county,languages,race_ethnicity
    m1,1980-05-04,,contra_costa,es,black_or_african_american
    m2,1980-05-04,,contra_costa,en,white
    m3,1980-05-04,,contra_costa,en,white
    m4,1980-05-04,,fresno,,
    m5,1980-05-04,,contra_costa,en;es,white;asian
    m6,1980-05-04,2026-10-01,contra_costa,en,white
    m7,2019-02-28,,fresno,es,hispanic_or_latino
"""
COVERAGE = """
    member_id,plan,county,aid_code,from,until,share_of_cost
    m1,contra_costa_health_plan,contra_costa,M1,2021-03-01,,none
    m2,contra_costa_health_plan,contra_costa,M1,2021-03-01,2026-06-30,none
    m3,contra_costa_health_plan,contra_costa,M1,2021-03-01,,other
    m5,contra_costa_health_plan,contra_costa,M1,2021-03-01,,none
    m6,contra_costa_health_plan,contra_costa,M1,2021-03-01,,none
    m7,calviva_health,fresno,M1,2021-03-01,,none
"""
HOMELESS = "primary_residence_not_meant_for_sleeping,true,2026-09-01,,2026-11-18,referrer,shelter outreach"
PREGNANT = "is_pregnant,true,2026-08-15,,2026-11-18,member,"
NO_OTHER = "in_program_that_replaces_ecm,false,,,2026-11-18,member,"
AT_LARGE = "lives_in_community,true,,,2026-11-18,referrer,"
FACTS = "member_id,fact,value,from,until,learnt,source,attested_by\n" + "\n".join(
    f"{member},{fact}" for member in ("m1", "m2", "m3", "m5", "m6") for fact in (HOMELESS, PREGNANT, NO_OTHER, AT_LARGE)
)
SPELLS = """
    member_id,event,from,until,id,source,avoidable,program
    m1,emergency_visit,2026-06-03,,v1,claims,true,
    m1,emergency_visit,2026-11-02,,v2,adt,,
    m5,authorized_for,2026-05-01,,a1,authorizations,,ecm
"""
COMPLETE = """
    source,from,through
    claims,2024-01-01,2026-09-30
    enrolment,2021-03-01,2026-11-30
"""


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    tables = {"members": MEMBERS, "coverage": COVERAGE, "facts": FACTS, "spells": SPELLS, "complete": COMPLETE}
    assert imported(write(folder / "in", **tables), folder / "store").code == 0
    return folder / "store"


@pytest.fixture(scope="session")
def out(store: Path) -> Path:
    return swept(store, store.parent / "out")


# A hundred adults: 36 in Fresno, 4 in Alpine, 60 in Kern; of Kern's the first twenty sleep outside and are pregnant, of
# Fresno's the first five. Every other one was born a day too late to be 26.
def _hundred() -> dict[str, str]:
    county = {at: "fresno" if at < 36 else "alpine" if at < 40 else "kern" for at in range(100)}
    outside = [at for at in range(100) if at < 5 or 40 <= at < 60]
    birth = {at: "2000-11-22" if at % 2 else "2000-11-21" for at in range(100)}
    members = [f"p{at:03},{birth[at]},{county[at]},en,white" for at in range(100)]
    coverage = [f"p{at:03},health_net,{county[at]},M1,2021-03-01,,none" for at in range(100)]
    facts = [f"p{at:03},{fact}" for at in outside for fact in (HOMELESS, PREGNANT)]
    return {
        "members": "\n".join(["member_id,birth_date,county,languages,race_ethnicity", *members]),
        "coverage": "\n".join(["member_id,plan,county,aid_code,from,until,share_of_cost", *coverage]),
        "facts": "\n".join([FACTS.splitlines()[0], *facts]),
        "spells": "member_id,event,from,until",
        "complete": COMPLETE,
    }


def membership_of_a_hundred(folder: Path) -> Path:
    """The store of it."""
    assert imported(write(folder / "many", **_hundred()), folder / "store").code == 0
    return folder / "store"


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hundred")
    return swept(membership_of_a_hundred(folder), folder / "out")
